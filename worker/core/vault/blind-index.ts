import { toBase64Url, utf8 } from './bytes.ts'
import { macSign } from './mac.ts'

/** How values of a searchable column are brought to one spelling. */
export type IndexKind = 'email' | 'ssn' | 'phone' | 'text'

/** Bytes kept of the HMAC: 128 bits leave no accidental match in any table we will hold. */
export const INDEX_BYTES = 16

/**
 * The blind index of a normalised value: HMAC-SHA-256 cut to 16 bytes, base64url (22 characters). `key` comes from
 * `deriveMacKey` with purpose `index`, the tenant and the column, so equal values in two tenants or two columns differ.
 */
export async function blindIndex(key: CryptoKey, normalised: string): Promise<string> {
  const mac = await macSign(key, utf8(normalised))
  return toBase64Url(mac.subarray(0, INDEX_BYTES))
}

/** One spelling per value, the same before storing and before searching. Idempotent. May return '' (nothing to index). */
export function normalise(kind: IndexKind, value: string): string {
  switch (kind) {
    case 'email':
      return normaliseEmail(value)
    case 'ssn':
      return digits(value)
    case 'phone':
      return normalisePhone(value)
    case 'text':
      return normaliseText(value)
  }
}

/** Trimmed, NFC, lower case. Dots and plus parts stay: only the mail host knows what they mean. */
export function normaliseEmail(value: string): string {
  return lower(value.normalize('NFC').trim())
}

/**
 * `+` and digits (E.164 where the number is whole). Ten digits are a North American number and get its country code, so
 * that both spellings meet; fewer are a local number and stay as they are.
 */
export function normalisePhone(value: string): string {
  const number = digits(value)
  if (number === '') return ''
  if (/^\s*\+/u.test(value.normalize('NFKC')) || number.length > 10) return `+${number}`
  return number.length === 10 ? `+1${number}` : number
}

/** NFKC, lower case, runs of white space to one space. */
export function normaliseText(value: string): string {
  return lower(value.normalize('NFKC')).replace(/\s+/gu, ' ').trim()
}

/** ASCII digits alone; full-width and other compatibility digits are folded first. */
export function digits(value: string): string {
  return value.normalize('NFKC').replace(/[^0-9]/gu, '')
}

// Lower-casing can leave a string that is no longer in NFC (dotted capital I); normalise again so the function is idempotent.
function lower(value: string): string {
  return value.toLowerCase().normalize('NFC')
}
