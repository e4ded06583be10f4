/**
 * One signature of a PDF as its bytes say it: what it covers, and the signature itself (DER, without the padding). `clean`: only zeros follow it in the
 * room that was kept, which no signature covers.
 */
export type FoundSeal = { readonly range: readonly [number, number, number, number]; readonly contents: Uint8Array; readonly clean: boolean }

/** Bytes beyond which a `/Contents` is no signature of ours. */
const MOST = 200_000

/**
 * Every signature in a PDF, in file order, found in the bytes alone: a reader that rebuilds the file would hide what was appended. Runs in the browser too.
 */
export function sealsIn(file: Uint8Array): FoundSeal[] {
  const text = oneByOne(file)
  return [...text.matchAll(/\/ByteRange\s*\[\s*(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s+(\d{1,10})\s*\]/g)].flatMap(([, a, b, c, d]) => {
    const range = [Number(a), Number(b), Number(c), Number(d)] as const
    const hex = contentsOf(text, range)
    return hex === null ? [] : [{ range, ...unpadded(hex) }]
  })
}

/** What stands in the gap of a range: `<hex>`, and nothing else. */
function contentsOf(text: string, [start, length, next]: FoundSeal['range']): string | null {
  const gap = text.slice(start + length, next)
  return gap.length > 2 && gap.length < MOST && /^<[0-9a-fA-F]+>$/.test(gap) ? gap.slice(1, -1) : null
}

/** The signature's own length (DER) ends it; zeros follow to the end of the room that was kept. */
function unpadded(hex: string): Pick<FoundSeal, 'contents' | 'clean'> {
  const bytes = new Uint8Array(hex.length >> 1)
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = Number.parseInt(hex.slice(at * 2, at * 2 + 2), 16)
  const count = (bytes[1] ?? 0) & 0x7f
  const long = ((bytes[1] ?? 0) & 0x80) !== 0
  const length = long ? [...bytes.subarray(2, 2 + count)].reduce((sum, byte) => sum * 256 + byte, 0) + 2 + count : count + 2
  return { contents: bytes.subarray(0, length), clean: bytes.subarray(length).every((byte) => byte === 0) }
}

/** One character a byte, so that a place in the text is that place in the file. Above ASCII not always of the same number, which nothing here looks at. */
const oneByOne = (bytes: Uint8Array): string => new TextDecoder('windows-1252').decode(bytes)
