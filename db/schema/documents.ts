import { foreignKey, index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant, rowSalt, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** An uploaded file. Its bytes lie in the DOCUMENTS bucket, sealed in chunks under a key of their own. */
export const documents = sqliteTable(
  'documents',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Sealed { name, sha256 }; the digest is null until the bytes have arrived. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    salt: rowSalt(),
    category: text('category').notNull(),
    /** `awaiting` its bytes; `held` for a module, whose verbs alone open it; `purging`: its key is gone, its bytes are being removed. */
    state: text('state', { enum: ['awaiting', 'stored', 'held', 'trashed', 'purging'] }).notNull(),
    /** As found in the bytes, never as claimed. Null while awaiting, like size and object. */
    mediaType: text('media_type'),
    size: integer('size'),
    /** Which object of the bucket holds it: two uploads at once write two objects, and one of them is the document. */
    objectId: text('object_id'),
    /** Who said that it holds no protected health information, when, and which wording was shown. */
    phiAckBy: text('phi_ack_by'),
    phiAckAt: instant('phi_ack_at'),
    phiNotice: integer('phi_notice'),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    trashedBy: text('trashed_by'),
    trashedAt: instant('trashed_at'),
    /** When something next happens to it by itself: an upload that never came is given up, the trash is emptied. */
    dueAt: instant('due_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('documents_listed').on(table.tenantId, table.state, table.createdAt, table.id),
    index('documents_due').on(table.dueAt),
    index('documents_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** The key of one stored object, in a row of its own so that no list ever loads it. `id` equals the document's id. */
export const documentKeys = sqliteTable(
  'document_keys',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Sealed 256-bit key. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    salt: rowSalt(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.id], foreignColumns: [documents.tenantId, documents.id] }),
    index('document_keys_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)
