import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { phiNotice, type CreateDocument, type DocumentView } from './contract.ts'
import { AWAITED_MS, documentBegun, documentContent, rights } from './module.ts'
import { authorOf, isOwn } from './policy.ts'
import { documentById, insertDocument } from './store.ts'
import { documentView, type DocumentSecret } from './views.ts'

/**
 * Announce an upload: its name, category and the acknowledgement that it holds no health information, without which nothing
 * is accepted where the policy prohibits it. The bytes follow; a row whose bytes never come is cleared away.
 */
export async function createDocument(ctx: Ctx, input: CreateDocument): Promise<DocumentView> {
  demand(ctx, rights.uploadDocument)
  const acknowledged = input.phi_ack === true
  if (!acknowledged && ctx.policy.phi === 'prohibited')
    throw new Fault({ code: 'invalid', errors: [{ pointer: '/phi_ack', detail: 'Confirm that the file holds no protected health information.' }] })

  const id = ctx.newId('doc')
  const secret: DocumentSecret = { name: input.name, sha256: null }
  const cell = await ctx.vault.seal(documentContent, id, secret)
  const row = {
    id,
    content: cell.sealed,
    sealVersion: cell.sealVersion,
    salt: null,
    category: input.category,
    state: 'awaiting' as const,
    mediaType: null,
    size: null,
    objectId: null,
    phiAckBy: acknowledged ? authorOf(ctx.actor) : null,
    phiAckAt: acknowledged ? ctx.now : null,
    phiNotice: acknowledged ? phiNotice.version : null,
    createdBy: authorOf(ctx.actor),
    createdAt: ctx.now,
    trashedBy: null,
    trashedAt: null,
    dueAt: ctx.now + AWAITED_MS,
  }
  await ctx.commit([insertDocument(ctx.db, row)], documentBegun(id, { category: input.category, phi_ack: acknowledged }))
  return documentView(row, secret)
}

/** A document of one's own, for whoever announced it and did not hear the answer. */
export async function announcedDocument(ctx: Ctx, id: string): Promise<DocumentView> {
  demand(ctx, rights.uploadDocument)
  const row = await ctx.db.read(documentById(ctx.db, id))
  if (!row || !isOwn(ctx.actor, row)) throw new Fault({ code: 'not_found' })
  return documentView(row, await ctx.vault.open<DocumentSecret>(documentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }))
}
