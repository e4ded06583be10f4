import { Buffer } from 'node:buffer'
import { VaultFault, type VaultResult } from './fault.ts'

const encoder = new TextEncoder()
const NOTHING = new Uint8Array(0)
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/** Bytes of a buffer of their own: what WebCrypto takes under every set of type declarations. */
export type Bytes = Uint8Array<ArrayBuffer>

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

/** ECMAScript's own decoder where there is one: workerd has it, Node 24 does not, and a list decodes a cell for each row. */
const decode: (text: string) => Bytes = 'fromBase64' in Uint8Array ? (Uint8Array.fromBase64 as (text: string) => Bytes) : (text) => new Uint8Array(Buffer.from(text, 'base64'))

/** The bytes of canonical base64. One spelling per value: no line breaks, no missing padding, no spare bits. */
export function fromBase64(text: unknown): VaultResult<Bytes> {
  if (typeof text !== 'string') return { ok: false, reason: 'malformed' }
  // Decoders skip white space, and Buffer accepts the URL alphabet too, so the spelling is looked at first.
  if (text.length % 4 !== 0 || !CANONICAL.test(text)) return { ok: false, reason: 'not_canonical' }
  return { ok: true, value: decode(text) }
}

/**
 * For each part: its length as 4 bytes big-endian, then its UTF-8. Injective: ('ab','c') and ('a','bc') differ, which
 * plain joining would not give. `before` and `after` stand around it as they are: parts encoded earlier.
 */
export function lengthPrefixed(parts: readonly string[], before = NOTHING, after = NOTHING): Bytes {
  let atMost = before.length + after.length
  for (const part of parts) atMost += 4 + 3 * part.length // a UTF-16 unit takes three bytes at most
  const out = new Uint8Array(atMost)
  out.set(before)
  let at = before.length
  for (const part of parts) {
    if (!part.isWellFormed()) throw new VaultFault('malformed')
    const { written } = encoder.encodeInto(part, out.subarray(at + 4))
    out.set([written >>> 24, written >>> 16, written >>> 8, written], at)
    at += 4 + written
  }
  out.set(after, at)
  return out.slice(0, at + after.length)
}

/** `length` bytes from the platform's generator. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}
