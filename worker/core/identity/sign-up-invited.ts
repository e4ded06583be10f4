import type { SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { demand, ipKey } from '../limits/limiter.ts'
import { readInvitation } from '../tenancy/read-invitation.ts'
import { limits } from './module.ts'
import { signUpProven } from './sign-up-proven.ts'

/**
 * An account for somebody who holds an invitation and has none: the mailed token proves the mailbox. Joining the tenant is a
 * step of its own (`acceptInvitation`). Throws `conflict` where the address has an account.
 */
export async function signUpInvited(visit: Visit, input: { token: string; name: string; password: string }, browser: string): Promise<SessionCookie> {
  await demand(visit, limits.linkIp, ipKey(visit.origin.ip))
  const { email } = await readInvitation(visit, input.token)
  return signUpProven(visit, { email, name: input.name, password: input.password }, browser)
}
