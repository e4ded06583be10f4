import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { encryptStream } from '../vault/chunk-stream.ts'
import { newDocumentKey } from '../vault/document-key.ts'
import type { SealedCell } from '../vault/sealed.ts'
import { DocumentBucket, type ObjectName } from './bucket.ts'
import { fileKinds, type FileKind } from './contract.ts'
import { documentKey, rights } from './module.ts'
import { isOwn } from './policy.ts'
import { agreedKind, sniffKind } from './sniff.ts'
import { documentById } from './store.ts'
import { counted, measured, peek } from './upload-stream.ts'
import { documentContent } from './module.ts'
import type { DocumentSecret } from './views.ts'

/** An encrypted object in the bucket that no row names yet. */
export type Staged = { readonly documentId: string; readonly object: ObjectName; readonly kind: FileKind; readonly size: number; readonly sha256: string; readonly key: SealedCell }

/**
 * Check and encrypt what arrives for an announced document, chunk by chunk, under a key of its own: counted first, then
 * looked at, then sealed. Nothing of it is a document until `storeDocument` names it; when it fails, nothing stays.
 */
export async function stageContent(ctx: Ctx, input: { documentId: string; bytes: ReadableStream<Uint8Array>; claimedType: string | null }): Promise<Staged> {
  demand(ctx, rights.uploadDocument)
  const row = await ctx.db.read(documentById(ctx.db, input.documentId))
  if (!row || !isOwn(ctx.actor, row)) throw new Fault({ code: 'not_found' })
  if (row.state !== 'awaiting') throw new Fault({ code: 'conflict', state: 'document_stored', detail: 'This document has its bytes already. Announce another one.' })
  const { name } = await ctx.vault.open<DocumentSecret>(documentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })

  const { head, whole, all } = await peek(counted(input.bytes))
  if (head.length === 0) throw new Fault({ code: 'invalid', errors: [{ pointer: '/file', detail: 'The file is empty. Choose another one.' }] })
  const kind = agreedKind(await sniffKind(head, whole), name, input.claimedType)
  if (!kind) {
    await all.cancel()
    throw new Fault({ code: 'unsupported_media', detail: `Accepted are ${Object.values(fileKinds).map(({ label }) => label).join(', ')}, with a file name that ends accordingly.` })
  }

  const object = { tenantId: ctx.tenant.id, documentId: row.id, objectId: ctx.newId('obj') }
  const { key, cell } = await newDocumentKey(ctx.vault, documentKey, row.id)
  const measure = measured()
  const sealed = all.pipeThrough(measure.through).pipeThrough(encryptStream(key, { tenant: object.tenantId, objectId: object.objectId }))
  await new DocumentBucket(ctx.reach).put(object, sealed)
  return { documentId: row.id, object, kind, size: measure.size(), sha256: measure.sha256(), key: cell }
}
