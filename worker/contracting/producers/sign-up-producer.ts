import type { SessionCookie } from '../../core/cookies.ts'
import type { Visit } from '../../core/ctx.ts'
import { limits } from '../../core/identity/module.ts'
import { signUpProven } from '../../core/identity/sign-up-proven.ts'
import { demand, ipKey } from '../../core/limits/limiter.ts'
import { readProducerInvitation } from './read-producer-invitation.ts'

/**
 * An account for an invited producer who has none: the mailed token proves the mailbox. Taking the invitation up is a step of
 * its own (`acceptProducerInvitation`). Throws `conflict` where the address has an account.
 */
export async function signUpProducer(visit: Visit, input: { token: string; name: string; password: string }, browser: string): Promise<SessionCookie> {
  await demand(visit, limits.linkIp, ipKey(visit.origin.ip))
  const { email } = await readProducerInvitation(visit, input.token)
  return signUpProven(visit, { email, name: input.name, password: input.password }, browser)
}
