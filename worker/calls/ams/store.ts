import { and, desc, eq, isNull, lt, or, sql } from 'drizzle-orm'
import type { InferInsertModel, InferSelectModel, SQL } from 'drizzle-orm'
import { amsConnections } from '../../../db/schema/calls.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type AmsRow = InferSelectModel<typeof amsConnections>

export const insertAms = (db: TenantDb, row: Omit<InferInsertModel<typeof amsConnections>, 'tenantId'>): Write => db.insert(amsConnections, row)

export const amsById = (db: TenantDb, id: string): Read<AmsRow | undefined> => db.findOne(amsConnections, eq(amsConnections.id, id))

/** The one that is asked. */
export const openAms = (db: TenantDb): Read<AmsRow | undefined> => db.findOne(amsConnections, isNull(amsConnections.revokedAt))

/** Whether there is one to ask, as a condition of another question. */
export const whereAmsIsOpen = (db: TenantDb): SQL => sql`exists (select 1 from ${amsConnections} where ${amsConnections.tenantId} = ${db.tenantId} and ${amsConnections.revokedAt} is null)`

/** Newest first. One row more than the page tells whether there is another. */
export const amsPage = (db: TenantDb, after: { at: number; id: string } | null, limit: number): Read<AmsRow[]> =>
  db.find(amsConnections, {
    where: after ? or(lt(amsConnections.createdAt, after.at), and(eq(amsConnections.createdAt, after.at), lt(amsConnections.id, after.id))) : undefined,
    orderBy: [desc(amsConnections.createdAt), desc(amsConnections.id)],
    limit: limit + 1,
  })

/** Change a connection that still stands as it was seen and is not revoked; the batch is refused otherwise. */
export const changeAms = (db: TenantDb, seen: Pick<AmsRow, 'id' | 'version'>, set: Partial<Pick<AmsRow, 'content' | 'testedAt' | 'testTrouble' | 'revokedAt'>>): Write =>
  db.update(amsConnections, and(eq(amsConnections.id, seen.id), eq(amsConnections.version, seen.version), isNull(amsConnections.revokedAt)) ?? eq(amsConnections.id, seen.id), { ...set, version: seen.version + 1 }).orRefuse('connection_changed')
