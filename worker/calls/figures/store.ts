import { and, asc, count, eq, gte, isNotNull, sql, type SQL } from 'drizzle-orm'
import type { InferSelectModel } from 'drizzle-orm'
import { calls, leaderboardOptOuts } from '../../../db/schema/calls.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

const day = sql<number>`${calls.startedAt} / 86400000`
const talkS = sql<number>`coalesce(sum(${calls.durationS}), 0)`

export type DayRow = { readonly day: number; readonly direction: 'inbound' | 'outbound'; readonly outcome: InferSelectModel<typeof calls>['outcome']; readonly n: number; readonly talkS: number }

/** Calls by day, way and outcome. */
export const callDays = (db: TenantDb, since: number): Read<DayRow[]> =>
  db.find(calls, { columns: { day, direction: calls.direction, outcome: calls.outcome, n: count(), talkS }, where: gte(calls.startedAt, since), groupBy: [day, calls.direction, calls.outcome] })

export type FateRow = Pick<InferSelectModel<typeof calls>, 'syncState' | 'state' | 'purgedBy'> & { readonly n: number }

/** Calls by what became of their note and of their content. */
export const callFates = (db: TenantDb, since: number): Read<FateRow[]> =>
  db.find(calls, { columns: { syncState: calls.syncState, state: calls.state, purgedBy: calls.purgedBy, n: count() }, where: gte(calls.startedAt, since), groupBy: [calls.syncState, calls.state, calls.purgedBy] })

/** How long it took from a call's end until its note was taken, or until it was purged after that. */
const latencies = {
  sync: { ms: sql<number>`${calls.syncedAt} - ${calls.endedAt}`, holds: and(isNotNull(calls.syncedAt), isNotNull(calls.endedAt)) },
  purge: { ms: sql<number>`${calls.purgedAt} - ${calls.endedAt}`, holds: and(isNotNull(calls.purgedAt), isNotNull(calls.endedAt), eq(calls.purgedBy, 'sync')) },
} as const
export type LatencyKind = keyof typeof latencies

export const latencyCount = (db: TenantDb, kind: LatencyKind, since: number): Read<number> => db.find(calls, { columns: { n: count() }, where: of(kind, since) }).map(([row]) => row?.n ?? 0)

/** The one that stands at this place, the shortest first. */
export const latencyAt = (db: TenantDb, kind: LatencyKind, since: number, offset: number): Read<number | null> =>
  db.find(calls, { columns: { ms: latencies[kind].ms }, where: of(kind, since), orderBy: asc(latencies[kind].ms), limit: 1, offset }).map(([row]) => row?.ms ?? null)

const of = (kind: LatencyKind, since: number): SQL | undefined => and(gte(calls.startedAt, since), latencies[kind].holds)

/** Answered calls of each handler. */
export const callsByMember = (db: TenantDb, since: number): Read<{ memberId: string | null; n: number; talkS: number }[]> =>
  db.find(calls, { columns: { memberId: calls.memberId, n: count(), talkS }, where: and(gte(calls.startedAt, since), isNotNull(calls.memberId), eq(calls.outcome, 'answered')), groupBy: [calls.memberId] })

export const optOuts = (db: TenantDb): Read<InferSelectModel<typeof leaderboardOptOuts>[]> => db.find(leaderboardOptOuts)

export const insertOptOut = (db: TenantDb, row: { memberId: string; at: number }): Write => db.insert(leaderboardOptOuts, row)

export const removeOptOut = (db: TenantDb, memberId: string): Write => db.remove(leaderboardOptOuts, eq(leaderboardOptOuts.memberId, memberId)).orRefuse('stands_already')
