import { constants, gunzipSync, inflateSync } from 'node:zlib'

/** Bytes that the streams of one file may hold together once they are unpacked. */
export const UNPACKED_BYTES = 64_000_000

/** How often over a stream may be packed; whoever packs it more often has no form in mind. */
const LAYERS = 3

/**
 * Whether the compressed streams of a PDF stay within `limit` together. A file of a few kilobytes can unpack to gigabytes, and the
 * library that reads it would hold all of it: here each stream is unpacked natively, counted, and let go. What a file says of its streams
 * (their length, their end, what they are packed by) is not believed: whatever could be unpacked from where one begins is counted.
 */
export function unpacksWithin(file: Uint8Array, limit: number = UNPACKED_BYTES): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  const inText = namesOf(bytes, ['ASCIIHexDecode', 'ASCII85Decode'])
  let left = limit
  for (let at = bytes.indexOf('stream'); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.subarray(at - 3, at).toString('latin1') === 'end') continue
    const size = unpackedSize(bytes.subarray(beginAfter(bytes, at + 6)), inText, left, LAYERS)
    if (size === null) return false
    left -= size
  }
  return true
}

/** Whether a PDF names a filter that hardly any file has and that unpacks to much: those are not counted, and not read. */
export const isPackedByOldMethods = (file: Uint8Array): boolean => namesOf(Buffer.from(file.buffer, file.byteOffset, file.byteLength), ['LZWDecode', 'RunLengthDecode'])

/** Whether one of these names stands in a file, a letter of it as `#4c` or not. */
function namesOf(bytes: Buffer, names: readonly string[]): boolean {
  const spelled = (name: string) => [...name].map((letter) => `(?:${letter}|#${letter.charCodeAt(0).toString(16)})`).join('')
  return new RegExp(`/(?:${names.map(spelled).join('|')})`, 'i').test(bytes.toString('latin1'))
}

/** Past the end of the line, however it is written. */
function beginAfter(bytes: Buffer, at: number): number {
  let begin = at
  while (begin < at + 8 && [0, 9, 10, 12, 13, 32].includes(bytes[begin] ?? -1)) begin += 1
  return begin
}

/** What can be unpacked from where these bytes begin, layer by layer; null for more than `limit`. */
function unpackedSize(packed: Buffer, inText: boolean, limit: number, layers: number): number | null {
  const unpacked = [unzipped(packed, limit), ...(inText && isText(packed) ? [fromHex(packed), fromAscii85(packed)] : [])]
  let size = 0
  for (const each of unpacked) {
    if (each === 'more') return null
    if (each === null || each.length === 0) continue
    const within = layers === 1 ? (looksZipped(each) ? null : 0) : unpackedSize(each, inText, limit - size - each.length, layers - 1)
    if (within === null || size + each.length + within > limit) return null
    size += each.length + within
  }
  return size
}

/** The two-byte head of RFC 1950 (method 8, and a multiple of 31), or that of gzip, which the library unpacks as well. */
const looksDeflated = (bytes: Buffer): boolean => ((bytes[0] ?? 0) & 15) === 8 && (((bytes[0] ?? 0) << 8) + (bytes[1] ?? 0)) % 31 === 0
const looksGzipped = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b
const looksZipped = (bytes: Buffer): boolean => looksDeflated(bytes) || looksGzipped(bytes)

/**
 * `more`: more than `limit`. Null for what is no such thing: whoever reads it will say so. A stream that is whole where it is said to end
 * is unpacked to there, which is quick; any other as far as it goes.
 */
function unzipped(packed: Buffer, limit: number): Buffer | 'more' | null {
  if (!looksZipped(packed)) return null
  const said = until(packed, 'endstream')
  return unzip(said, limit, constants.Z_FINISH) ?? unzip(packed, limit, constants.Z_SYNC_FLUSH) ?? unzip(said, limit, constants.Z_SYNC_FLUSH)
}

function unzip(packed: Buffer, limit: number, finishFlush: number): Buffer | 'more' | null {
  const terms = { maxOutputLength: Math.max(limit, 1), finishFlush }
  try {
    return looksGzipped(packed) ? gunzipSync(packed, terms) : inflateSync(packed, terms)
  } catch (thrown) {
    return thrown instanceof RangeError || (thrown as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'more' : null // `as`: what zlib throws carries a code
  }
}

const isText = (bytes: Buffer): boolean => bytes.length > 0 && bytes.subarray(0, 16).every((byte) => (byte >= 32 && byte < 127) || [9, 10, 13].includes(byte))

function until(bytes: Buffer, mark: string): Buffer {
  const end = bytes.indexOf(mark)
  return end === -1 ? bytes : bytes.subarray(0, end)
}

const fromHex = (bytes: Buffer): Buffer => Buffer.from(until(bytes, '>').toString('latin1').replaceAll(/[^0-9a-f]/gi, ''), 'hex')

/** As the library reads it: what is no digit is passed over, `z` stands for four zeros. */
function fromAscii85(bytes: Buffer): Buffer {
  const digits = until(bytes, '~>').filter((byte) => byte === 122 || (byte >= 33 && byte <= 117))
  const out = Buffer.alloc(4 * digits.length)
  let [size, group, count] = [0, 0, 0]
  for (const digit of digits) {
    if (digit === 122) {
      if (count === 0) size += 4
      continue
    }
    group = (group * 85 + digit - 33) % 2 ** 32
    count += 1
    if (count < 5) continue
    size = out.writeUInt32BE(group, size)
    ;[group, count] = [0, 0]
  }
  return out.subarray(0, size)
}
