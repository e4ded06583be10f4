import type { SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { demand, ipKey } from '../limits/limiter.ts'
import { readInvitation } from '../tenancy/read-invitation.ts'
import { admit } from './admit.ts'
import { createAccount } from './create-account.ts'
import { limits } from './module.ts'
import { acceptPassword } from './new-password.ts'
import { presetTerms } from './sign-up.ts'
import { accountById } from './store.ts'

/**
 * An account for somebody who holds an invitation and has none: the mailed token proves the mailbox, so no other mail is
 * needed. Joining the tenant is a step of its own (`acceptInvitation`). Throws `conflict` where the address has an account:
 * then its person signs in first.
 */
export async function signUpInvited(visit: Visit, input: { token: string; name: string; password: string }, browser: string): Promise<SessionCookie> {
  await demand(visit, limits.linkIp, ipKey(visit.origin.ip))
  const { email } = await readInvitation(visit, input.token)
  const accountId = visit.newId('acc')
  const passwordHash = await acceptPassword(visit, accountId, input.password, { ...presetTerms('combined'), words: [input.name, email] })
  try {
    await createAccount(visit, { accountId, email, name: input.name, passwordHash, via: 'invitation' })
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict') throw new Fault({ code: 'conflict', state: 'account_exists', detail: 'This address has an account already. Sign in, then open the invitation again.' })
    throw thrown
  }
  const account = await visit.directory.read(accountById(visit.directory, accountId))
  if (!account) throw new Fault({ code: 'unavailable', reason: 'account not found after it was made' })
  return admit(visit, account, { how: 'invitation', mfa: false, browser, newDevice: false, owesFactor: false })
}
