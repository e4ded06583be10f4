import { and, asc, eq, gt, or } from 'drizzle-orm'
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm'
import { carriers } from '../../../db/schema/contracting-carriers.ts'
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
