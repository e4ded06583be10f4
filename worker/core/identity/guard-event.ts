import type { GuardEvent } from '../../../durable-objects/account-words.ts'
import type { RecordedEvent } from '../audit/event.ts'
import type { Visit } from '../ctx.ts'
import { sealOrigin } from '../origin.ts'

/**
 * Recorded events in the form that an account's guard keeps in its own outbox, beside the change they tell of. The personal
 * part is the session's where there is one; a reason or a first visit is sealed now.
 */
export async function guardEvents(visit: Visit, accountId: string, events: readonly RecordedEvent[], actorKind: GuardEvent['actorKind'] = 'account'): Promise<GuardEvent[]> {
  const { ip, userAgent, sealed } = visit.origin
  const seal = (reason: string | null) => sealOrigin(visit.platformVault, accountId, visit.now, { ip, userAgent, reason })
  const plain = events.some((event) => event.reason === null) ? (sealed ?? (await seal(null))) : null
  return Promise.all(
    events.map(async ({ name, subject, meta, reason }) => ({
      id: visit.newId('evt'), name, subject, meta, actorKind, at: visit.now, personal: reason === null ? plain : await seal(reason),
    })),
  )
}
