import { TypeID } from 'typeid-js'

/**
 * An event id for what the chain itself has to say: a UUIDv7 (RFC 9562 §5.7) whose random bits are a digest of what it is
 * about, so that saying the same twice gives one id.
 */
export function idFrom(digest: Uint8Array, at: number): string {
  const bytes = digest.slice(0, 16)
  for (const [index, shift] of [40, 32, 24, 16, 8, 0].entries()) bytes[index] = Math.floor(at / 2 ** shift) & 0xff
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return TypeID.fromUUID('evt', hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')).toString()
}
