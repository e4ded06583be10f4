import type { Follower } from '../../core/audit/follower.ts'
import { isFault } from '../../core/failure.ts'
import { runJob } from '../../core/job.ts'
import { insertOpening, linkById, openingById } from './link-store.ts'
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
  await runJob(parts, seen.otherId, 'carry-opening', async (ctx) => {
    const [link, known] = await ctx.db.readAll([linkById(ctx.db, 'producer', linkId), openingById(ctx.db, openingId)])
    if (known) return
    if (!link) throw new TypeError('the link has not been carried yet') // tried again, after the link
    const { tenantId: _, id, ...row } = seen.row
    const content = await ctx.vault.seal(openingContent, id, seen.content)
    const by = actor.id.startsWith('acc_') ? { by: actor.id } : {}
    const { number, purpose, parts: opened } = row
    try {
      await ctx.commit([insertOpening(ctx.db, { ...row, id, side: 'producer', content: content.sealed, sealVersion: content.sealVersion })], passportRead(linkId, { fmo: fmoId, opening: id, ...by, purpose, parts: opened, number }))
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // carried a moment ago
    }
  })
}
