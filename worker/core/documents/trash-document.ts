import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { DocumentView } from './contract.ts'
import { documentContent, documentRestored, documentTrashed, rights } from './module.ts'
import { authorOf, isOwn } from './policy.ts'
import { changeDocument, documentById, type DocumentRow } from './store.ts'
import { documentView, type DocumentSecret } from './views.ts'

const DAY_MS = 86_400_000

/** Put a document into the trash: links die at once, and it can be taken out for as long as the policy says. */
export async function trashDocument(ctx: Ctx, id: string): Promise<DocumentView> {
  const row = await mine(ctx, id)
  if (row.state !== 'stored') throw new Fault({ code: 'conflict', state: `document_${row.state}`, detail: 'Only a stored document can be put into the trash.' })
  const days = ctx.policy['doc.trash_days']
  return changed(ctx, row, { state: 'trashed', trashedBy: authorOf(ctx.actor), trashedAt: ctx.now, dueAt: ctx.now + days * DAY_MS }, documentTrashed(row.id, { days }))
}

/** Take a document out of the trash. After its time there is nothing to take out, even before the trash is emptied. */
export async function restoreDocument(ctx: Ctx, id: string): Promise<DocumentView> {
  const row = await mine(ctx, id)
  if (row.state !== 'trashed') throw new Fault({ code: 'conflict', state: `document_${row.state}`, detail: 'This document is not in the trash.' })
  if (row.dueAt !== null && row.dueAt <= ctx.now) throw new Fault({ code: 'gone', detail: 'Its time in the trash is over.' })
  return changed(ctx, row, { state: 'stored', trashedBy: null, trashedAt: null, dueAt: null }, documentRestored(row.id, {}))
}

/** The same document for whoever puts it there and did not hear the answer. */
export async function trashedDocument(ctx: Ctx, id: string): Promise<DocumentView> {
  const row = await mine(ctx, id)
  return documentView(row, await ctx.vault.open<DocumentSecret>(documentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }))
}

async function mine(ctx: Ctx, id: string): Promise<DocumentRow> {
  demand(ctx, rights.trashOwnDocument)
  const row = await ctx.db.read(documentById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  if (!isOwn(ctx.actor, row)) demand(ctx, rights.trashDocument)
  return row
}

async function changed(ctx: Ctx, row: DocumentRow, set: Pick<DocumentRow, 'state' | 'trashedBy' | 'trashedAt' | 'dueAt'>, event: Parameters<Ctx['commit']>[1]): Promise<DocumentView> {
  const secret = await ctx.vault.open<DocumentSecret>(documentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  await ctx.commit([changeDocument(ctx.db, row, set)], event)
  return documentView({ ...row, ...set }, secret)
}
