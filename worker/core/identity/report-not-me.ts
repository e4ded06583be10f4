import type { Visit } from '../ctx.ts'
import { notMeReported } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { demandLink, spent } from './link.ts'

/**
 * "It was not me", from the mail about a new sign-in: every session ends, every browser is a stranger again, and nothing
 * opens the account until a new password was set, for which a link is mailed by the event's follower (IFD-60).
 */
export async function reportNotMe(visit: Visit, text: string): Promise<void> {
  const { reach, now } = visit
  const token = await demandLink(visit, 'not_me', text)
  const redeemed = await reach.guards.of(token.id).reportNotMe({ hash: token.hash, now, events: await guardEvents(visit, token.id, [notMeReported(token.id, {})]) })
  if (!redeemed.ok) throw spent()
}
