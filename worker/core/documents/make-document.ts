import type { RecordedEvent } from '../audit/event.ts'
import type { Ctx } from '../ctx.ts'
import { isFault } from '../failure.ts'
import type { Write } from '../tenancy/statement.ts'
import { encryptStream } from '../vault/chunk-stream.ts'
import { newDocumentKey } from '../vault/document-key.ts'
import { rowVaults, type RowSalt } from '../vault/row-vault.ts'
import { DocumentBucket } from './bucket.ts'
import { fileKinds, type Category } from './contract.ts'
import { documentContent, documentKey, documentMade } from './module.ts'
import { authorOf } from './policy.ts'
import { changeDocument, heldOrStored, insertDocument, insertDocumentKey, letGoRows } from './store.ts'
import { measured } from './upload-stream.ts'
import type { DocumentSecret } from './views.ts'

/**
 * A file that the product made, a PDF unless it says otherwise. `held`: no list shows it and no link leads to it; the module that made it opens it for
 * whom it may. `id`: where a row of the module's names the document before its bytes are here. `salt`: what it dies with, besides the root.
 */
export type MadeFile = { readonly id?: string; readonly name: string; readonly category: Category; readonly mediaType?: string; readonly bytes: Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array>; readonly held: boolean; readonly salt?: RowSalt }

/** An encrypted object that no row names yet. Hand `writes` and `event` to the commit of the change it belongs to; `forget` it when that is refused. */
export type MadeDocument = { readonly id: string; readonly sha256: string; readonly size: number; readonly writes: readonly Write[]; readonly event: RecordedEvent; readonly forget: () => Promise<void> }

/** Encrypt a file of our own making under a key of its own. Who may have it made is for the calling verb to ask. `salt_missing` where what it would die with is gone already. */
export async function makeDocument(ctx: Ctx, { id = ctx.newId('doc'), name, category, mediaType = fileKinds.pdf.mediaType, bytes, held, salt }: MadeFile): Promise<MadeDocument> {
  const object = { tenantId: ctx.tenant.id, documentId: id, objectId: ctx.newId('obj') }
  const vault = await rowVaults(ctx.vault)(salt ?? null)
  const { key, cell } = await newDocumentKey(vault, documentKey, id)
  const bucket = new DocumentBucket(ctx.reach)
  const measure = measured()
  const plain = bytes instanceof ReadableStream ? bytes : new Blob([bytes]).stream()
  await bucket.put(object, plain.pipeThrough(measure.through).pipeThrough(encryptStream(key, { tenant: object.tenantId, objectId: object.objectId })))
  const [sha256, size] = [measure.sha256(), measure.size()]
  const secret: DocumentSecret = { name, sha256 }
  const content = await vault.seal(documentContent, id, secret)
  const row = {
    id, content: content.sealed, sealVersion: content.sealVersion, salt: salt ?? null, category, state: held ? ('held' as const) : ('stored' as const), mediaType, size, objectId: object.objectId,
    // Made of what the product holds, which is no health information.
    phiAckBy: 'product', phiAckAt: ctx.now, phiNotice: null,
    createdBy: authorOf(ctx.actor), createdAt: ctx.now, trashedBy: null, trashedAt: null, dueAt: null,
  }
  return {
    id,
    sha256,
    size,
    writes: [insertDocument(ctx.db, row), insertDocumentKey(ctx.db, { id, content: cell.sealed, sealVersion: cell.sealVersion, salt: salt ?? null })],
    event: documentMade(id, { size, held }),
    forget: () => bucket.remove(object),
  }
}

export type Make = (file: MadeFile) => Promise<MadeDocument>

/**
 * Make documents and commit them, in `work`. When it throws, what no row names is forgotten: bytes stay of what was committed
 * alone. Where the database's answer was lost the batch may stand, and whether it does is looked for.
 */
export async function making<T>(ctx: Ctx, work: (make: Make) => Promise<T>): Promise<T> {
  const begun: string[] = []
  try {
    return await work((file) => {
      const id = file.id ?? ctx.newId('doc')
      begun.push(id)
      return makeDocument(ctx, { ...file, id })
    })
  } catch (thrown) {
    const rows = isFault(thrown) || begun.length === 0 ? [] : await ctx.db.readAll(begun.map((id) => heldOrStored(ctx.db, id)))
    await Promise.all(begun.filter((id) => !rows.some((row) => row?.id === id)).map((id) => forgetBytes(ctx, id)))
    throw thrown
  }
}

/** Remove whatever bytes lie under the id of a document that never came to be. */
export const forgetBytes = (ctx: Ctx, documentId: string): Promise<void> => new DocumentBucket(ctx.reach).removeAll({ tenantId: ctx.tenant.id, documentId })

/** A held document that is needed no more: its key and bytes go with the next hourly purge. */
export const letGo = (ctx: Ctx, id: string): Write => changeDocument(ctx.db, { id, state: 'held' }, { dueAt: ctx.now })

/** The same for many at once, also for those that people could open: no list shows them and no link leads to them from then on. */
export const letGoAll = (ctx: Ctx, ids: readonly string[]): Write[] => letGoRows(ctx.db, ids, ctx.now)
