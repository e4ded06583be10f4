import type { Follower } from '../../core/audit/follower.ts'
import { making } from '../../core/documents/make-document.ts'
import { bytesInside } from '../../core/documents/open-inside.ts'
import { isFault } from '../../core/failure.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { FilledContent } from './contract.ts'
import { filledContent, offerContent, packetOffered, signatureNoted } from './module.ts'
import { filledById, insertOffer, noteReplaced, noteSigned, offerById, signatureOf, type FilledRow, type SignatureRow } from './store.ts'

/** What is sealed of an offer. */
export type OfferContent = { readonly title: string; readonly carrier: string; readonly fmo: string }

/**
 * A filled packet comes to its producer: the masked copy as a document of its own, and an offer to sign under the same id. An earlier one that it replaces
 * is signed no more. Idempotent: what is there already is left.
 */
export const offerPacket: Follower = async (reach, fmoId, { subject, meta }, now) => {
  const parts = partsOf({ reach, now })
  const there = await runJob(parts, fmoId, 'offer-packet', (ctx) => readThere(ctx, subject))
  if (!there) return
  await runJob(parts, there.row.producerId, 'offer-packet', async (ctx) => {
    if (await ctx.db.read(offerById(ctx.db, subject))) return
    const { row, content, fmo } = there
    const sealed = await ctx.vault.seal(offerContent, row.id, { title: content.title, carrier: content.carrier, fmo } satisfies OfferContent)
    const offer = {
      id: row.id, fmoId, requestId: row.requestId, basis: row.basis, state: 'waiting' as const, content: sealed.sealed, sealVersion: sealed.sealVersion, pages: row.pages, signedId: null, signedSha256: null, offeredAt: row.filledAt, signedAt: null,
    }
    const replaces = typeof meta['replaces'] === 'string' ? [noteReplaced(ctx.db, meta['replaces'])] : []
    await unlessThere(making(ctx, async (make) => {
      const review = await make({ name: `${content.title} (masked copy).pdf`, category: 'signed_application', bytes: there.bytes, held: false })
      await ctx.commit([...review.writes, insertOffer(ctx.db, { ...offer, reviewId: review.id }), ...replaces], [packetOffered(row.id, { fmo: fmoId, request: row.requestId, basis: row.basis }), review.event])
    }))
  })
}

/** The signed packet’s masked copy comes to its producer. Idempotent by the state of the offer. */
export const noteSignature: Follower = async (reach, fmoId, { subject }, now) => {
  const parts = partsOf({ reach, now })
  const there = await runJob(parts, fmoId, 'note-signature', (ctx) => readSigned(ctx, subject))
  if (!there) return
  await runJob(parts, there.row.producerId, 'note-signature', async (ctx) => {
    const offer = await ctx.db.read(offerById(ctx.db, subject))
    if (!offer) throw new TypeError('the offer has not been carried yet') // tried again, after it
    if (offer.signedId !== null) return
    const { signature, bytes, title } = there
    await unlessThere(making(ctx, async (make) => {
      const copy = await make({ name: `${title} (signed, masked copy).pdf`, category: 'signed_application', bytes, held: false })
      const noted = noteSigned(ctx.db, offer.id, { signedId: copy.id, signedSha256: signature.copySha256, signedAt: signature.signedAt })
      await ctx.commit([...copy.writes, noted], [signatureNoted(offer.id, { fmo: fmoId, request: offer.requestId, sha256: signature.copySha256 }), copy.event])
    }))
  })
}

const partsOf = ({ reach, now }: Pick<JobParts, 'reach' | 'now'>): JobParts => ({ reach, now, later: (work) => void work().catch(() => undefined) })

/** Unless it was carried a moment ago by another drain of the same event. */
const unlessThere = (done: Promise<void>): Promise<void> =>
  done.catch((thrown: unknown) => {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
  })

type There = { readonly row: FilledRow; readonly content: FilledContent; readonly fmo: string; readonly bytes: Uint8Array<ArrayBuffer> }

async function readThere(ctx: Ctx, id: string): Promise<There | null> {
  const row = await ctx.db.read(filledById(ctx.db, id))
  if (row?.state !== 'waiting') return null
  const bytes = await bytesOrGone(ctx, row.reviewId)
  return bytes && { row, content: await contentOf(ctx, row), fmo: ctx.tenant.name, bytes }
}

async function readSigned(ctx: Ctx, id: string): Promise<{ row: FilledRow; signature: SignatureRow; title: string; bytes: Uint8Array<ArrayBuffer> } | null> {
  const [row, signature] = await ctx.db.readAll([filledById(ctx.db, id), signatureOf(ctx.db, id)])
  const bytes = row && signature ? await bytesOrGone(ctx, signature.copyId) : null
  return row && signature && bytes ? { row, signature, title: (await contentOf(ctx, row)).title, bytes } : null
}

/** Null where it went with the link before it was carried. */
const bytesOrGone = (ctx: Ctx, documentId: string): Promise<Uint8Array<ArrayBuffer> | null> => bytesInside(ctx, documentId).catch((thrown: unknown) => (isFault(thrown) && thrown.failure.code === 'not_found' ? null : Promise.reject(thrown)))

const contentOf = (ctx: Ctx, row: FilledRow): Promise<FilledContent> => ctx.vault.open<FilledContent>(filledContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
