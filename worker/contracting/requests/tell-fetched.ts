import type { Follower } from '../../core/audit/follower.ts'
import { runJob } from '../../core/job.ts'
import { readCarrierRow } from '../carriers/list-carriers.ts'
import { tellProducer } from '../producers/carry-opening.ts'
import { producerOf } from '../producers/copied-version.ts'
import { sentDocument } from './store.ts'

/**
 * A carrier that fetched a signed file has seen the numbers in full: the producer whose they are reads of it beside the openings of its
 * FMOs, after the link as well. Once for each download, under the download's own id.
 */
export const tellFetched: Follower = async (reach, fmoId, { id, actor, subject, at }, now) => {
  if (!actor.id.startsWith('cky_')) return
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  const seen = await runJob(parts, fmoId, 'tell-fetched', async (ctx) => {
    const sent = await ctx.db.read(sentDocument(ctx.db, subject))
    return sent ? { ...sent, carrier: await readCarrierRow(ctx, sent.carrierId), producerId: await producerOf(ctx, sent.linkId) } : null
  })
  if (!seen?.producerId) return
  const row = { id: `opn_${id.slice(4)}`, linkId: seen.linkId, number: seen.number ?? 0, purpose: 'contracting', parts: 'contact,content,secret', openedAt: at } as const
  await tellProducer(parts, seen.producerId, { fmoId, row, said: { who: seen.carrier.name, reason: 'The carrier fetched the signed packet' } })
}
