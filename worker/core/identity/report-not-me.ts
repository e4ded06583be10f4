import type { Visit } from '../ctx.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { authNote } from './auth-log.ts'
import { contactOf } from './contact.ts'
import { notMeReported } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { demandLink, spent } from './link.ts'
import { passwordResetMail } from './mails.ts'
import { accountById } from './store.ts'

/**
 * "It was not me", from the mail about a new sign-in: every session ends, every browser is a stranger again, and nothing
 * opens the account until a new password was set, for which a link is mailed at once (IFD-60).
 */
export async function reportNotMe(visit: Visit, text: string): Promise<void> {
  const { reach, now } = visit
  const token = await demandLink(visit, 'not_me', text)
  const redeemed = await reach.guards.of(token.id).reportNotMe({ hash: token.hash, now, events: await guardEvents(visit, token.id, [notMeReported(token.id, {})]) })
  const row = await visit.directory.read(accountById(visit.directory, token.id))
  if (!redeemed.ok || !row) throw spent()
  await reach.gate.clear({ address: row.emailIndex, distrust: true })
  const note = await authNote(visit, 'not_me', row.emailIndex)
  const { email } = await contactOf(visit, row)
  await visit.commitDirectory([note.write, await queuePlatformMail(visit, passwordResetMail, { to: email, params: { accountId: token.id } })], note.event)
}
