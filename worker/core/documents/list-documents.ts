import { cursorOf, positionOf } from '../api/cursor.ts'
import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import type { DocumentFilter, DocumentView } from './contract.ts'
import { documentContent, rights } from './module.ts'
import { documentPage } from './store.ts'
import { documentView, type DocumentSecret } from './views.ts'

export type DocumentList = { documents: DocumentView[]; next: string | null }

/** The tenant's documents of one state, newest first, a page at a time. */
export async function listDocuments(ctx: Ctx, filter: DocumentFilter, page: { cursor?: string | undefined; limit: number }): Promise<DocumentList> {
  demand(ctx, rights.readDocuments)
  const list = `documents ${filter.state} ${filter.category ?? ''}`
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const rows = await ctx.db.read(documentPage(ctx.db, { ...filter, after, limit: page.limit }))
  const shown = rows.slice(0, page.limit)
  const secrets = await ctx.vault.openMany<DocumentSecret>(documentContent, shown.map((row) => ({ id: row.id, cell: { sealed: row.content, sealVersion: row.sealVersion } })))
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return {
    documents: shown.map((row, index) => documentView(row, secrets[index] ?? { name: '', sha256: null })),
    next: last ? await cursorOf(ctx.vault, list, { at: last.createdAt, id: last.id }) : null,
  }
}
