import type { Ctx } from '../../core/ctx.ts'
import { forgetBytes, letGo } from '../../core/documents/make-document.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import type { PassportContent } from '../passport/contract.ts'
import { insertNamed, removeNamed, type CopiedDocumentRow } from './document-store.ts'
import { namedDocuments } from './policy.ts'

/** What a new version means for the documents that the link's copy names: rows for those it names anew, an end to those it names no more. */
export function renamed(ctx: Ctx, linkId: string, before: readonly CopiedDocumentRow[], { versionId, parts }: { readonly versionId: string; readonly parts: { readonly content: PassportContent } }): { writes: Write[]; dropped: CopiedDocumentRow[] } {
  const named = namedDocuments(parts.content)
  const fresh = named.filter(({ sourceId }) => !before.some((row) => row.sourceId === sourceId))
  const dropped = before.filter((row) => !named.some(({ sourceId }) => sourceId === row.sourceId))
  return { writes: [...dropping(ctx, dropped), ...fresh.map(({ sourceId, what }) => insertNamed(ctx.db, { id: ctx.newId('cpd'), linkId, versionId, what, sourceId, documentId: ctx.newId('doc') }))], dropped }
}

/** The copies of these documents are let go: the way to them goes at once, key and bytes with the next purge. */
export const dropping = (ctx: Ctx, rows: readonly CopiedDocumentRow[]): Write[] => rows.flatMap((row) => [removeNamed(ctx.db, row), ...(row.copiedAt === null ? [] : [letGo(ctx, row.documentId)])])

/** What an interrupted copying left of those whose bytes never came whole. Before the batch that drops their rows: bytes that come in between are refused with it, or dropped by the next try. */
export const forgetUnfinished = async (ctx: Ctx, dropped: readonly CopiedDocumentRow[]): Promise<void> =>
  void (await Promise.all(dropped.filter(({ copiedAt }) => copiedAt === null).map(({ documentId }) => forgetBytes(ctx, documentId))))
