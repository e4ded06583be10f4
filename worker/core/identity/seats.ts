import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Reach } from '../reach.ts'
import { sixAtOnce } from '../six-at-once.ts'
import { findSeat } from '../tenancy/find-seat.ts'
import { tenantsOf } from './store.ts'

/** Every seat of an account as it stands now; its guard is told the same, so that the next requests need not ask. */
export async function refreshSeats(reach: Reach, accountId: string): Promise<SeatCopy[]> {
  const tenantIds = await reach.directory.read(tenantsOf(reach.directory, accountId))
  const seats = await sixAtOnce(tenantIds, (tenantId) => findSeat(reach, accountId, tenantId))
  return seats.filter((seat) => seat !== null)
}
