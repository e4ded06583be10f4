import { errorName, isFault } from '../../core/failure.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { settleRelease } from './answer-release.ts'
import { dueReleases, tenantsWithDueReleases } from './release-store.ts'

/** One run looks at so many tenants of a shard and releases of a tenant; the next one sees the rest. */
const LOOK = 50

/** What nobody answered in time is granted, one tenant after the other; one that fails is told by its id and holds up nobody. */
export async function runDueReleases(parts: JobParts): Promise<void> {
  const { reach, now } = parts
  for (const name of reach.shardNames) {
    for (const tenantId of await tenantsWithDueReleases(reach.reader(name), now, '', LOOK)) {
      try {
        await runJob(parts, tenantId, 'due-releases', async (ctx) => {
          for (const row of await ctx.db.read(dueReleases(ctx.db, ctx.now, LOOK))) await settleRelease(ctx, row, 'deadline', 'released', '').catch(answeredMeanwhile)
        })
      } catch (thrown) {
        console.error(JSON.stringify({ where: 'due-releases', tenant: tenantId, error: errorName(thrown) }))
      }
    }
  }
}

function answeredMeanwhile(thrown: unknown): void {
  if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
}
