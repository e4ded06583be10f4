/** One value of DER (X.690): its tag, what is in it, and all of it. */
export type Der = { readonly tag: number; readonly content: Uint8Array; readonly whole: Uint8Array }

/** The values that stand one after the other in some bytes. Throws a RangeError for anything that is no DER. */
export function derValues(bytes: Uint8Array): Der[] {
  const values: Der[] = []
  for (let at = 0; at < bytes.length; ) {
    const value = derAt(bytes, at)
    values.push(value)
    at += value.whole.length
  }
  return values
}

function derAt(bytes: Uint8Array, at: number): Der {
  const [tag = 0, first = 0] = [bytes[at], bytes[at + 1]]
  const count = first & 0x80 ? first & 0x7f : 0
  if (count > 4) throw new RangeError('a length of more than four bytes')
  const length = count === 0 ? first : [...bytes.subarray(at + 2, at + 2 + count)].reduce((sum, byte) => sum * 256 + byte, 0)
  const begin = at + 2 + count
  if (begin + length > bytes.length) throw new RangeError('shorter than it says')
  return { tag, content: bytes.subarray(begin, begin + length), whole: bytes.subarray(at, begin + length) }
}

/** The values within the one at `index`; throws where there is none. */
export function derWithin(value: Der | undefined): Der[] {
  if (!value) throw new RangeError('nothing there')
  return derValues(value.content)
}
