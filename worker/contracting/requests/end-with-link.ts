import type { Follower } from '../../core/audit/follower.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { endingOf } from './move-request.ts'
import { unsentOfLink } from './store.ts'

/**
 * With a link end the requests of its producer that no carrier is looking at: drafts, what waits for a signature, what was signed
 * or came back. What is with a carrier goes on. Repeats harmlessly: what has ended is not found again.
 */
export const endWithLink: Follower = async (reach, tenantId, { meta }, now) => {
  const parts: JobParts = { reach, now, later: (work) => void work().catch(() => undefined) }
  await runJob(parts, tenantId, 'end-requests', async (ctx) => {
    for (let rows = await ctx.db.read(unsentOfLink(ctx.db, String(meta['link']))); rows.length > 0; rows = await ctx.db.read(unsentOfLink(ctx.db, String(meta['link'])))) {
      for (const row of rows) {
        const { writes, event } = await endingOf(ctx, row, 'The producer was released.', 'release')
        await ctx.commit(writes, event)
      }
    }
  })
}
