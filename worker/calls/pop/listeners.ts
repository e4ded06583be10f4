import { roles } from '../../core/module.ts'
import type { Reach } from '../../core/reach.ts'
import { mayAs } from '../../core/rights.ts'
import { policyOf } from '../../core/tenancy/find-seat.ts'
import { rights } from './module.ts'
import type { Pops } from './pops.ts'

/** A moment in a tenant. */
type Moment = { readonly reach: Reach; readonly now: number; readonly tenant: { readonly id: string } }

/**
 * Before a page is told anything, its session is asked about: one that ran out, works in another tenant by now, or whose
 * person may no longer be shown calls here, is closed and told nothing. What was ended on purpose was closed when it was.
 */
export async function closeStaleSockets(moment: Moment, pops: Pops, memberId: string): Promise<void> {
  const accounts = new Set((await pops.listeners(memberId)).map(({ accountId }) => accountId))
  await Promise.all([...accounts].map(async (accountId) => pops.keepOnly(accountId, await sessionsOf(moment, accountId, memberId))))
}

/** The account's sessions that may listen for this member, as its guard remembers them. */
async function sessionsOf({ reach, now, tenant }: Moment, accountId: string, memberId: string): Promise<string[]> {
  const guard = reach.guards.of(accountId)
  const [sessions, { seats }] = await Promise.all([guard.listSessions(now), guard.recall()])
  const seat = seats.find(({ tenantId }) => tenantId === tenant.id)
  const role = roles.find((each) => each === seat?.role)
  if (!seat || !role || seat.memberId !== memberId || !mayAs(role, rights.handle, policyOf(seat.preset, seat.policy))) return []
  const first = seats[0]?.tenantId
  return sessions.filter(({ activeTenant }) => (activeTenant ?? first) === tenant.id).map(({ sid }) => sid)
}
