import { TypeID } from 'typeid-js'

/**
 * A TypeID: three letters, an underscore, a UUIDv7 (RFC 9562 §5.7) in base32, its time taken from the request's clock so
 * that ids sort as they were made and nothing reads a second clock.
 */
export function newId(prefix: string, now: number): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  for (const [index, shift] of [40, 32, 24, 16, 8, 0].entries()) bytes[index] = Math.floor(now / 2 ** shift) & 0xff
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f)
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f)
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return TypeID.fromUUID(prefix, hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')).toString()
}

/** Whether text has the shape of one of our ids with this prefix. Says nothing about whether it exists. */
export const isId = (prefix: string, text: string): boolean => new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`).test(text)
