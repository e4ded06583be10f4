import { randomToken } from '../cookies.ts'
import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { findSeat } from '../tenancy/find-seat.ts'
import { sha256Hex } from '../vault/digest.ts'
import { tenantSwitched } from './events.ts'
import { guardEvents } from './guard-event.ts'

/**
 * The session goes on in another tenant. Membership is asked of that tenant's shard, now; a tenant without a seat for
 * this account and one that does not exist look alike. The session gets a new secret, to be handed to the browser.
 */
export async function switchTenant(account: AccountCtx, tenantId: string): Promise<{ secret: string }> {
  const { accountId, reach, now, session } = account
  const seat = /^ten_[0-9a-z]{26}$/.test(tenantId) ? await findSeat(reach, accountId, tenantId) : null
  if (!seat) throw new Fault({ code: 'not_found' })
  const secret = randomToken(32)
  const events = await guardEvents(account, accountId, [tenantSwitched(accountId, { session: session.sid, tenant: tenantId })])
  if (!(await reach.guards.of(accountId).switchTenant({ sid: session.sid, tenantId, nextSecretHash: await sha256Hex(secret), now, events }))) throw new Fault({ code: 'not_found' })
  return { secret }
}
