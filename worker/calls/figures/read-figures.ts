import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { CallFigures, Period } from './contract.ts'
import { daysOf, since, totalsOf } from './days.ts'
import { rights } from './module.ts'
import { latencyOf, placesOf } from './percentiles.ts'
import { callDays, callFates, latencyAt, latencyCount, type FateRow, type LatencyKind } from './store.ts'

/**
 * What calls come to in a period. Made of times and outcomes, which stay when a call is purged: the figures are the same
 * before and after. Nobody is named in them, so a viewer may see them.
 */
export async function readFigures(ctx: Ctx, { period }: { period: Period }): Promise<CallFigures> {
  demand(ctx, rights.readFigures)
  const from = since(ctx.now, period)
  const [rows, fates, synced, purged] = await ctx.db.readAll([callDays(ctx.db, from), callFates(ctx.db, from), latencyCount(ctx.db, 'sync', from), latencyCount(ctx.db, 'purge', from)])
  const at = (kind: LatencyKind, n: number) => placesOf(n).map((offset) => latencyAt(ctx.db, kind, from, offset))
  const values = synced + purged === 0 ? [] : await ctx.db.readAll([...at('sync', synced), ...at('purge', purged)])
  const days = daysOf(rows, ctx.now, period)
  const fate = (holds: (row: FateRow) => boolean) => fates.filter(holds).reduce((sum, { n }) => sum + n, 0)
  return {
    period,
    totals: totalsOf(days, rows),
    days,
    sync: latencyOf(synced, values.slice(0, 3)),
    purge: latencyOf(purged, values.slice(3)),
    notes: {
      synced: fate(({ syncState }) => syncState === 'synced'),
      waiting: fate(({ syncState, state }) => (syncState === 'waiting' || syncState === 'handing') && state === 'live'),
      unknown: fate(({ syncState }) => syncState === 'unknown'),
      dead: fate(({ syncState }) => syncState === 'dead'),
    },
    purged: { bySync: fate(({ state, purgedBy }) => state === 'purged' && purgedBy === 'sync'), byCap: fate(({ state, purgedBy }) => state === 'purged' && purgedBy === 'cap') },
  }
}
