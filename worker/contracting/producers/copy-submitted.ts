import type { Follower } from '../../core/audit/follower.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import { listPassportVersions } from '../passport/list-passport-versions.ts'
import { openSnapshot } from '../passport/open-snapshot.ts'
import { copyPassport } from './copy-passport.ts'
import { activeLinks } from './link-store.ts'
import { reveals } from './module.ts'

/**
 * What a producer submits reaches every FMO that it is linked to, each under its own link's key. An FMO whose shard is away
 * holds up no other; the event is handed over again until all have it.
 */
export const copySubmitted: Follower = async (reach, producerId, { meta }, now) => {
  await toLinked(partsOf(reach, now), producerId, String(meta['version_id']), null)
}

/** Whoever links after a submission gets the newest version that was submitted: the first or, below a draft, the second of the list. */
export const copyToNewcomer: Follower = async (reach, producerId, { subject }, now) => {
  const parts = partsOf(reach, now)
  const versionId = await runJob(parts, producerId, 'copy-passport', async (ctx) => (await listPassportVersions(ctx, { limit: 2 })).versions.find(({ submittedAt }) => submittedAt !== null)?.id ?? null)
  if (versionId) await toLinked(parts, producerId, versionId, subject)
}

const partsOf = (reach: JobParts['reach'], now: number): JobParts => ({ reach, now, later: (work) => void work().catch(() => undefined) })

async function toLinked(parts: JobParts, producerId: string, versionId: string, only: string | null): Promise<void> {
  const found = await runJob(parts, producerId, 'copy-passport', async (ctx) => {
    const links = (await ctx.db.read(activeLinks(ctx.db, 'producer'))).filter(({ id }) => only === null || id === only)
    return links.length > 0 ? { links, snapshot: await openSnapshot(ctx, versionId, grantReveal(reveals.copyPassport)) } : null
  })
  if (!found) return
  const outcomes = await Promise.allSettled(found.links.map(({ id, otherId }) => copyPassport(parts, otherId, id, found.snapshot)))
  const failed = outcomes.find((outcome) => outcome.status === 'rejected')
  if (failed) throw failed.reason
}
