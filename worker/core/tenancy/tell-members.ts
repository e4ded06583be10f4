import type { Reach } from '../reach.ts'
import { seatsOf } from './find-seat.ts'
import { accountsOfTenant } from './people-store.ts'

/** At most this many guards are told at once. */
const AT_ONCE = 20

/** Every account that may ask for the tenant gets a fresh copy of its seat, or loses it. Idempotent; two questions to databases, however many they are. */
export async function tellMembers(reach: Reach, tenantId: string): Promise<void> {
  const accounts = await reach.directory.read(accountsOfTenant(reach.directory, tenantId))
  const seats = await seatsOf(reach, tenantId)
  for (let at = 0; at < accounts.length; at += AT_ONCE) await Promise.all(accounts.slice(at, at + AT_ONCE).map((accountId) => reach.guards.of(accountId).rememberSeat(tenantId, seats.get(accountId) ?? null)))
}
