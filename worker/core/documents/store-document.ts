import type { Ctx } from '../ctx.ts'
import { Fault, isFault } from '../failure.ts'
import { demand } from '../rights.ts'
import { DocumentBucket } from './bucket.ts'
import { fileKinds, type Category, type DocumentView } from './contract.ts'
import { documentContent, documentKey, documentUploaded, rights } from './module.ts'
import { isOwn } from './policy.ts'
import type { Staged } from './stage-content.ts'
import { changeDocument, documentById, insertDocumentKey } from './store.ts'
import { documentView, type DocumentSecret } from './views.ts'

/**
 * Make a staged object the document. Apart from `stageContent`, so that it can run again when the tenant moved or was
 * resealed while the bytes came in. Of two uploads for one document, one becomes it; the other's object is removed.
 */
export async function storeDocument(ctx: Ctx, staged: Staged): Promise<DocumentView> {
  try {
    return await named(ctx, staged)
  } catch (thrown) {
    // Only a refusal says that no row names the object. Where the answer to the batch was lost one may: then it stays, and goes with its document.
    if (isFault(thrown) && thrown.failure.code !== 'stale_fence') await new DocumentBucket(ctx.reach).remove(staged.object)
    throw thrown
  }
}

async function named(ctx: Ctx, staged: Staged): Promise<DocumentView> {
  demand(ctx, rights.uploadDocument)
  const row = await ctx.db.read(documentById(ctx.db, staged.documentId))
  if (!row || !isOwn(ctx.actor, row)) throw new Fault({ code: 'not_found' })
  if (row.state !== 'awaiting') throw new Fault({ code: 'conflict', state: 'document_stored', detail: 'This document has its bytes already. Announce another one.' })

  const { name } = await ctx.vault.open<DocumentSecret>(documentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  const secret: DocumentSecret = { name, sha256: staged.sha256 }
  const content = await ctx.vault.seal(documentContent, row.id, secret)
  const key = staged.key.sealVersion === ctx.vault.sealVersion ? staged.key : await ctx.vault.reseal(documentKey, row.id, staged.key, ctx.vault.sealVersion)
  const now = { state: 'stored', mediaType: fileKinds[staged.kind].mediaType, size: staged.size, objectId: staged.object.objectId, content: content.sealed, sealVersion: content.sealVersion, dueAt: null } as const
  await ctx.commit(
    [changeDocument(ctx.db, row, now), insertDocumentKey(ctx.db, { id: row.id, content: key.sealed, sealVersion: key.sealVersion })],
    documentUploaded(row.id, { category: row.category as Category, kind: staged.kind, size: staged.size }), // `as`: CreateDocument let in nothing else
  )
  return documentView({ ...row, ...now }, secret, { withDigest: true })
}
