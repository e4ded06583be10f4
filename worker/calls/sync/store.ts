import { and, asc, count, eq, gt, inArray, isNotNull, lte, or, sql, type SQL } from 'drizzle-orm'
import { calls } from '../../../db/schema/calls.ts'
import type { ShardReader } from '../../core/tenancy/shard-reader.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'
import type { CallRow } from '../log/store.ts'

export type { CallRow }

/** Not settled: it waits, or was handed over and nobody wrote down what came of it. */
const unsettled = inArray(calls.syncState, ['waiting', 'handing'])

const isDue = (now: number) => and(eq(calls.state, 'live'), unsettled, lte(calls.syncDueAt, now), gt(calls.capAt, now))

export const callToHandOver = (db: TenantDb, id: string): Read<CallRow | undefined> => db.findOne(calls, eq(calls.id, id))

/** Change a call that still stands as it was seen; the batch is refused otherwise. */
export const changeHandedCall = (db: TenantDb, seen: Pick<CallRow, 'id' | 'version'>, set: Partial<Omit<CallRow, 'tenantId' | 'id' | 'version'>>): Write =>
  db.update(calls, and(eq(calls.id, seen.id), eq(calls.version, seen.version)) as SQL, { ...set, version: seen.version + 1 }).orRefuse('call_changed') // `as`: `and` of two conditions is one

/**
 * Calls to be handed over now, in the order in which they began; of calls with one number the earliest alone, so that a later
 * one does not overtake it.
 */
export const callsToHandOver = (db: TenantDb, now: number, limit: number): Read<{ id: string }[]> =>
  db.find(calls, {
    columns: { id: calls.id },
    where: and(
      isDue(now),
      sql`not exists (select 1 from ${calls} as "e" where "e"."tenant_id" = ${calls.tenantId} and "e"."phone_last4" = ${calls.phoneLast4} and "e"."sync_due_at" is not null and "e"."state" = 'live'
        and "e"."sync_state" in ('waiting', 'handing') and ("e"."started_at", "e"."id") < (${calls.startedAt}, ${calls.id}) and ("e"."sync_attempts" > 0 or "e"."sync_due_at" <= ${now}))`,
    ),
    orderBy: [asc(calls.startedAt), asc(calls.id)],
    limit,
  })

/** Earlier calls of the same number, or under the same key of several numbers, that are not settled: this one waits for them. */
export const earlierUnsettled = (db: TenantDb, { id, startedAt, phoneLast4 }: Pick<CallRow, 'id' | 'startedAt' | 'phoneLast4'>, now: number, orderKey: string | null): Read<number> =>
  db.count(
    calls,
    and(
      eq(calls.state, 'live'),
      unsettled,
      isNotNull(calls.syncDueAt),
      or(...(phoneLast4 === null ? [] : [eq(calls.phoneLast4, phoneLast4)]), ...(orderKey === null ? [sql`1 = 0`] : [eq(calls.orderKey, orderKey)])),
      sql`(${calls.startedAt}, ${calls.id}) < (${startedAt}, ${id})`,
      or(gt(calls.syncAttempts, 0), lte(calls.syncDueAt, now)),
    ),
  )

/** Earlier calls that wait for their next attempt because of the AMS as a whole. */
const isPutOffBefore = ({ id, startedAt }: Pick<CallRow, 'id' | 'startedAt'>, now: number, troubles: readonly string[]): SQL =>
  and(eq(calls.state, 'live'), eq(calls.syncState, 'waiting'), gt(calls.syncDueAt, now), gt(calls.syncAttempts, 0), inArray(calls.syncTrouble, [...troubles]), sql`(${calls.startedAt}, ${calls.id}) < (${startedAt}, ${id})`) as SQL // `as`: `and` of conditions is one

export const putOffBefore = (db: TenantDb, call: Pick<CallRow, 'id' | 'startedAt'>, now: number, troubles: readonly string[]): Read<number> => db.count(calls, isPutOffBefore(call, now, troubles))

/** They are due now. */
export const hasten = (db: TenantDb, call: Pick<CallRow, 'id' | 'startedAt'>, now: number, troubles: readonly string[]): Write =>
  db.update(calls, isPutOffBefore(call, now, troubles), { syncDueAt: now, version: sql`${calls.version} + 1` }).orRefuse('nobody_to_hasten')

/** Calls whose content left their row and whose key may still be there. */
export const begunPurges = (db: TenantDb, limit: number): Read<CallRow[]> => db.find(calls, { where: eq(calls.state, 'purging'), limit })

/** Tenants of a shard with a call to hand over or a purge to finish: for the cron, past the fence. */
export async function tenantsWithCallsToHandOver(shard: ShardReader, now: number, limit: number): Promise<string[]> {
  // Two questions, each over an index that holds what is due and not what is kept.
  const due = await shard.ask((db) => db.selectDistinct({ tenantId: calls.tenantId }).from(calls).where(isDue(now)).limit(limit))
  const begun = await shard.ask((db) => db.selectDistinct({ tenantId: calls.tenantId }).from(calls).where(eq(calls.state, 'purging')).limit(limit))
  return [...new Set([...due, ...begun].map(({ tenantId }) => tenantId))]
}

/** How many of the calls that are kept stand in each state of their way to the AMS. */
export const countStanding = (db: TenantDb): Read<{ syncState: CallRow['syncState']; retried: number; n: number }[]> =>
  db.find(calls, { columns: { syncState: calls.syncState, retried: isRetried, n: count() }, where: eq(calls.state, 'live'), groupBy: [calls.syncState, isRetried] })

const isRetried = sql<number>`${calls.syncAttempts} > 0`

/** How many calls were purged by the cap, by how they stood. */
export const countCapped = (db: TenantDb): Read<{ syncState: CallRow['syncState']; n: number }[]> => db.find(calls, { columns: { syncState: calls.syncState, n: count() }, where: eq(calls.purgedBy, 'cap'), groupBy: [calls.syncState] })

/** Every call that is kept and was given up, or was due without an AMS: back into the queue. */
export const queueAgain = (db: TenantDb, now: number): Write =>
  db.update(calls, and(eq(calls.state, 'live'), inArray(calls.syncState, ['dead', 'none']), gt(calls.capAt, now)) as SQL, { syncState: 'waiting', syncDueAt: now, syncAttempts: sql`min(${calls.syncAttempts}, 1)`, version: sql`${calls.version} + 1` }).orRefuse('nothing_to_hand_over') // `as`: `and` of conditions is one
