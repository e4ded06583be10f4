import { inflateSync, constants } from 'node:zlib'

/** Bytes that the streams of one file may hold together once they are unpacked. */
export const UNPACKED_BYTES = 64_000_000

/**
 * Whether the compressed streams of a PDF stay within `limit` together. A file of a few kilobytes can unpack to gigabytes, and the
 * library that reads it would hold all of it: here each stream is unpacked natively, counted, and let go.
 */
export function unpacksWithin(file: Uint8Array, limit: number = UNPACKED_BYTES): boolean {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  let left = limit
  for (let at = bytes.indexOf('stream'); at !== -1; at = bytes.indexOf('stream', at + 6)) {
    if (bytes.subarray(at - 3, at).toString('latin1') === 'end') continue
    const begin = at + 6 + (bytes[at + 6] === 13 ? 1 : 0) + 1
    const end = bytes.indexOf('endstream', begin)
    if (!looksDeflated(bytes, begin)) continue
    const size = unpackedSize(bytes.subarray(begin, end === -1 ? bytes.length : end), left)
    if (size === null) return false
    left -= size
  }
  return true
}

/** The two-byte head of RFC 1950: method 8, and a multiple of 31. */
const looksDeflated = (bytes: Buffer, at: number): boolean => ((bytes[at] ?? 0) & 15) === 8 && (((bytes[at] ?? 0) << 8) + (bytes[at + 1] ?? 0)) % 31 === 0

/** Null: more than `limit`. A stream that is no such thing counts nothing: whoever reads it will say so. */
function unpackedSize(packed: Buffer, limit: number): number | null {
  try {
    return inflateSync(packed, { maxOutputLength: Math.max(limit, 1), finishFlush: constants.Z_SYNC_FLUSH }).length
  } catch (thrown) {
    return thrown instanceof RangeError || (thrown as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? null : 0 // `as`: what zlib throws carries a code
  }
}
