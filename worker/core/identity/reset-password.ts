import type { Visit } from '../ctx.ts'
import { contactOf } from './contact.ts'
import type { ResetPassword } from './contract.ts'
import { passwordReset } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { demandLink, spent } from './link.ts'
import { acceptPassword } from './new-password.ts'
import { atOnce } from './settle-account-change.ts'
import { accountById } from './store.ts'

/**
 * Sets a password through a mailed link: once, within its hour (IFD-64). Every session ends, wrong tries are forgiven, a
 * dispute lock stands. The person signs in afterwards, with its second factor if it has one: a mailbox is not enough.
 * The gate, the log of sign-ins and the mail follow the guard's event.
 */
export async function resetPassword(visit: Visit, input: ResetPassword): Promise<void> {
  const { reach, now } = visit
  const token = await demandLink(visit, 'reset', input.token)
  const guard = reach.guards.of(token.id)
  const row = await visit.directory.read(accountById(visit.directory, token.id))
  // Looked at before the hash, so that a spent link does not cost us one; decided only when it is redeemed.
  if (!row || !(await guard.lookToken({ hash: token.hash, kind: 'reset', now })).ok) throw spent()
  const { terms, mfaEnrolled } = await guard.recall()
  const { name, email } = await contactOf(visit, row)
  const hash = await acceptPassword(visit, row.emailIndex, input.password, { ...terms, mfaEnrolled, words: [name, email] })
  const redeemed = await guard.resetPassword({ tokenHash: token.hash, hash, now, events: await guardEvents(visit, token.id, [passwordReset(token.id, {})]) })
  if (!redeemed.ok) throw spent()
  await atOnce(() => reach.gate.clear({ address: row.emailIndex, distrust: false }))
}
