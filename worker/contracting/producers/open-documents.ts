import type { Ctx } from '../../core/ctx.ts'
import { linksForHeld } from '../../core/documents/issue-document-link.ts'
import { openByLink, type OpenedDocument } from '../../core/documents/open-document.ts'
import { Fault } from '../../core/failure.ts'
import { demand as demandWithin } from '../../core/limits/limiter.ts'
import type { OpenCopy, OpenedDocuments } from './contract.ts'
import { demandAsFmo } from './demand-side.ts'
import { copiedWhileLinked, namedUnder } from './document-store.ts'
import { activeLink, copyOf } from './link-store.ts'
import { limits, rights } from './module.ts'
import { openingOf } from './opening.ts'

/** Where the links to a producer's documents lead. */
export const PRODUCER_FILES = '/producers/file'

/**
 * Open the documents that an FMO holds of a producer, for a purpose and with a reason that the producer reads: a link to each,
 * for the very session that asks and as long as the policy says. The opening is committed before a link is answered.
 * `not_found` for a link that ended, is another tenant's, or under which no document has come yet.
 */
export async function openDocuments(ctx: Ctx, linkId: string, { purpose, reason }: OpenCopy): Promise<OpenedDocuments> {
  demandAsFmo(ctx, rights.openCopy)
  const [link, copy, named] = await ctx.db.readAll([activeLink(ctx.db, 'fmo', linkId), copyOf(ctx.db, linkId), namedUnder(ctx.db, linkId)])
  const here = named.filter(({ copiedAt }) => copiedAt !== null)
  if (!link || !copy || here.length === 0) throw new Fault({ code: 'not_found' })
  await demandWithin(ctx, limits.openings, ctx.eventActor.id)
  const { links, events } = await linksForHeld(ctx, here.map(({ documentId }) => documentId), PRODUCER_FILES)
  const { writes, event } = await openingOf(ctx, copy, { purpose, reason, parts: ['documents'] })
  await ctx.commit(writes, [event, ...events])
  const documents = here.map(({ what, mediaType, size }, index) => ({ what, mediaType: mediaType ?? '', size: size ?? 0, name: links[index]?.name ?? '', url: links[index]?.url ?? '' }))
  return { number: copy.number, documents, absent: named.length - here.length, expiresAt: links[0]?.expiresAt ?? ctx.now }
}

/** The document behind such a link, as long as it is the copy of a producer's that is linked. */
export const openCopiedDocument = (ctx: Ctx, url: URL): Promise<OpenedDocument> =>
  openByLink(ctx, url, {
    below: PRODUCER_FILES,
    allow: async (documentId) => {
      demandAsFmo(ctx, rights.readProducers)
      if (!(await ctx.db.read(copiedWhileLinked(ctx.db, documentId)))) throw new Fault({ code: 'not_found' })
    },
  })
