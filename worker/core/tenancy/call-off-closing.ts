import { outboxRows } from '../commit.ts'
import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { requireTicket } from '../identity/step-up.ts'
import { sixAtOnce } from '../six-at-once.ts'
import { recorderOf } from '../tenant-ctx.ts'
import { callOff, tenantsIn } from './closing-store.ts'
import { closingCalledOff, rights } from './module.ts'
import { seatRow } from './store.ts'
import { tellMembers } from './tell-members.ts'

/** A tenant of one's own that stands closed and waits for its end. */
export type ClosingView = { tenantId: string; name: string; closesAt: number }

/** Closed tenants that this person owns and may still call back. */
export async function listClosings(account: AccountCtx): Promise<ClosingView[]> {
  const { reach, accountId, now } = account
  const waiting = await reach.directory.read(tenantsIn(reach.directory, accountId, 'closing'))
  const rows = await sixAtOnce(waiting, async ({ id, shard }) => ({ id, row: await seatRow(reach.shard(shard), id, accountId) }))
  return rows.flatMap(({ id, row }) => (row?.role === 'owner' && row.state === 'closed' && row.closesAt !== null && row.closesAt > now ? [{ tenantId: id, name: row.name, closesAt: row.closesAt }] : []))
}

/**
 * Call a closing off within its grace period: the fence opens again, and everybody has the seat it had. Only whoever owns
 * the tenant, with a proof made for this act; to everybody else the tenant is not there.
 */
export async function callOffClosing(account: AccountCtx, tenantId: string): Promise<void> {
  const { reach, accountId, now } = account
  const place = (await reach.directory.read(tenantsIn(reach.directory, accountId, 'closing'))).find(({ id }) => id === tenantId)
  const row = place && (await seatRow(reach.shard(place.shard), tenantId, accountId))
  if (!place || row?.role !== 'owner' || row.state !== 'closed') throw new Fault({ code: 'not_found' })
  await requireTicket(account, { verb: rights.close.right, row: tenantId, field: 'call_off' })
  const { sealVersion, policyVersion } = row
  const db = reach.tenantDb({ tenantId, shard: place.shard, sealVersion, policyVersion, accountId, role: 'owner', sessionAt: null })
  const recorder = recorderOf(tenantId, { kind: 'member', id: accountId, role: 'owner' }, account)
  await db.reopen(now, [callOff(db)], await outboxRows({ ...recorder, vault: reach.vault(tenantId, sealVersion, now) }, [closingCalledOff(tenantId, {})]))
  account.later(() => reach.chain.poke(tenantId, now))
  await tellMembers(reach, tenantId)
}
