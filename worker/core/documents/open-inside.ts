import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { decryptStream } from '../vault/chunk-stream.ts'
import { DocumentBucket } from './bucket.ts'
import type { Category } from './contract.ts'
import type { OpenedDocument } from './open-document.ts'
import { documentKeyById, heldOrStored } from './store.ts'
import { unsealDocument } from './unsealing.ts'

/** A document opened for a module's verb, with its digest and what it is filed under. */
export type OpenedInside = OpenedDocument & { readonly sha256: string | null; readonly category: Category }

/**
 * Open a document of the tenant for a verb that has asked its own right and records the opening with its own event: to fill a form, to sign it, to
 * hand it to a carrier. Held documents are opened in no other way, and never where somebody named the document: that is `stored`.
 */
export async function openInside(ctx: Ctx, documentId: string, which: 'any' | 'stored' = 'any'): Promise<OpenedInside> {
  const [row, keyRow] = await ctx.db.readAll([heldOrStored(ctx.db, documentId), documentKeyById(ctx.db, documentId)])
  if (!row || (which === 'stored' && row.state !== 'stored') || !keyRow || row.objectId === null || row.size === null || row.mediaType === null) throw new Fault({ code: 'not_found' })
  const { name, sha256, key } = await unsealDocument(ctx, row, keyRow)
  const stored = await new DocumentBucket(ctx.reach).get({ tenantId: ctx.tenant.id, documentId: row.id, objectId: row.objectId })
  if (!stored) throw new Fault({ code: 'integrity', reason: 'object_missing' })
  const category = row.category as Category // `as`: CreateDocument let in nothing else
  return { name, sha256, category, mediaType: row.mediaType, size: row.size, stream: stored.pipeThrough(decryptStream(key, { tenant: ctx.tenant.id, objectId: row.objectId }, row.size)) }
}

/** All of a document, where the library that reads it needs all of it. */
export const bytesInside = async (ctx: Ctx, documentId: string, which: 'any' | 'stored' = 'any'): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await new Response((await openInside(ctx, documentId, which)).stream).arrayBuffer())
