import { and, asc, eq, lte, sql, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import type { SQLiteColumn, SQLiteTable } from 'drizzle-orm/sqlite-core'
import { tenantFence } from '../../../db/schema/fence.ts'
import type { Reach } from '../reach.ts'

/** Rows that are past their time: those whose `due` is at or before `before`. There is an index that begins with what `where` fixes, then `due`. */
export type Expired = { readonly table: SQLiteTable; readonly due: SQLiteColumn; readonly before: number; readonly where?: SQL }

/** Remove at most `limit` such rows of the directory, the oldest first. Answers how many went. What is not due costs nothing. */
export async function removeExpiredInDirectory({ env }: Reach, { table, due, before, where }: Expired, limit: number): Promise<number> {
  const db = drizzle(env.DIRECTORY)
  const chosen = db.select({ row: rowOf(table) }).from(table).where(and(where, lte(due, before))).orderBy(asc(due)).limit(limit)
  return (await db.delete(table).where(sql`rowid in ${chosen}`).run()).meta.changes
}

/**
 * The same for rows of every tenant of one shard at once. Those of a tenant that is moving or closed are left alone: a move
 * compares what it copied, and a closing takes everything anyway.
 */
export async function removeExpiredOnShard(reach: Reach, shard: string, { table, due, before, where, tenant }: Expired & { readonly tenant: SQLiteColumn }, limit: number): Promise<number> {
  const db = drizzle(reach.shard(shard))
  const chosen = db
    .select({ row: rowOf(table) })
    .from(table)
    .innerJoin(tenantFence, and(eq(tenantFence.tenantId, tenant), eq(tenantFence.state, 'open')))
    .where(and(where, lte(due, before)))
    .orderBy(asc(due))
    .limit(limit)
  return (await db.delete(table).where(sql`rowid in ${chosen}`).run()).meta.changes
}

const rowOf = (table: SQLiteTable) => sql`${table}.rowid`
