import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { leaderboardJoined, leaderboardLeft, rights } from './module.ts'
import { insertOptOut, optOuts, removeOptOut } from './store.ts'

/** Be left out of the leaderboard, from now on and for what was before. Only a member itself can say so. */
export async function leaveLeaderboard(ctx: Ctx): Promise<void> {
  const memberId = ownIn(ctx)
  if (await stands(ctx, memberId)) await ctx.commit([insertOptOut(ctx.db, { memberId, at: ctx.now })], leaderboardLeft(memberId, {}))
}

/** Stand on the leaderboard again. */
export async function joinLeaderboard(ctx: Ctx): Promise<void> {
  const memberId = ownIn(ctx)
  if (!(await stands(ctx, memberId))) await ctx.commit([removeOptOut(ctx.db, memberId)], leaderboardJoined(memberId, {}))
}

function ownIn(ctx: Ctx): string {
  demand(ctx, rights.readLeaderboard)
  if (ctx.actor.kind !== 'member') throw new Fault({ code: 'role_required', need: rights.readLeaderboard.right })
  return ctx.actor.memberId
}

const stands = async (ctx: Ctx, memberId: string): Promise<boolean> => !(await ctx.db.read(optOuts(ctx.db))).some((each) => each.memberId === memberId)
