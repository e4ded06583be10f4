import type { Visit } from '../ctx.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { countAgainst, demand, ipKey } from '../limits/limiter.ts'
import { addressIndex } from './address.ts'
import { authNote } from './auth-log.ts'
import { contactOf } from './contact.ts'
import { passwordResetMail } from './mails.ts'
import { limits } from './module.ts'
import { accountByEmail } from './store.ts'

/**
 * Asks for a link to set a new password. Known and unknown addresses answer alike, and so does an address that was asked for
 * too often: only its owner's inbox knows (IFD-64). Works during either lock.
 */
export async function requestPasswordReset(visit: Visit, email: string): Promise<void> {
  await demand(visit, limits.resetIp, ipKey(visit.origin.ip))
  const address = await addressIndex(visit, email)
  const { allowed } = await countAgainst(visit, limits.resetAddress, address)
  const account = await visit.directory.read(accountByEmail(visit.directory, address))
  const note = await authNote(visit, 'reset_asked', address)
  // Sealed in any case and thrown away where it is not wanted: how long the answer takes must not tell either.
  const mail = await queuePlatformMail(visit, passwordResetMail, { to: account ? (await contactOf(visit, account)).email : email, params: { accountId: account?.id ?? '' } })
  await visit.commitDirectory([note.write, ...(account && allowed ? [mail] : [])], note.event)
}
