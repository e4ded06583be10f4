import type { EventActor } from '../audit/event.ts'
import type { Ctx, Visit } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { atSeat } from '../rerun.ts'
import { tenantCtx } from '../tenant-ctx.ts'
import { findTenant, policyOf } from './find-seat.ts'

/**
 * Run a verb in a tenant for somebody who is no member of it: whoever holds an invitation. It has no role and so no right;
 * the verb itself checks what it was shown. `by` is whom the log names. Throws `not_found` for a tenant that is gone.
 */
export async function asGuest<T>(visit: Visit, tenantId: string, by: EventActor, verb: (ctx: Ctx) => Promise<T>): Promise<T> {
  const seat = await findTenant(visit.reach, tenantId)
  if (!seat) throw new Fault({ code: 'not_found' })
  const drain = (id: string) => visit.reach.chain.poke(id, visit.now)
  return atSeat(
    seat,
    () => findTenant(visit.reach, tenantId),
    (found) => tenantCtx(visit, found, policyOf(found.preset, found.policy), { kind: 'visitor' }, drain, by),
    verb,
  )
}
