import type { Follower } from '../../core/audit/follower.ts'
import { isFault } from '../../core/failure.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { insertOpening, linkById, openingById, type OpeningRow } from './link-store.ts'
import { openingContent, passportRead } from './module.ts'

/**
 * What an FMO opened is told to the producer whose data it is, in a row of its own and in its log: who, when, why. The reason
 * lies sealed at the FMO's end and is sealed anew at the producer's.
 */
export const carryOpening: Follower = async (reach, fmoId, { actor, meta }, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  const [linkId, openingId] = [String(meta['link']), String(meta['opening'])]
  const seen = await runJob(parts, fmoId, 'carry-opening', async (ctx) => {
    const [link, row] = await ctx.db.readAll([linkById(ctx.db, 'fmo', linkId), openingById(ctx.db, openingId)])
    return link && row ? { otherId: link.otherId, row, content: await ctx.vault.open<{ who: string; reason: string }>(openingContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }) } : null
  })
  if (!seen) return
  const { tenantId: _, side: _side, content: _content, sealVersion: _version, ...row } = seen.row
  await tellProducer(parts, seen.otherId, { fmoId, row, said: seen.content, ...(actor.id.startsWith('acc_') ? { by: actor.id } : {}) })
}

/** An opening as its producer is told of it; `by`: the account, where a person opened. */
export type ToldOpening = { readonly fmoId: string; readonly row: Omit<OpeningRow, 'tenantId' | 'side' | 'content' | 'sealVersion'>; readonly said: { readonly who: string; readonly reason: string }; readonly by?: string }

/** In the producer's tenant, once. Throws until the link is there. */
export async function tellProducer(parts: JobParts, producerId: string, { fmoId, row, said, by }: ToldOpening): Promise<void> {
  await runJob(parts, producerId, 'carry-opening', async (ctx) => {
    const [link, known] = await ctx.db.readAll([linkById(ctx.db, 'producer', row.linkId), openingById(ctx.db, row.id)])
    if (known) return
    if (!link) throw new TypeError('the link has not been carried yet') // tried again, after the link
    const content = await ctx.vault.seal(openingContent, row.id, said)
    const { purpose, parts: opened, number } = row
    try {
      await ctx.commit([insertOpening(ctx.db, { ...row, side: 'producer', content: content.sealed, sealVersion: content.sealVersion })], passportRead(row.linkId, { fmo: fmoId, opening: row.id, ...(by ? { by } : {}), purpose, parts: opened, number }))
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // carried a moment ago
    }
  })
}
