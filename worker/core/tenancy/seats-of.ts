import type { Reach } from '../reach.ts'
import { accountPlaces, seatRow } from './store.ts'

/** A seat as it stands on its shard, in a closed tenant too. */
export type SeatStanding = { readonly tenantId: string; readonly name: string; readonly role: string; readonly closed: boolean }

/** Every seat of an account, asked of the shards themselves: the guard's copies leave closed tenants out. */
export async function seatsOf(reach: Reach, accountId: string): Promise<SeatStanding[]> {
  const places = await reach.directory.read(accountPlaces(reach.directory, accountId))
  const rows = await Promise.all(places.map(async ({ id, shard }) => ({ id, row: await seatRow(reach.shard(shard), id, accountId) })))
  return rows.flatMap(({ id, row }) => (row ? [{ tenantId: id, name: row.name, role: row.role, closed: row.state === 'closed' }] : []))
}
