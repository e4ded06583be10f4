import { and, asc, desc, eq, inArray, isNotNull, isNull, lt, lte, or, sql, type InferInsertModel, type InferSelectModel, type SQL } from 'drizzle-orm'
import { documentKeys, documents } from '../../../db/schema/documents.ts'
import type { Position } from '../api/cursor.ts'
import type { ShardReader } from '../tenancy/shard-reader.ts'
import type { Read, Write } from '../tenancy/statement.ts'
import type { TenantDb } from '../tenancy/tenant-db.ts'
import type { Category } from './contract.ts'

export type DocumentRow = Omit<InferSelectModel<typeof documents>, 'tenantId'>
export type DocumentState = DocumentRow['state']
export type KeyRow = Omit<InferSelectModel<typeof documentKeys>, 'tenantId'>

const shown = ['awaiting', 'stored', 'trashed'] as const

export const insertDocument = (db: TenantDb, row: Omit<InferInsertModel<typeof documents>, 'tenantId'>): Write => db.insert(documents, row)
export const insertDocumentKey = (db: TenantDb, row: Omit<InferInsertModel<typeof documentKeys>, 'tenantId'>): Write => db.insert(documentKeys, row)

/** Change a document that still stands in the state the caller saw; the batch is refused otherwise. */
export const changeDocument = (db: TenantDb, seen: Pick<DocumentRow, 'id' | 'state'>, set: Partial<Omit<DocumentRow, 'id'>>): Write =>
  db.update(documents, both(eq(documents.id, seen.id), eq(documents.state, seen.state)), set).orRefuse('document_changed')

/** D1 binds at most a hundred values in a statement. */
const BOUND = 80

/** Whatever of these documents people could open, or a module, is nobody's any more and due. */
export const letGoRows = (db: TenantDb, ids: readonly string[], now: number): Write[] =>
  Array.from({ length: Math.ceil(ids.length / BOUND) }, (_, index) =>
    db.update(documents, both(inArray(documents.id, ids.slice(index * BOUND, (index + 1) * BOUND)), inArray(documents.state, ['held', 'stored', 'trashed'])), { state: 'held', dueAt: now }),
  )

export const removeDocumentKey = (db: TenantDb, id: string): Write => db.remove(documentKeys, eq(documentKeys.id, id))

/** The last of a purged document. */
export const removePurged = (db: TenantDb, id: string): Write => db.remove(documents, both(eq(documents.id, id), eq(documents.state, 'purging')))

/** A document that can be shown, or undefined. */
export const documentById = (db: TenantDb, id: string): Read<DocumentRow | undefined> => db.findOne(documents, and(eq(documents.id, id), inArray(documents.state, [...shown])))

/** A document for a verb that asked its own rights: one of the tenant's, or one that is held for a module. */
export const heldOrStored = (db: TenantDb, id: string): Read<DocumentRow | undefined> => db.findOne(documents, and(eq(documents.id, id), inArray(documents.state, ['stored', 'held'])))

/** Whether its bytes are here for whoever may have them. */
export const isThere = ({ state }: Pick<DocumentRow, 'state'>): boolean => state === 'stored' || state === 'held'

export const documentKeyById = (db: TenantDb, id: string): Read<KeyRow | undefined> => db.findOne(documentKeys, eq(documentKeys.id, id))

/** One page of documents in a state, newest first, below a position; one row more than asked for says that there is another. */
export const documentPage = (db: TenantDb, filter: { state: 'stored' | 'trashed'; category?: Category | undefined; after: Position | null; limit: number }): Read<DocumentRow[]> =>
  db.find(documents, {
    where: and(
      eq(documents.state, filter.state),
      filter.category ? eq(documents.category, filter.category) : undefined,
      filter.after ? or(lt(documents.createdAt, filter.after.at), and(eq(documents.createdAt, filter.after.at), lt(documents.id, filter.after.id))) : undefined,
    ),
    orderBy: [desc(documents.createdAt), desc(documents.id)],
    limit: filter.limit + 1,
  })

export const countDocuments = (db: TenantDb, state: DocumentState): Read<number> => db.count(documents, eq(documents.state, state))

/** Documents of the tenant for which something is due by itself. */
export const dueDocuments = (db: TenantDb, now: number, limit: number): Read<DocumentRow[]> =>
  db.find(documents, { where: and(isNotNull(documents.dueAt), lte(documents.dueAt, now)), orderBy: asc(documents.dueAt), limit })

/** Tenants of one shard with such documents, by id after `after`: for the hourly cron, past the fence. */
export async function tenantsWithDueDocuments(shard: ShardReader, now: number, after: string, limit: number): Promise<string[]> {
  const rows = await shard.ask((db) =>
    db
      .selectDistinct({ tenantId: documents.tenantId })
      .from(documents)
      // The plus keeps the tenant's own index out of it: what is due is few, what a tenant has is many.
      .where(and(isNotNull(documents.dueAt), lte(documents.dueAt, now), sql`+${documents.tenantId} > ${after}`))
      .orderBy(documents.tenantId)
      .limit(limit),
  )
  return rows.map((row) => row.tenantId)
}

/** Stored documents of a shard that nobody acknowledged: for the probe, past the fence. */
export async function withoutAcknowledgement(shard: ShardReader): Promise<number> {
  const rows = await shard.ask((db) => db.select({ n: sql<number>`count(*)` }).from(documents).where(and(eq(documents.state, 'stored'), isNull(documents.phiAckAt))))
  return rows[0]?.n ?? 0
}

/** drizzle's `and` may be undefined for no conditions; two are never none. */
const both = (one: SQL, other: SQL): SQL => and(one, other) ?? one
