import { createHash } from 'node:crypto'
import type { RecordedEvent } from '../audit/event.ts'
import type { Ctx } from '../ctx.ts'
import type { Write } from '../tenancy/statement.ts'
import { encryptStream } from '../vault/chunk-stream.ts'
import { newDocumentKey } from '../vault/document-key.ts'
import { DocumentBucket } from './bucket.ts'
import { fileKinds, type Category } from './contract.ts'
import { documentContent, documentKey, documentMade } from './module.ts'
import { authorOf } from './policy.ts'
import { changeDocument, insertDocument, insertDocumentKey } from './store.ts'
import type { DocumentSecret } from './views.ts'

/** A PDF that the product made. `held`: no list shows it and no link leads to it; the module that made it opens it for whom it may. */
export type MadeFile = { readonly name: string; readonly category: Category; readonly bytes: Uint8Array<ArrayBuffer>; readonly held: boolean }

/** An encrypted object that no row names yet. Hand `writes` and `event` to the commit of the change it belongs to; `forget` it when that is refused. */
export type MadeDocument = { readonly id: string; readonly sha256: string; readonly writes: readonly Write[]; readonly event: RecordedEvent; readonly forget: () => Promise<void> }

/** Encrypt a file of our own making under a key of its own. Who may have it made is for the calling verb to ask. */
export async function makeDocument(ctx: Ctx, { name, category, bytes, held }: MadeFile): Promise<MadeDocument> {
  const id = ctx.newId('doc')
  const object = { tenantId: ctx.tenant.id, documentId: id, objectId: ctx.newId('obj') }
  const { key, cell } = await newDocumentKey(ctx.vault, documentKey, id)
  const bucket = new DocumentBucket(ctx.reach)
  await bucket.put(object, new Blob([bytes]).stream().pipeThrough(encryptStream(key, { tenant: object.tenantId, objectId: object.objectId })))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const secret: DocumentSecret = { name, sha256 }
  const content = await ctx.vault.seal(documentContent, id, secret)
  const row = {
    id, content: content.sealed, sealVersion: content.sealVersion, category, state: held ? ('held' as const) : ('stored' as const), mediaType: fileKinds.pdf.mediaType, size: bytes.length, objectId: object.objectId,
    // Made of what the product holds, which is no health information.
    phiAckBy: 'product', phiAckAt: ctx.now, phiNotice: null,
    createdBy: authorOf(ctx.actor), createdAt: ctx.now, trashedBy: null, trashedAt: null, dueAt: null,
  }
  return {
    id,
    sha256,
    writes: [insertDocument(ctx.db, row), insertDocumentKey(ctx.db, { id, content: cell.sealed, sealVersion: cell.sealVersion })],
    event: documentMade(id, { size: bytes.length, held }),
    forget: () => bucket.remove(object),
  }
}

/** A held document that is needed no more: its key and bytes go with the next hourly purge. */
export const letGo = (ctx: Ctx, id: string): Write => changeDocument(ctx.db, { id, state: 'held' }, { dueAt: ctx.now })
