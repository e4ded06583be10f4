import { randomBytes } from '../vault/bytes.ts'
import { sha256Hex } from '../vault/digest.ts'

/** How many codes a set has (IFD-51). */
export const CODE_COUNT = 10
const CODE_LENGTH = 12
/** Crockford's base32: no letter that is read as a figure. Twelve of them are 60 bits, so a plain SHA-256 cannot be searched back. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten codes as they are shown, such as `4k2m-9xqd-w7th`. Five bits of each random byte, so every character is equally likely. */
export const newRecoveryCodes = (): string[] => Array.from({ length: CODE_COUNT }, newCode)

/** SHA-256 (hex) of the code in the one spelling it is shown in; all that is ever kept of it (IFD-53). */
export const hashRecoveryCode = (code: string): Promise<string> => sha256Hex(code)

/** The one spelling of what was typed, or null when it cannot be a code. Forgives case, spaces, and o, i, l for 0, 1, 1. */
export function recoveryCodeOf(typed: string): string | null {
  const plain = typed.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1')
  return plain.length === CODE_LENGTH && [...plain].every((letter) => ALPHABET.includes(letter)) ? grouped(plain) : null
}

const newCode = (): string => grouped([...randomBytes(CODE_LENGTH)].map((byte) => ALPHABET[byte & 31]).join(''))

const grouped = (plain: string): string => plain.replaceAll(/(.{4})(?=.)/g, '$1-')
