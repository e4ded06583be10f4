import { and, asc, desc, eq, gt, isNull, or } from 'drizzle-orm'
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm'
import { carriers, webhookEndpoints } from '../../../db/schema/contracting-carriers.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type CarrierRow = InferSelectModel<typeof carriers>

export const insertCarrier = (db: TenantDb, row: Omit<InferInsertModel<typeof carriers>, 'tenantId'>): Write => db.insert(carriers, row)

export const carrierById = (db: TenantDb, id: string): Read<CarrierRow | undefined> => db.findOne(carriers, eq(carriers.id, id))

export const carrierByNaic = (db: TenantDb, naic: string): Read<CarrierRow | undefined> => db.findOne(carriers, eq(carriers.naic, naic))

/** By name, from after `after`. One row more than the page tells whether there is another. */
export const carrierPage = (db: TenantDb, after: { name: string; id: string } | null, limit: number): Read<CarrierRow[]> =>
  db.find(carriers, { where: after ? or(gt(carriers.name, after.name), and(eq(carriers.name, after.name), gt(carriers.id, after.id))) : undefined, orderBy: [asc(carriers.name), asc(carriers.id)], limit: limit + 1 })

/** Change a carrier that still stands as it was seen; the batch is refused otherwise. */
export const changeCarrierRow = (db: TenantDb, seen: Pick<CarrierRow, 'id' | 'version'>, set: Partial<Pick<CarrierRow, 'name' | 'naic' | 'states' | 'lines' | 'asksFor'>>): Write =>
  db.update(carriers, and(eq(carriers.id, seen.id), eq(carriers.version, seen.version)) ?? eq(carriers.id, seen.id), { ...set, version: seen.version + 1 }).orRefuse('carrier_changed')

export type WebhookRow = InferSelectModel<typeof webhookEndpoints>

/** Where a carrier is called now, if anywhere. */
export const webhookOfCarrier = (db: TenantDb, carrierId: string): Read<WebhookRow | undefined> =>
  db.find(webhookEndpoints, { where: and(eq(webhookEndpoints.carrierId, carrierId), isNull(webhookEndpoints.endedAt)), orderBy: [desc(webhookEndpoints.createdAt)], limit: 1 }).map(([row]) => row)

export const insertWebhook = (db: TenantDb, row: Omit<InferInsertModel<typeof webhookEndpoints>, 'tenantId'>): Write => db.insert(webhookEndpoints, row)

export const endWebhookRow = (db: TenantDb, id: string, at: number): Write => db.update(webhookEndpoints, and(eq(webhookEndpoints.id, id), isNull(webhookEndpoints.endedAt)) ?? eq(webhookEndpoints.id, id), { endedAt: at }).orRefuse('webhook_ended')
