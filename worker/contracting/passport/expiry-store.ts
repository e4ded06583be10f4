import { and, eq, gte, isNotNull, lt, sql, type InferSelectModel, type SQL } from 'drizzle-orm'
import { calendarFeeds, expiryReminders, passports } from '../../../db/schema/contracting-passport.ts'
import { tenantFence } from '../../../db/schema/fence.ts'
import type { Expired } from '../../core/tenancy/remove-expired.ts'
import type { ShardReader } from '../../core/tenancy/shard-reader.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { Row } from '../../core/tenancy/store.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type FeedRow = InferSelectModel<typeof calendarFeeds>

/** What was told of days from this one on. */
export const remindersFrom = (db: TenantDb, day: string): Read<InferSelectModel<typeof expiryReminders>[]> => db.find(expiryReminders, { where: gte(expiryReminders.dueOn, day) })
export const insertReminder = (db: TenantDb, row: Row<typeof expiryReminders>): Write => db.insert(expiryReminders, row)

/** The engine has looked. Whoever changed a day meanwhile has asked for another look, which stays asked for. */
export const lookedOn = (db: TenantDb, seen: { id: string; remindOn: string }, next: string | null): Write => db.update(passports, both(eq(passports.id, seen.id), eq(passports.remindOn, seen.remindOn)), { remindOn: next })

/** Open tenants of one shard with a day to be told of by the end of `today`, by id after `after`: for the hourly cron. One that is closed down would be found every hour and hold up the others. */
export async function tenantsToLookAt(shard: ShardReader, today: string, after: string, limit: number): Promise<string[]> {
  const rows = await shard.ask((db) =>
    db
      .select({ tenantId: passports.tenantId })
      .from(passports)
      .innerJoin(tenantFence, and(eq(tenantFence.tenantId, passports.tenantId), eq(tenantFence.state, 'open')))
      // The plus keeps the tenant's own index out of it: what is due is few.
      .where(and(isNotNull(passports.remindOn), lt(passports.remindOn, `${today}~`), sql`+${passports.tenantId} > ${after}`))
      .orderBy(passports.tenantId)
      .limit(limit),
  )
  return rows.map((row) => row.tenantId)
}

/** Reminders that went out before a moment. */
export const remindersBefore = (before: number): Expired & { readonly tenant: typeof expiryReminders.tenantId } => ({ table: expiryReminders, due: expiryReminders.sentAt, before, tenant: expiryReminders.tenantId })

export const calendarFeed = (db: TenantDb): Read<FeedRow | undefined> => db.findOne(calendarFeeds, undefined)
export const insertFeed = (db: TenantDb, row: Row<typeof calendarFeeds>): Write => db.insert(calendarFeeds, row)
export const removeFeed = (db: TenantDb, id: string): Write => db.remove(calendarFeeds, eq(calendarFeeds.id, id)).orRefuse('feed_changed')

/** drizzle's `and` may be undefined for no conditions; two are never none. */
const both = (one: SQL, other: SQL): SQL => and(one, other) ?? one
