import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { LinkView } from './contract.ts'
import { documentLink, FILES } from './document-link.ts'
import { documentUrlIssued, rights } from './module.ts'
import { bearerOf } from './policy.ts'
import { documentById, heldOrStored, isThere } from './store.ts'

/**
 * A download link for the session or key that asks, for as long as the policy says (CIQ-32, CIQ-33). It is signed over
 * tenant, document, end and that very session: alone it opens nothing.
 */
export async function issueDocumentLink(ctx: Ctx, documentId: string): Promise<LinkView> {
  demand(ctx, rights.readDocuments)
  return linkFor(ctx, documentId, FILES)
}

/** The same for whoever was found to be allowed this document, to be used below `below`. A held document has no link among everybody’s files. */
export async function linkFor(ctx: Ctx, documentId: string, below: string): Promise<LinkView> {
  const row = await ctx.db.read(below === FILES ? documentById(ctx.db, documentId) : heldOrStored(ctx.db, documentId))
  const bearer = bearerOf(ctx.actor)
  if (!row || !isThere(row) || bearer === null) throw new Fault({ code: 'not_found' })
  const minutes = ctx.policy['doc.url_ttl_min']
  const expiresAt = ctx.now + minutes * 60_000
  const path = await documentLink(ctx.reach, { tenantId: ctx.tenant.id, documentId: row.id, expiresAt, bearer }, below)
  await ctx.commit([], documentUrlIssued(row.id, { minutes }))
  return { url: `${ctx.reach.env.ORIGIN}${path}`, expiresAt }
}
