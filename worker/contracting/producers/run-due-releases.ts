import { isFault } from '../../core/failure.ts'
import { tryJob, type JobParts } from '../../core/job.ts'
import { settleRelease } from './answer-release.ts'
import { dueReleases, tenantsWithDueReleases } from './release-store.ts'

/** So many tenants are found at once, and so many releases of a tenant; the next run sees the rest of those. */
const LOOK = 50

/** What nobody answered in time is granted, one tenant after the other: one that fails, now or every time, holds up no other. */
export async function runDueReleases(parts: JobParts): Promise<void> {
  const { reach, now } = parts
  for (const name of reach.shardNames) {
    let after = ''
    for (let found: readonly string[] = []; (found = await tenantsWithDueReleases(reach.reader(name), now, after, LOOK)).length > 0; after = found.at(-1) ?? after) {
      for (const tenantId of found) {
        await tryJob(parts, tenantId, 'due-releases', async (ctx) => {
          for (const row of await ctx.db.read(dueReleases(ctx.db, ctx.now, LOOK))) await settleRelease(ctx, row, 'deadline', 'released', '').catch(answeredMeanwhile)
        })
      }
    }
  }
}

function answeredMeanwhile(thrown: unknown): void {
  if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
}
