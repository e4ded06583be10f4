import { and, desc, eq, isNull, lt, or } from 'drizzle-orm'
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm'
import { hookConnections, webhookEvents } from '../../../db/schema/hooks.ts'
import type { Expired } from '../tenancy/remove-expired.ts'
import type { Read, Write } from '../tenancy/statement.ts'
import type { TenantDb } from '../tenancy/tenant-db.ts'

export type ConnectionRow = InferSelectModel<typeof hookConnections>
export type HookEventRow = InferSelectModel<typeof webhookEvents>

export const insertConnection = (db: TenantDb, row: Omit<InferInsertModel<typeof hookConnections>, 'tenantId'>): Write => db.insert(hookConnections, row)

export const connectionById = (db: TenantDb, id: string): Read<ConnectionRow | undefined> => db.findOne(hookConnections, eq(hookConnections.id, id))

/** Newest first. One row more than the page tells whether there is another. */
export const connectionPage = (db: TenantDb, after: { at: number; id: string } | null, limit: number): Read<ConnectionRow[]> =>
  db.find(hookConnections, {
    where: after ? or(lt(hookConnections.createdAt, after.at), and(eq(hookConnections.createdAt, after.at), lt(hookConnections.id, after.id))) : undefined,
    orderBy: [desc(hookConnections.createdAt), desc(hookConnections.id)],
    limit: limit + 1,
  })

/** Change a connection that still stands as it was seen and is not revoked; the batch is refused otherwise. */
export const changeConnection = (db: TenantDb, seen: Pick<ConnectionRow, 'id' | 'version'>, set: Partial<Pick<ConnectionRow, 'content' | 'sealVersion' | 'secretAt' | 'previousUntil' | 'revokedAt'>>): Write =>
  db.update(hookConnections, and(eq(hookConnections.id, seen.id), eq(hookConnections.version, seen.version), isNull(hookConnections.revokedAt)) ?? eq(hookConnections.id, seen.id), { ...set, version: seen.version + 1 }).orRefuse('connection_changed')

export const insertHookEvent = (db: TenantDb, row: Omit<InferInsertModel<typeof webhookEvents>, 'tenantId'>): Write => db.insert(webhookEvents, row)

export const hookEvent = (db: TenantDb, connectionId: string, eventId: string): Read<HookEventRow | undefined> =>
  db.findOne(webhookEvents, and(eq(webhookEvents.connectionId, connectionId), eq(webhookEvents.eventId, eventId)))

/** The last messages of a connection, the newest first. */
export const lastHookEvents = (db: TenantDb, connectionId: string, limit: number): Read<HookEventRow[]> =>
  db.find(webhookEvents, { where: eq(webhookEvents.connectionId, connectionId), orderBy: [desc(webhookEvents.at), desc(webhookEvents.id)], limit })

/** Messages that came before a moment. */
export const hookEventsBefore = (before: number): Expired & { readonly tenant: typeof webhookEvents.tenantId } => ({ table: webhookEvents, due: webhookEvents.at, before, tenant: webhookEvents.tenantId })
