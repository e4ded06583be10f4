import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { decryptStream } from '../vault/chunk-stream.ts'
import { DocumentBucket } from './bucket.ts'
import { FILES, isOurLink, parseDocumentLink } from './document-link.ts'
import { documentDownloaded, documentLinkRefused, rights, type linkRefusals } from './module.ts'
import { bearerOf } from './policy.ts'
import { documentById, documentKeyById, heldOrStored, isThere } from './store.ts'
import { unsealDocument } from './unsealing.ts'

/** A document on its way out. The stream errors, and the answer is aborted, should any chunk fail to authenticate. */
export type OpenedDocument = { readonly name: string; readonly mediaType: string; readonly size: number; readonly stream: ReadableStream<Uint8Array> }

/**
 * Open a document by its link. The link must be whole, unexpired, and presented by the very session or key it was made for
 * (CIQ-34 to CIQ-36); a refused try stands in the log. The download stands there before the first byte leaves.
 */
export async function openDocument(ctx: Ctx, url: URL): Promise<OpenedDocument> {
  return openByLink(ctx, url, { below: FILES, allow: async () => demand(ctx, rights.readDocuments) })
}

/** `below`: where its links lead. `allow` throws where the document is not for whoever brings the link (any more). */
export type LinkUse = { readonly below: string; readonly allow: (documentId: string) => Promise<void> }

/** The same for a link of any kind, with what is asked besides of whoever brings it. */
export async function openByLink(ctx: Ctx, url: URL, { below, allow }: LinkUse): Promise<OpenedDocument> {
  const link = parseDocumentLink(url, below)
  const bearer = bearerOf(ctx.actor)
  if (!link || bearer === null) throw new Fault({ code: 'link_refused' })
  const terms = { tenantId: ctx.tenant.id, documentId: link.documentId, expiresAt: link.expiresAt, bearer }
  if (!(await isOurLink(ctx.reach, terms, link.mac))) return refuse(ctx, link.documentId, 'not_its_session_or_changed')
  if (isOver(ctx, link.expiresAt)) return refuse(ctx, link.documentId, 'expired')
  await allow(link.documentId)

  const [row, keyRow] = await ctx.db.readAll([below === FILES ? documentById(ctx.db, link.documentId) : heldOrStored(ctx.db, link.documentId), documentKeyById(ctx.db, link.documentId)])
  if (!row || !isThere(row) || !keyRow || row.objectId === null || row.size === null || row.mediaType === null) return refuse(ctx, link.documentId, 'trashed')
  const { name, key } = await unsealDocument(ctx, row, keyRow)
  const stored = await new DocumentBucket(ctx.reach).get({ tenantId: ctx.tenant.id, documentId: row.id, objectId: row.objectId })
  if (!stored) throw new Fault({ code: 'integrity', reason: 'object_missing' })
  await ctx.commit([], documentDownloaded(row.id, { size: row.size }))
  return { name, mediaType: row.mediaType, size: row.size, stream: stored.pipeThrough(decryptStream(key, { tenant: ctx.tenant.id, objectId: row.objectId }, row.size)) }
}

/**
 * Over when its time has come, when it had come at any moment this session was seen, or when it would live longer than a link
 * may: a clock set back revives none, and a policy made stricter holds for links that are out already.
 */
function isOver(ctx: Ctx, expiresAt: number): boolean {
  const seenAt = ctx.actor.kind === 'member' ? ctx.actor.session.seenAt : ctx.now
  return Math.max(ctx.now, seenAt) >= expiresAt || expiresAt > ctx.now + ctx.policy['doc.url_ttl_min'] * 60_000
}

async function refuse(ctx: Ctx, documentId: string, reason: (typeof linkRefusals)[number]): Promise<never> {
  await ctx.commit([], documentLinkRefused(documentId, { reason }))
  if (reason === 'not_its_session_or_changed') throw new Fault({ code: 'link_refused' })
  throw new Fault({ code: 'gone', detail: reason === 'expired' ? 'This link has expired. Ask for a new one in the list of documents.' : 'This document is no longer there. Look for it in the trash.' })
}
