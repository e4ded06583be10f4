import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { DocumentView } from './contract.ts'
import { documentContent, rights } from './module.ts'
import { documentById } from './store.ts'
import { documentView, type DocumentSecret } from './views.ts'

/** One document, with its digest. */
export async function readDocument(ctx: Ctx, id: string): Promise<DocumentView> {
  demand(ctx, rights.readDocuments)
  const row = await ctx.db.read(documentById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  const secret = await ctx.vault.open<DocumentSecret>(documentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  return documentView(row, secret, { withDigest: true })
}
