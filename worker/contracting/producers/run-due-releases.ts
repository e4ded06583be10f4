import { isFault } from '../../core/failure.ts'
import { tryJob, type JobParts } from '../../core/job.ts'
import { settleRelease } from './answer-release.ts'
import { dueReleases, tenantsWithDueReleases } from './release-store.ts'

/** One run looks at so many tenants of a shard and releases of a tenant; the next one sees the rest. */
const LOOK = 50

/** What nobody answered in time is granted, one tenant after the other. */
export async function runDueReleases(parts: JobParts): Promise<void> {
  const { reach, now } = parts
  for (const name of reach.shardNames) {
    for (const tenantId of await tenantsWithDueReleases(reach.reader(name), now, '', LOOK)) {
      await tryJob(parts, tenantId, 'due-releases', async (ctx) => {
        for (const row of await ctx.db.read(dueReleases(ctx.db, ctx.now, LOOK))) await settleRelease(ctx, row, 'deadline', 'released', '').catch(answeredMeanwhile)
      })
    }
  }
}

function answeredMeanwhile(thrown: unknown): void {
  if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
}
