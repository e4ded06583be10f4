import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import { memberNames } from '../../core/tenancy/member-names.ts'
import type { Leaderboard, Period, Ranking } from './contract.ts'
import { since } from './days.ts'
import { rights } from './module.ts'
import { callsByMember, optOuts } from './store.ts'

/** As many are named as are read. */
const MOST = 100

/**
 * Who answered how many calls, or spoke how long. Whoever asked to be left out is on nobody's list, not on an admin's either;
 * whoever is gone is on none. Those with the same figure share a rank.
 */
export async function readLeaderboard(ctx: Ctx, { period, by }: { period: Period; by: Ranking }): Promise<Leaderboard> {
  demand(ctx, rights.readLeaderboard)
  const [rows, out] = await ctx.db.readAll([callsByMember(ctx.db, since(ctx.now, period)), optOuts(ctx.db)])
  const left = new Set(out.map(({ memberId }) => memberId))
  const own = ctx.actor.kind === 'member' ? ctx.actor.memberId : null
  const value = (row: { n: number; talkS: number }) => (by === 'calls' ? row.n : row.talkS)
  const ranked = rows.flatMap((row) => (row.memberId === null || left.has(row.memberId) ? [] : [{ ...row, memberId: row.memberId }])).toSorted((a, b) => value(b) - value(a) || a.memberId.localeCompare(b.memberId))
  const first = ranked.slice(0, MOST)
  const names = await memberNames(ctx, first.map(({ memberId }) => memberId))
  const named = first.filter(({ memberId }) => names.has(memberId))
  return {
    period,
    by,
    places: named.map((row) => ({ rank: 1 + named.filter((other) => value(other) > value(row)).length, memberId: row.memberId, name: names.get(row.memberId) ?? '', calls: row.n, talkS: row.talkS, own: row.memberId === own })),
    left: own !== null && left.has(own),
  }
}
