import type { Ctx } from '../../core/ctx.ts'
import { demand, may } from '../../core/rights.ts'
import type { HandOverCounts } from './contract.ts'
import { rights } from './module.ts'
import { countCapped, countStanding } from './store.ts'

/** What could not be handed over, and what the cap destroyed before it was. */
export async function readHandOvers(ctx: Ctx): Promise<HandOverCounts> {
  demand(ctx, rights.readHandOvers)
  const [standing, capped] = await ctx.db.readAll([countStanding(ctx.db), countCapped(ctx.db)])
  const of = (state: string, isCounted: (row: { retried: number }) => boolean = () => true) => standing.reduce((sum, row) => (row.syncState === state && isCounted(row) ? sum + row.n : sum), 0)
  const sum = (rows: readonly { n: number }[]) => rows.reduce((total, { n }) => total + n, 0)
  return {
    retrying: of('waiting', ({ retried }) => retried === 1) + of('handing'),
    unknown: of('unknown'),
    dead: of('dead'),
    none: of('none'),
    lost: sum(capped.filter(({ syncState }) => syncState === 'dead' || syncState === 'unknown')),
    capped: sum(capped),
  }
}

/** The same for a page that is also for those who may not see it: null for them. */
export const handOversIfMay = async (ctx: Ctx): Promise<HandOverCounts | null> => (may(ctx.actor, rights.readHandOvers, ctx.policy) ? readHandOvers(ctx) : null)
