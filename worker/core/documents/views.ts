import { fileKinds, type Category, type DocumentView } from './contract.ts'
import type { DocumentRow } from './store.ts'

/** What is sealed of a document. */
export type DocumentSecret = { readonly name: string; readonly sha256: string | null }

/** A document as it leaves, field by field. `sha256` is told where one document is asked for. */
export const documentView = (row: DocumentRow, secret: DocumentSecret, options: { withDigest?: boolean } = {}): DocumentView => ({
  id: row.id,
  name: secret.name,
  category: row.category as Category, // `as`: CreateDocument let in nothing else
  state: row.state === 'purging' ? 'trashed' : row.state === 'held' ? 'stored' : row.state,
  kind: Object.values(fileKinds).find(({ mediaType }) => mediaType === row.mediaType)?.label ?? null,
  mediaType: row.mediaType,
  size: row.size,
  sha256: options.withDigest ? secret.sha256 : null,
  createdBy: row.createdBy,
  createdAt: row.createdAt,
  phiAcknowledgedAt: row.phiAckAt,
  trashedAt: row.trashedAt,
  purgedAt: row.state === 'trashed' ? row.dueAt : null,
})
