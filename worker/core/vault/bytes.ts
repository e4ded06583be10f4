import { Buffer } from 'node:buffer'
import { VaultFault, type VaultResult } from './fault.ts'

const encoder = new TextEncoder()
const NOTHING = new Uint8Array(0)
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes of a buffer of their own: what WebCrypto takes under every set of type declarations. */
export type Bytes = Uint8Array<ArrayBuffer>

/** The same bytes, typed for WebCrypto. A view of shared memory, which another thread could change meanwhile, is copied. */
export function own(bytes: Uint8Array): Bytes {
  return bytes.buffer instanceof ArrayBuffer ? (bytes as Bytes) : new Uint8Array(bytes)
}

/**
 * UTF-8 of a well-formed string. A lone surrogate is refused: TextEncoder would turn every one of them into U+FFFD, and
 * two different names would share one AAD.
 */
export function utf8(text: string): Bytes {
  if (!text.isWellFormed()) throw new VaultFault('malformed')
  return encoder.encode(text)
}

/** Text of valid UTF-8; throws a TypeError otherwise. */
export function fromUtf8(bytes: Uint8Array): string {
  return decoder.decode(bytes)
}

/** Standard base64 with padding (RFC 4648 §4). */
export function toBase64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64')
}

/** URL-safe base64 without padding (RFC 4648 §5). */
export function toBase64Url(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64url')
}

/** The last group may be padded, and then its spare bits are zero (RFC 4648 §3.5). That there are whole groups of four is for `fromBase64` to see. */
const CANONICAL = /^[A-Za-z0-9+/]*(?:[AQgw]==|[AEIMQUYcgkosw048]=)?$/

/** The bytes of text in whole groups of four, or null where it is not their one spelling. */
type Decode = (text: string) => Bytes | null
type Strict = (text: string, options: { lastChunkHandling: 'strict' }) => Bytes

/** Buffer takes the URL alphabet too, and skips what it does not know: the spelling is looked at first. */
const byBuffer: Decode = (text) => (CANONICAL.test(text) ? new Uint8Array(Buffer.from(text, 'base64')) : null)

/**
 * ECMAScript's own decoder refuses another alphabet, missing padding and spare bits by itself. It skips white space, and then
 * there are fewer bytes than the text has room for.
 */
const byPlatform = (read: Strict): Decode => (text) => {
  try {
    const bytes = read(text, { lastChunkHandling: 'strict' })
    const padding = text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0
    return bytes.length === (text.length / 4) * 3 - padding ? bytes : null
  } catch {
    return null
  }
}

/** workerd has the platform's, Node 24 does not, and a list decodes a cell for each row. */
const decode: Decode = 'fromBase64' in Uint8Array ? byPlatform(Uint8Array.fromBase64 as Strict) : byBuffer

/** The bytes of canonical base64. One spelling per value: no line breaks, no missing padding, no spare bits. */
export function fromBase64(text: unknown): VaultResult<Bytes> {
  if (typeof text !== 'string') return { ok: false, reason: 'malformed' }
  const bytes = text.length % 4 === 0 ? decode(text) : null
  return bytes ? { ok: true, value: bytes } : { ok: false, reason: 'not_canonical' }
}

/**
 * For each part: its length as 4 bytes big-endian, then its UTF-8. Injective: ('ab','c') and ('a','bc') differ, which
 * plain joining would not give. `before` and `after` stand around it as they are: parts encoded earlier.
 */
export const lengthPrefixed = (parts: readonly string[], before = NOTHING, after = NOTHING): Bytes => ofAscii(parts, before, after) ?? ofAny(parts, before, after)

/** As long as it will be from the start, and no call for each part: ids and names are ASCII. Null for anything else. */
function ofAscii(parts: readonly string[], before: Bytes, after: Bytes): Bytes | null {
  let length = before.length + after.length
  for (const part of parts) length += 4 + part.length
  const out = new Uint8Array(length)
  out.set(before)
  let at = before.length
  for (const part of parts) {
    at = writeLength(out, at, part.length)
    if (!writeAscii(out, at, part)) return null
    at += part.length
  }
  out.set(after, at)
  return out
}

function ofAny(parts: readonly string[], before: Bytes, after: Bytes): Bytes {
  let atMost = before.length + after.length
  for (const part of parts) atMost += 4 + 3 * part.length // a UTF-16 unit takes three bytes at most
  const out = new Uint8Array(atMost)
  out.set(before)
  let at = before.length
  for (const part of parts) {
    if (!part.isWellFormed()) throw new VaultFault('malformed')
    const { written } = encoder.encodeInto(part, out.subarray(at + 4))
    at = writeLength(out, at, written) + written
  }
  out.set(after, at)
  return out.slice(0, at + after.length)
}

/** False, and some of it may be written, where the text is not all ASCII. */
export function writeAscii(out: Bytes, at: number, text: string): boolean {
  for (let unit = 0; unit < text.length; unit += 1) {
    const code = text.charCodeAt(unit)
    if (code > 0x7f) return false
    out[at + unit] = code
  }
  return true
}

/** Four bytes big-endian; answers with where the next byte goes. */
function writeLength(out: Bytes, at: number, length: number): number {
  out[at] = length >>> 24
  out[at + 1] = length >>> 16
  out[at + 2] = length >>> 8
  out[at + 3] = length
  return at + 4
}

/** `length` bytes from the platform's generator. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}
