import type { Follower } from '../../core/audit/follower.ts'
import { isFault } from '../../core/failure.ts'
import { runJob } from '../../core/job.ts'
import { followLink, linkById, linkedTo } from './link-store.ts'
import { endingOf } from './link-ending.ts'
import { fmoUnlinked, producerGone } from './module.ts'

/** A tenant that was destroyed is linked to nobody: at the other end its links end, and an FMO's copies go. */
export const endLapsedLinks: Follower = async (reach, _log, { subject }, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  for (const name of reach.shardNames) {
    for (const { tenantId, id, side } of await linkedTo(reach.reader(name), subject)) {
      await runJob(parts, tenantId, 'end-lapsed-links', async (ctx) => {
        const link = await ctx.db.read(linkById(ctx.db, side, id))
        if (link?.state !== 'active') return
        const [writes, event] = side === 'fmo' ? [await endingOf(ctx, id), producerGone(id, { link: id })] : [[followLink(ctx.db, link, { state: 'ended', endedAt: ctx.now })], fmoUnlinked(id, { fmo: subject })]
        await ctx.commit(writes, event).catch((thrown: unknown) => {
          if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
        })
      })
    }
  }
}
