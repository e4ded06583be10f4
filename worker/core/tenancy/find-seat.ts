import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Reach } from '../reach.ts'
import { presets, type Policy, type PresetName } from './contract.ts'
import { seatRow, seatRows, tenantPlace, tenantRow } from './store.ts'

/**
 * An account's seat as it stands now: where the tenant lives, its seal and policy versions, the role. The guard is told, so
 * that the next request need not ask. Null when there is no such seat (any more).
 */
export async function findSeat(reach: Reach, accountId: string, tenantId: string): Promise<SeatCopy | null> {
  const place = await reach.directory.read(tenantPlace(reach.directory, tenantId))
  const row = place && (await seatRow(reach.shard(place.shard), tenantId, accountId))
  const seat = row && place ? seatUnlessClosed(tenantId, place.shard, row) : null
  await reach.guards.of(accountId).rememberSeat(tenantId, seat)
  return seat
}

/** The seats of all members, by account: none in a tenant that is closed or nowhere. */
export async function seatsOf(reach: Reach, tenantId: string): Promise<ReadonlyMap<string, SeatCopy>> {
  const place = await reach.directory.read(tenantPlace(reach.directory, tenantId))
  const rows = place ? await seatRows(reach.shard(place.shard), tenantId) : []
  return new Map(rows.flatMap((row) => {
    const seat = place ? seatUnlessClosed(tenantId, place.shard, row) : null
    return seat ? [[row.accountId, seat]] : []
  }))
}

const seatUnlessClosed = (tenantId: string, shard: string, row: Row & { state: string }): SeatCopy | null => (row.state === 'closed' ? null : seatCopy(tenantId, shard, row))

/** A tenant as a job or an API key enters it: no member, no role. */
export async function findTenant(reach: Reach, tenantId: string): Promise<SeatCopy | null> {
  const place = await reach.directory.read(tenantPlace(reach.directory, tenantId))
  const row = place && (await tenantRow(reach.shard(place.shard), tenantId))
  return row && place ? seatCopy(tenantId, place.shard, { ...row, role: '', memberId: '' }) : null
}

/** A policy document as it is kept, with today's fields filled in from its preset. */
export const policyOf = (preset: string, document: Record<string, string | number>): Policy =>
  ({ ...(presets[preset as PresetName] ?? presets.combined), ...document }) as Policy // `as`: both were checked by PolicyDocument when they were written

type Row = { sealVersion: number; policyVersion: number; role: string; memberId: string; name: string; kind: string; preset: string; policy: string }

const seatCopy = (tenantId: string, shard: string, row: Row): SeatCopy => ({
  tenantId,
  shard,
  sealVersion: row.sealVersion,
  policyVersion: row.policyVersion,
  role: row.role,
  memberId: row.memberId,
  name: row.name,
  kind: row.kind,
  preset: row.preset,
  policy: policyOf(row.preset, JSON.parse(row.policy) as Record<string, string | number>), // `as`: written by us, checked by PolicyDocument
})
