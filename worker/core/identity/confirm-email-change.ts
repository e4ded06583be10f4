import type { Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { applyEmailChange } from './apply-email-change.ts'
import { emailConfirmed } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { demandLink, spent } from './link.ts'

/** The new address is confirmed by its own mailbox and comes in force, once (IFD-61). */
export async function confirmEmailChange(visit: Visit, text: string): Promise<void> {
  const token = await demandLink(visit, 'confirm_email', text)
  const guard = visit.reach.guards.of(token.id)
  const looked = await guard.lookToken({ hash: token.hash, kind: 'confirm_email', now: visit.now })
  if (!looked.ok) throw spent()
  const change = String(looked.payload['change'])
  const confirmed = await guard.confirmEmail({ hash: token.hash, now: visit.now, events: await guardEvents(visit, token.id, [emailConfirmed(token.id, { change })]) })
  if (!confirmed.ok) throw spent()
  if (!confirmed.change) throw new Fault({ code: 'gone', detail: 'This change was stopped, or a newer one took its place.' })
  await applyEmailChange(visit, token.id, confirmed.change)
}
