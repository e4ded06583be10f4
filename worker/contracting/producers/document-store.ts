import { and, asc, eq, isNotNull, isNull, type SQL } from 'drizzle-orm'
import { copiedDocuments, passportCopies, producerLinks } from '../../../db/schema/contracting-producers.ts'
import type { ShardReader } from '../../core/tenancy/shard-reader.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { Row } from '../../core/tenancy/store.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type CopiedDocumentRow = typeof copiedDocuments.$inferSelect

/** A document that a copied version names. Its bytes follow. */
export const insertNamed = (db: TenantDb, row: Row<typeof copiedDocuments>): Write => db.insert(copiedDocuments, row)

/** Every document that the link's copy names, whether its bytes are here or not. */
export const namedUnder = (db: TenantDb, linkId: string): Read<CopiedDocumentRow[]> => db.find(copiedDocuments, { where: eq(copiedDocuments.linkId, linkId), orderBy: [asc(copiedDocuments.what), asc(copiedDocuments.id)] })

export const countHere = (db: TenantDb, linkId: string): Read<number> => db.count(copiedDocuments, all(eq(copiedDocuments.linkId, linkId), isNotNull(copiedDocuments.copiedAt)))

/** The held document, if it is the copy of a producer’s and the link lasts. */
export const copiedWhileLinked = (db: TenantDb, documentId: string): Read<{ linkId: string } | undefined> =>
  db
    .join(copiedDocuments, producerLinks, { columns: { linkId: copiedDocuments.linkId }, on: eq(producerLinks.id, copiedDocuments.linkId), where: all(eq(copiedDocuments.documentId, documentId), isNotNull(copiedDocuments.copiedAt), eq(producerLinks.state, 'active')), limit: 1 })
    .map(([row]) => row)

/** Its bytes are here. Refused where another run brought them, or no version names the document any more. */
export const noteCopied = (db: TenantDb, id: string, set: { size: number; mediaType: string; copiedAt: number }): Write => db.update(copiedDocuments, all(eq(copiedDocuments.id, id), isNull(copiedDocuments.copiedAt)), set).orRefuse('copied_or_dropped')

/** Refused where its bytes came or went since it was looked at. */
export const removeNamed = (db: TenantDb, { id, copiedAt }: Pick<CopiedDocumentRow, 'id' | 'copiedAt'>): Write =>
  db.remove(copiedDocuments, all(eq(copiedDocuments.id, id), copiedAt === null ? isNull(copiedDocuments.copiedAt) : isNotNull(copiedDocuments.copiedAt))).orRefuse('document_came')

/** Tenants with copies whose documents were never noted, from whichever of them on. */
export async function tenantsWithUnnamed(shard: ShardReader, limit: number): Promise<string[]> {
  const rows = await shard.ask((db) => db.selectDistinct({ tenantId: passportCopies.tenantId }).from(passportCopies).where(eq(passportCopies.documentsNamed, false)).limit(limit))
  return rows.map(({ tenantId }) => tenantId)
}

export type UnnamedCopy = Pick<typeof passportCopies.$inferSelect, 'id' | 'linkId' | 'versionId' | 'content' | 'sealVersion'>

/** Such copies of a tenant, while their link lasts. */
export const unnamedCopies = (db: TenantDb, limit: number): Read<UnnamedCopy[]> =>
  db.join(passportCopies, producerLinks, {
    columns: { id: passportCopies.id, linkId: passportCopies.linkId, versionId: passportCopies.versionId, content: passportCopies.content, sealVersion: passportCopies.sealVersion },
    on: eq(producerLinks.id, passportCopies.linkId), where: all(eq(passportCopies.documentsNamed, false), eq(producerLinks.state, 'active')), limit,
  })

/** Refused where another run did it, or a newer version came. */
export const noteNamed = (db: TenantDb, { id, versionId }: Pick<UnnamedCopy, 'id' | 'versionId'>, given: { readonly hasEmployment: boolean; readonly hasCheque: boolean }): Write =>
  db.update(passportCopies, all(eq(passportCopies.id, id), eq(passportCopies.versionId, versionId), eq(passportCopies.documentsNamed, false)), { documentsNamed: true, ...given }).orRefuse('documents_named')

const all = (...conditions: SQL[]): SQL => and(...conditions) as SQL // `as`: `and` of at least one condition is one
