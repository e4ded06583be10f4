import { namesOfActors } from '../audit/actor-names.ts'
import type { Ctx } from '../ctx.ts'
import { may } from '../rights.ts'
import type { DocumentFilter, DocumentView } from './contract.ts'
import { listDocuments } from './list-documents.ts'
import { rights } from './module.ts'
import { isOwn } from './policy.ts'
import { countDocuments } from './store.ts'

/** A document as a person sees it in the list: with who uploaded it, and whether the reader may move it. */
export type ListedDocument = DocumentView & { readonly author: string; readonly mayMove: boolean }

export type DocumentsView = {
  readonly documents: readonly ListedDocument[]
  readonly next: string | null
  readonly counts: { readonly stored: number; readonly trashed: number }
  readonly mayUpload: boolean
  readonly linkMinutes: number
  readonly trashDays: number
}

/** The documents page. */
export async function readDocuments(ctx: Ctx, filter: DocumentFilter, page: { cursor?: string | undefined; limit: number }): Promise<DocumentsView> {
  const { documents, next } = await listDocuments(ctx, filter, page)
  const [[stored, trashed], names] = await Promise.all([ctx.db.readAll([countDocuments(ctx.db, 'stored'), countDocuments(ctx.db, 'trashed')]), namesOfActors(ctx)])
  const movesAny = may(ctx.actor, rights.trashDocument, ctx.policy)
  const movesOwn = may(ctx.actor, rights.trashOwnDocument, ctx.policy)
  return {
    documents: documents.map((document) => ({ ...document, author: names.get(document.createdBy) ?? 'somebody who left', mayMove: movesAny || (movesOwn && isOwn(ctx.actor, document)) })),
    next,
    counts: { stored, trashed },
    mayUpload: may(ctx.actor, rights.uploadDocument, ctx.policy),
    linkMinutes: ctx.policy['doc.url_ttl_min'],
    trashDays: ctx.policy['doc.trash_days'],
  }
}
