import type { RecordedEvent } from '../audit/event.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { rowVaults } from '../vault/row-vault.ts'
import type { LinkView } from './contract.ts'
import { documentLink, FILES } from './document-link.ts'
import { documentContent, documentUrlIssued, rights } from './module.ts'
import { bearerOf } from './policy.ts'
import { documentById, heldOrStored, isThere, type DocumentRow } from './store.ts'
import type { DocumentSecret } from './views.ts'

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
  const { link, event } = await linkTo(ctx, row, below)
  await ctx.commit([], event)
  return link
}

/** Links to several documents that a module holds, each with the file's name; `events` go into the commit that says why they were asked for. */
export async function linksForHeld(ctx: Ctx, documentIds: readonly string[], below: string): Promise<{ links: (LinkView & { readonly name: string })[]; events: RecordedEvent[] }> {
  const rows = await ctx.db.readAll(documentIds.map((id) => heldOrStored(ctx.db, id)))
  const made = await Promise.all(rows.map((row) => linkTo(ctx, row, below)))
  const vaultOf = rowVaults(ctx.vault)
  const nameOf = async ({ id, content, sealVersion, salt }: DocumentRow) => (await (await vaultOf(salt)).open<DocumentSecret>(documentContent, id, { sealed: content, sealVersion })).name
  return { links: await Promise.all(made.map(async ({ row, link }) => ({ ...link, name: await nameOf(row) }))), events: made.map(({ event }) => event) }
}

async function linkTo(ctx: Ctx, row: DocumentRow | undefined, below: string): Promise<{ row: DocumentRow; link: LinkView; event: RecordedEvent }> {
  const bearer = bearerOf(ctx.actor)
  if (!row || !isThere(row) || bearer === null) throw new Fault({ code: 'not_found' })
  const minutes = ctx.policy['doc.url_ttl_min']
  const expiresAt = ctx.now + minutes * 60_000
  const path = await documentLink(ctx.reach, { tenantId: ctx.tenant.id, documentId: row.id, expiresAt, bearer }, below)
  return { row, link: { url: `${ctx.reach.env.ORIGIN}${path}`, expiresAt }, event: documentUrlIssued(row.id, { minutes }) }
}
