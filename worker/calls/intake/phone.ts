import { parsePhoneNumberFromString } from 'libphonenumber-js/max'

/**
 * A number as a dialler writes it, in E.164; null for what is none ("Anonymous", an extension, a SIP address). National
 * spellings are read as numbers of the US; Vonage writes E.164 without its plus, which `international` says.
 */
export function toE164(written: unknown, spelling: 'national' | 'international' = 'national'): string | null {
  if (typeof written !== 'string' || written.length > 40) return null
  const trimmed = written.trim()
  const text = spelling === 'international' && /^\d{7,15}$/.test(trimmed) ? `+${trimmed}` : trimmed
  const number = parsePhoneNumberFromString(text, { defaultCountry: 'US', extract: false })
  return number?.isPossible() ? number.number : null
}
