import { findTenant, policyOf } from '../tenancy/find-seat.ts'
import { policyChanged, tenantCreated } from '../tenancy/module.ts'
import type { Follower } from './follower.ts'

const DAY_MS = 86_400_000
const YEAR_MS = 365.25 * DAY_MS

/** The log keeps its own time; what it must know is how long the tenant's policy lets it keep what. */
const tellTheLog: Follower = async (reach, tenantId, _body, now) => {
  const seat = await findTenant(reach, tenantId)
  if (!seat) return
  const policy = policyOf(seat.preset, seat.policy)
  const years = policy['audit.retention_years']
  await reach.chain.keepFor(tenantId, now, { entriesMs: years === 0 ? null : years * YEAR_MS, personalMs: policy['audit.ip_days'] * DAY_MS })
}

/** What must reach the log itself when a tenant begins or changes its policy. */
export const auditFollowers: readonly (readonly [string, Follower])[] = [
  [tenantCreated.eventName, tellTheLog],
  [policyChanged.eventName, tellTheLog],
]
