import type { Ctx } from '../ctx.ts'
import { demand, demandExact } from '../rights.ts'
import { rights, sessionsEnded } from './module.ts'
import { raiseSessionsAfter } from './store.ts'

/**
 * Sign everybody out of this tenant, whoever asks for it too: a session opened before now opens nothing here from the next
 * batch on. What it opens elsewhere it goes on opening; API keys are no sessions. Needs a proof made for this very act.
 */
export async function endSessions(ctx: Ctx): Promise<void> {
  demand(ctx, rights.endSessions)
  await demandExact(ctx, rights.endSessions, { row: ctx.tenant.id })
  await ctx.commit([raiseSessionsAfter(ctx.db, ctx.now)], sessionsEnded(ctx.tenant.id, {}))
}
