import { Buffer } from 'node:buffer'
import { VaultFault, type VaultResult } from './fault.ts'

const encoder = new TextEncoder()
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

/** The bytes of canonical base64. One spelling per value: no line breaks, no missing padding, no spare bits. */
export function fromBase64(text: unknown): VaultResult<Bytes> {
  if (typeof text !== 'string') return { ok: false, reason: 'malformed' }
  const bytes = new Uint8Array(Buffer.from(text, 'base64'))
  // Buffer skips what it does not know and accepts the URL alphabet; encoding again is the only complete check.
  if (toBase64(bytes) !== text) return { ok: false, reason: 'not_canonical' }
  return { ok: true, value: bytes }
}

/**
 * For each part: its length as 4 bytes big-endian, then its UTF-8. Injective: ('ab','c') and ('a','bc') differ, which
 * plain joining would not give.
 */
export function lengthPrefixed(parts: readonly string[]): Bytes {
  const out = new Uint8Array(parts.reduce((sum, part) => sum + 4 + 3 * part.length, 0)) // a UTF-16 unit takes three bytes at most
  const view = new DataView(out.buffer)
  let at = 0
  for (const part of parts) {
    if (!part.isWellFormed()) throw new VaultFault('malformed')
    const { written } = encoder.encodeInto(part, out.subarray(at + 4))
    view.setUint32(at, written)
    at += 4 + written
  }
  return out.slice(0, at)
}

/** `length` bytes from the platform's generator. */
export function randomBytes(length: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(length))
}
