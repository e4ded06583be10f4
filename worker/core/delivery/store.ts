import { and, asc, count, desc, eq, gte, inArray, lt, lte, min, or, sql, type InferInsertModel, type InferSelectModel } from 'drizzle-orm'
import { deliveries } from '../../../db/schema/delivery.ts'
import { platformDeliveries } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from '../tenancy/directory-db.ts'
import type { ShardReader } from '../tenancy/shard-reader.ts'
import type { Read, Write } from '../tenancy/statement.ts'
import type { TenantDb } from '../tenancy/tenant-db.ts'

export type DeliveryRow = Omit<InferSelectModel<typeof deliveries>, 'tenantId'>
export type DeliveryState = DeliveryRow['state']
type Change = Partial<Pick<DeliveryRow, 'state' | 'attempts' | 'dueAt' | 'lastError' | 'settledAt'>>

export const insertDelivery = (db: TenantDb, row: Omit<InferInsertModel<typeof deliveries>, 'tenantId'>): Write => db.insert(deliveries, row)

export const insertPlatformDelivery = (directory: DirectoryDb, row: InferInsertModel<typeof platformDeliveries>): Write =>
  directory.change((db) => db.insert(platformDeliveries).values(row))

/** Messages whose next attempt over one of these channels is due, oldest first. */
export const dueDeliveries = (db: TenantDb, now: number, channels: readonly DeliveryRow['channel'][], limit: number): Read<DeliveryRow[]> =>
  db.find(deliveries, { where: and(eq(deliveries.state, 'queued'), lte(deliveries.dueAt, now), inArray(deliveries.channel, [...channels])), orderBy: asc(deliveries.dueAt), limit })

export const duePlatformDeliveries = (directory: DirectoryDb, now: number, limit: number): Read<DeliveryRow[]> =>
  directory.ask((db) => db.select().from(platformDeliveries).where(and(eq(platformDeliveries.state, 'queued'), lte(platformDeliveries.dueAt, now))).orderBy(asc(platformDeliveries.dueAt)).limit(limit))

/** Change a message that still stands where the caller saw it; the batch is refused otherwise. */
export const changeDelivery = (db: TenantDb, seen: Pick<DeliveryRow, 'id' | 'state' | 'attempts'>, set: Change): Write =>
  db.update(deliveries, and(eq(deliveries.id, seen.id), eq(deliveries.state, seen.state), eq(deliveries.attempts, seen.attempts)) ?? eq(deliveries.id, seen.id), set).orRefuse('delivery_changed')

export const changePlatformDelivery = (directory: DirectoryDb, seen: Pick<DeliveryRow, 'id' | 'state' | 'attempts'>, set: Change): Write =>
  directory
    .change((db) => db.update(platformDeliveries).set(set).where(and(eq(platformDeliveries.id, seen.id), eq(platformDeliveries.state, seen.state), eq(platformDeliveries.attempts, seen.attempts))))
    .orRefuse('delivery_changed')

export const deliveryById = (db: TenantDb, id: string): Read<DeliveryRow | undefined> => db.findOne(deliveries, eq(deliveries.id, id))

/** One page of messages, newest first, below a position. */
export const deliveriesPage = (db: TenantDb, filter: { state?: DeliveryState | undefined; before: { at: number; id: string } | null; limit: number }): Read<DeliveryRow[]> =>
  db.find(deliveries, {
    where: and(
      filter.state ? eq(deliveries.state, filter.state) : undefined,
      filter.before ? or(lt(deliveries.createdAt, filter.before.at), and(eq(deliveries.createdAt, filter.before.at), lt(deliveries.id, filter.before.id))) : undefined,
    ),
    orderBy: [desc(deliveries.createdAt), desc(deliveries.id)],
    limit: filter.limit,
  })

/** How many messages stand in each state. */
export const countDeliveries = (db: TenantDb, state: DeliveryState): Read<number> => db.count(deliveries, eq(deliveries.state, state))

const day = sql<number>`${deliveries.createdAt} / 86400000`

/** How many messages queued since a moment stand in each state, by the day (since 1970, UTC) they were queued. */
export const deliveriesByDay = (db: TenantDb, since: number): Read<{ day: number; state: DeliveryState; n: number }[]> =>
  db.find(deliveries, { columns: { day, state: deliveries.state, n: count() }, where: gte(deliveries.createdAt, since), groupBy: [day, deliveries.state] })

/** Tenants of one shard with a message whose attempt is overdue: for the minute cron, past the fence. */
export async function tenantsWithDueDeliveries(shard: ShardReader, now: number, channels: readonly DeliveryRow['channel'][], limit: number): Promise<string[]> {
  const rows = await shard.ask((db) => db.select({ tenantId: deliveries.tenantId, dueAt: min(deliveries.dueAt) }).from(deliveries).where(and(overdue(now), inArray(deliveries.channel, [...channels]))).groupBy(deliveries.tenantId).limit(limit))
  return rows.map((row) => row.tenantId)
}

const overdue = (now: number) => and(eq(deliveries.state, 'queued'), lte(deliveries.dueAt, now))

/** When the oldest message of a shard that is overdue was due, or null: for the probe, past the fence. */
export async function oldestOverdue(shard: ShardReader, now: number): Promise<number | null> {
  const rows = await shard.ask((db) => db.select({ at: min(deliveries.dueAt) }).from(deliveries).where(overdue(now)))
  return rows[0]?.at ?? null
}

export const oldestOverduePlatform = (directory: DirectoryDb, now: number): Read<number | null> =>
  directory
    .ask((db) => db.select({ at: min(platformDeliveries.dueAt) }).from(platformDeliveries).where(and(eq(platformDeliveries.state, 'queued'), lte(platformDeliveries.dueAt, now))))
    .map((rows) => rows[0]?.at ?? null)
