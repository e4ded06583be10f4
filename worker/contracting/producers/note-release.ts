import type { Follower } from '../../core/audit/follower.ts'
import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { runJob } from '../../core/job.ts'
import { carryLink } from './carry-link.ts'
import { linkById } from './link-store.ts'
import { releaseContent, releaseNoted } from './module.ts'
import { followRelease, insertRelease, releaseById, type ReleaseRow } from './release-store.ts'

/** A release as the FMO's end has it: with what was said, opened, and whose producer it is about. */
export type ReleaseTruth = { readonly row: ReleaseRow; readonly said: { reason: string; answer: string | null }; readonly producerId: string }

/** In the FMO's tenant. */
export async function releaseAt(ctx: Ctx, releaseId: string): Promise<ReleaseTruth | null> {
  const row = await ctx.db.read(releaseById(ctx.db, releaseId))
  const link = row && (await ctx.db.read(linkById(ctx.db, 'fmo', row.linkId)))
  return row && link ? { row, said: await ctx.vault.open(releaseContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }), producerId: link.otherId } : null
}

/**
 * The producer's end of a release, in the producer's tenant: as the person that acted, or as the follower. Whichever comes
 * first writes and records it; the other finds it done.
 */
export async function noteRelease(ctx: Ctx, fmoId: string, { row, said }: ReleaseTruth): Promise<void> {
  const known = await ctx.db.read(releaseById(ctx.db, row.id))
  if (known && (known.state !== 'requested' || row.state === 'requested')) return // what was answered stays answered, whatever an older look says
  const content = await ctx.vault.seal(releaseContent, row.id, said)
  const { tenantId: _, id, ...truth } = row
  const set = { state: row.state, answeredAt: row.answeredAt, answeredBy: row.answeredBy, content: content.sealed, sealVersion: content.sealVersion }
  try {
    await ctx.commit([known ? followRelease(ctx.db, known, set) : insertRelease(ctx.db, { ...truth, ...set, id, side: 'producer' })], releaseNoted(id, { fmo: fmoId, state: row.state }))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
  }
}

/** What happened to a release reaches the producer's end, and with it the link where it ended. */
export const followReleases: Follower = async (reach, fmoId, { subject, meta }, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  await carryLink(parts, fmoId, String(meta['link'])) // the release stands on it
  const truth = await runJob(parts, fmoId, 'carry-release', (ctx) => releaseAt(ctx, subject))
  if (truth) await runJob(parts, truth.producerId, 'carry-release', (ctx) => noteRelease(ctx, fmoId, truth))
}
