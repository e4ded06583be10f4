import type { Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { inTurn } from './hash-queue.ts'
import { hashPassword, type PasswordHashing } from './password.ts'
import { PASSWORD_MIN_WITH_FACTOR, refusedPassword } from './password-rules.ts'

/** What a new password must satisfy: the account's terms, and words it may not consist of. */
export type PasswordTerms = { readonly passwordMin: number; readonly passwordHash: PasswordHashing; readonly mfaEnrolled: boolean; readonly words: readonly string[] }

/** The PHC string of a password that passed the rules. Throws `invalid` with the sentence for the field, or `busy`. */
export async function acceptPassword(visit: Visit, key: string, password: string, terms: PasswordTerms): Promise<string> {
  const min = terms.mfaEnrolled ? PASSWORD_MIN_WITH_FACTOR : terms.passwordMin
  const detail = await refusedPassword(password, { min, words: terms.words })
  if (detail) throw new Fault({ code: 'invalid', errors: [{ pointer: '/password', detail }] })
  return inTurn(visit, key, () => hashPassword(password, terms.passwordHash, visit.reach.hashes.cost))
}
