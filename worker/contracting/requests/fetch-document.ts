import type { Ctx } from '../../core/ctx.ts'
import type { LinkView } from '../../core/documents/contract.ts'
import { linkFor } from '../../core/documents/issue-document-link.ts'
import { openByLink, type OpenedDocument } from '../../core/documents/open-document.ts'
import { Fault } from '../../core/failure.ts'
import { carrierOf } from '../carriers/enter-carrier.ts'
import { documentSentTo } from './store.ts'

/** Where a carrier's links lead. */
export const CARRIER_FILES = '/api/carrier/v1/files'

/** A link to a document that was handed over to the asking carrier, for as long as the FMO's policy says. It opens with the very key that asked for it. */
export async function issueFileLink(ctx: Ctx, documentId: string): Promise<LinkView> {
  await demandSent(ctx, documentId)
  return linkFor(ctx, documentId, CARRIER_FILES)
}

/** The document behind such a link. */
export const openFile = (ctx: Ctx, url: URL): Promise<OpenedDocument> => openByLink(ctx, url, { below: CARRIER_FILES, allow: (documentId) => demandSent(ctx, documentId) })

/** Another carrier's document, one that was not handed over, and one that is nowhere are all the same. */
async function demandSent(ctx: Ctx, documentId: string): Promise<void> {
  if ((await ctx.db.read(documentSentTo(ctx.db, carrierOf(ctx), documentId))).length === 0) throw new Fault({ code: 'not_found' })
}
