import type { Visit } from '../ctx.ts'
import { undoEmailChange } from './apply-email-change.ts'
import { accountLocked, emailDisputed } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { demandLink, spent } from './link.ts'
import { DISPUTE_LOCK_MS } from './module.ts'
import { atOnce } from './settle-account-change.ts'

/**
 * The old address says that the change was not its own: the change is stopped or undone, every session ends, and nobody
 * signs in for seven days, in which a reset still works (IFD-62, IFD-63). Answers with the end of the lock. The guard decides;
 * the directory follows at once, or by the event's follower where this is cut off.
 */
export async function disputeEmailChange(visit: Visit, text: string): Promise<{ until: number }> {
  const { reach, now } = visit
  const token = await demandLink(visit, 'dispute_email', text)
  const guard = reach.guards.of(token.id)
  const looked = await guard.lookToken({ hash: token.hash, kind: 'dispute_email', now })
  if (!looked.ok) throw spent()
  const change = String(looked.payload['change'])
  const events = await guardEvents(visit, token.id, [emailDisputed(token.id, { change }), accountLocked(token.id, { kind: 'dispute' })])
  const disputed = await guard.disputeEmail({ hash: token.hash, now, lockMs: DISPUTE_LOCK_MS, events })
  if (!disputed.ok) throw spent()
  await atOnce(() => undoEmailChange(visit, token.id, change))
  return { until: now + DISPUTE_LOCK_MS }
}
