import { and, asc, desc, eq, gt, inArray, isNotNull, lt, lte, or, sql } from 'drizzle-orm'
import type { InferInsertModel, InferSelectModel, SQL } from 'drizzle-orm'
import { calls } from '../../../db/schema/calls.ts'
import type { ShardReader } from '../../core/tenancy/shard-reader.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'
import type { CallStanding } from './contract.ts'

export type CallRow = InferSelectModel<typeof calls>

export const insertCall = (db: TenantDb, row: Omit<InferInsertModel<typeof calls>, 'tenantId'>): Write => db.insert(calls, row)

export const callById = (db: TenantDb, id: string): Read<CallRow | undefined> => db.findOne(calls, eq(calls.id, id))

export const callsByIds = (db: TenantDb, ids: readonly string[]): Read<CallRow[]> => db.find(calls, { where: inArray(calls.id, [...ids]) })

export const callsOfSessions = (db: TenantDb, connectionId: string, sessions: readonly string[]): Read<CallRow[]> => db.find(calls, { where: and(eq(calls.connectionId, connectionId), inArray(calls.sessionId, [...sessions])) })

/** Newest first; of one member, or everybody's. One row more than the page tells whether there is another. */
export const callPage = (db: TenantDb, memberId: string | null, stands: CallStanding | null, after: { at: number; id: string } | null, limit: number): Read<CallRow[]> =>
  db.find(calls, {
    where: and(
      stands === null ? undefined : isStanding(stands),
      memberId === null ? undefined : eq(calls.memberId, memberId),
      after ? or(lt(calls.startedAt, after.at), and(eq(calls.startedAt, after.at), lt(calls.id, after.id))) : undefined,
    ),
    orderBy: [desc(calls.startedAt), desc(calls.id)],
    limit: limit + 1,
  })

function isStanding(stands: CallStanding) {
  if (stands === 'lost') return and(eq(calls.purgedBy, 'cap'), inArray(calls.syncState, ['dead', 'unknown']))
  if (stands === 'retrying') return and(eq(calls.state, 'live'), inArray(calls.syncState, ['waiting', 'handing']), gt(calls.syncAttempts, 0))
  return and(eq(calls.state, 'live'), eq(calls.syncState, stands))
}

/** Whose it is, as the database knows it in that moment. */
export const giveCall = (db: TenantDb, id: string, whose: SQL<string>): Write => db.update(calls, eq(calls.id, id), { memberId: whose })

/** Ids of those that somebody handles; of all of them where `all` holds. */
export const callsOf = (db: TenantDb, ids: readonly string[], all: SQL): Read<string[]> =>
  db.find(calls, { columns: { id: calls.id }, where: and(inArray(calls.id, [...ids]), or(isNotNull(calls.memberId), all)) }).map((rows) => rows.map(({ id }) => id))

/** Change a call that still stands as it was seen; the batch is refused otherwise. */
export const changeCall = (db: TenantDb, seen: Pick<CallRow, 'id' | 'version'>, set: Partial<Omit<CallRow, 'tenantId' | 'id' | 'version'>>): Write =>
  db.update(calls, both(eq(calls.id, seen.id), eq(calls.version, seen.version)), { ...set, version: seen.version + 1 }).orRefuse('call_changed')

/** Calls whose time is over, and those that were begun on: the oldest first. */
export const dueCalls = (db: TenantDb, now: number, limit: number): Read<CallRow[]> => db.find(calls, { where: isDue(now), orderBy: [asc(calls.capAt)], limit })

/** Tenants of a shard with a call that is due, by id. */
export async function tenantsWithDueCalls(shard: ShardReader, now: number, after: string, limit: number): Promise<string[]> {
  // The plus keeps the tenant's own indexes out of it: what is due is few, what a tenant has is many.
  const rows = await shard.ask((db) => db.selectDistinct({ tenantId: calls.tenantId }).from(calls).where(and(isDue(now), sql`+${calls.tenantId} > ${after}`)).orderBy(calls.tenantId).limit(limit))
  return rows.map(({ tenantId }) => tenantId)
}

/** Calls in a shard that hold something of their caller although it was due by `since`: for the probe, past the fence. */
export async function overdueCalls(shard: ShardReader, since: number): Promise<number> {
  const rows = await shard.ask((db) => db.select({ n: sql<number>`count(*)` }).from(calls).where(and(isNotNull(calls.content), or(lte(calls.capAt, since), lte(calls.syncedAt, since)))))
  return rows[0]?.n ?? 0
}

const isDue = (now: number) => or(eq(calls.state, 'purging'), and(eq(calls.state, 'live'), lte(calls.capAt, now)))

/** drizzle's `and` may be undefined for no conditions; two are never none. */
const both = (one: ReturnType<typeof eq>, other: ReturnType<typeof eq>) => and(one, other) ?? one
