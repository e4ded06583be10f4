import type { Ctx } from '../ctx.ts'
import { findSeat } from './find-seat.ts'

/**
 * Take something away from a member: its guard forgets the seat first, so that no request of its sessions gets in between;
 * then the change is committed. Where that fails, the guard is told how things stand.
 */
export async function takingAway(ctx: Ctx, accountId: string, change: () => Promise<void>): Promise<void> {
  await ctx.reach.guards.of(accountId).rememberSeat(ctx.tenant.id, null)
  try {
    await change()
  } catch (thrown) {
    await findSeat(ctx.reach, accountId, ctx.tenant.id)
    throw thrown
  }
}
