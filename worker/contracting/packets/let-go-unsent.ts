import type { Follower } from '../../core/audit/follower.ts'
import type { Ctx } from '../../core/ctx.ts'
import { letGoAll } from '../../core/documents/make-document.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { destroySalt } from '../../core/vault/salts.ts'
import { sentDocuments } from '../requests/sent-documents.ts'
import { SIGNATURE_SALT } from './module.ts'
import { filledUnder, setReplaced, signedUnder, withdrawOffers } from './store.ts'

/**
 * What the end of a link takes away of its packets: every file that was filled or signed under it and handed over to no carrier,
 * the masked copies among it. Nobody finds them from then on; keys and bytes go with the next purge. What a carrier has stays.
 */
export async function lettingGoUnsent(ctx: Ctx, linkId: string): Promise<Write[]> {
  const { filled, signed, sent } = await packetsOf(ctx, linkId)
  const unsent = filled.filter(({ id }) => !signed.some((each) => each.filledId === id && sent.has(each.documentId)))
  const files = unsent.flatMap(({ id, documentId, reviewId }) => [documentId, reviewId, ...signed.flatMap((each) => (each.filledId === id ? [each.documentId, each.copyId] : []))])
  return [...letGoAll(ctx, files), ...unsent.filter(({ state }) => state !== 'replaced').map(({ id }) => setReplaced(ctx.db, id))]
}

/** What the signed ones among them open with, once the link has ended: no backup brings such a file back. Repeats harmlessly. */
export async function destroyUnsent(ctx: Ctx, linkId: string): Promise<void> {
  const { signed, sent } = await packetsOf(ctx, linkId)
  for (const { id, documentId } of signed) if (!sent.has(documentId)) await destroySalt(ctx.reach.keyring.bucket, { tenant: ctx.tenant.id, kind: SIGNATURE_SALT, id })
}

async function packetsOf(ctx: Ctx, linkId: string) {
  const [[filled, signed], sent] = await Promise.all([ctx.db.readAll([filledUnder(ctx.db, linkId), signedUnder(ctx.db, linkId)]), sentDocuments(ctx, linkId)])
  return { filled, signed, sent }
}

const partsOf = (reach: JobParts['reach'], now: number): JobParts => ({ reach, now, later: (work) => void work().catch(() => undefined) })

/** Again after it ended: for a packet that was filled in the moment between. */
export const letGoUnsent: Follower = async (reach, fmoId, { meta }, now) => {
  await runJob(partsOf(reach, now), fmoId, 'let-go-packets', async (ctx) => {
    const writes = await lettingGoUnsent(ctx, String(meta['link']))
    if (writes.length > 0) await ctx.db.settle(...writes)
    await destroyUnsent(ctx, String(meta['link']))
  })
}

/** At the producer's end: what waits for its signature there is asked for no more. */
export const endOffers: Follower = async (reach, producerId, { meta, at }, now) => {
  await runJob(partsOf(reach, now), producerId, 'end-offers', async (ctx) => void (await ctx.db.settle(withdrawOffers(ctx.db, String(meta['fmo']), at))))
}
