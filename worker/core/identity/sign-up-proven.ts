import type { SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { admit } from './admit.ts'
import { createAccount } from './create-account.ts'
import { acceptPassword } from './new-password.ts'
import { presetTerms } from './sign-up.ts'
import { accountById } from './store.ts'

/**
 * An account for somebody who has just proven this mailbox by a mailed token, so that no other mail is needed; whoever calls
 * has checked that token. Throws `conflict` where the address has an account: then its person signs in first.
 */
export async function signUpProven(visit: Visit, input: { email: string; name: string; password: string }, browser: string): Promise<SessionCookie> {
  const { email, name, password } = input
  const accountId = visit.newId('acc')
  const passwordHash = await acceptPassword(visit, accountId, password, { ...presetTerms('combined'), words: [name, email] })
  try {
    await createAccount(visit, { accountId, email, name, passwordHash, via: 'invitation' })
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict') throw new Fault({ code: 'conflict', state: 'account_exists', detail: 'This address has an account already. Sign in, then open the invitation again.' })
    throw thrown
  }
  const account = await visit.directory.read(accountById(visit.directory, accountId))
  if (!account) throw new Fault({ code: 'unavailable', reason: 'account not found after it was made' })
  return admit(visit, account, { how: 'invitation', mfa: false, browser, newDevice: false, owesFactor: false })
}
