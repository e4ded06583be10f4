import type { Ctx } from '../../core/ctx.ts'
import { PROMPT_MS } from '../../core/delivery/queue-mail.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { callsReplayed, rights } from './module.ts'
import { countStanding, queueAgain } from './store.ts'

/**
 * Hand over once more every call that was given up or was due without an AMS, as after an AMS was mended or connected. A call that
 * the AMS may have is not among them: each of those is somebody's decision. Answers how many there are.
 */
export async function replayCalls(ctx: Ctx): Promise<{ calls: number }> {
  demand(ctx, rights.replay)
  const calls = (await ctx.db.read(countStanding(ctx.db))).reduce((sum, { syncState, n }) => (syncState === 'dead' || syncState === 'none' ? sum + n : sum), 0)
  if (calls === 0) throw new Fault({ code: 'conflict', state: 'nothing_to_hand_over', detail: 'No call waits to be handed over again.' })
  await ctx.commit([queueAgain(ctx.db, ctx.now)], callsReplayed(ctx.tenant.id, { calls }))
  ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', ctx.now + PROMPT_MS))
  return { calls }
}
