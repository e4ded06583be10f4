import type { Ctx } from '../ctx.ts'
import type { Role } from '../module.ts'
import { findSeat } from './find-seat.ts'

/**
 * Take something away from a member: its guard is told first, so that no request of its sessions gets in between, of no seat
 * any more or, for a demotion, of the lower role; then the change is committed. Where either fails, the guard is told how
 * things stand: it may have heard the first and answered nobody.
 */
export async function takingAway(ctx: Ctx, accountId: string, change: () => Promise<void>, role: Role | null = null): Promise<void> {
  const guard = ctx.reach.guards.of(accountId)
  const seat = role === null ? undefined : (await guard.recall()).seats.find(({ tenantId }) => tenantId === ctx.tenant.id)
  try {
    await guard.rememberSeat(ctx.tenant.id, seat && role ? { ...seat, role } : null)
    await change()
  } catch (thrown) {
    await findSeat(ctx.reach, accountId, ctx.tenant.id)
    throw thrown
  }
}
