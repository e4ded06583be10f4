import type { Ctx } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { atFmo } from './at-fmo.ts'
import type { AskRelease, ReleaseView } from './contract.ts'
import { activeLink, anyLink, whileLinked } from './link-store.ts'
import { releaseContent, releaseRequested, rights } from './module.ts'
import { noteRelease, releaseAt } from './note-release.ts'
import { RELEASE_MS, type ReleaseEnd } from './policy.ts'
import { insertRelease, releaseById } from './release-store.ts'
import { releaseViews } from './views.ts'

/**
 * Ask the other end of a link to part: an FMO its producer, or a producer its FMO. The other end grants or declines;
 * silence until the deadline grants. Throws `conflict` where a question is open already.
 */
export async function askRelease(ctx: Ctx, linkId: string, { reason }: AskRelease): Promise<ReleaseView> {
  demand(ctx, rights.askRelease)
  const link = await ctx.db.read(anyLink(ctx.db, linkId))
  if (link?.state !== 'active') throw new Fault({ code: 'not_found' })
  if (link.side === 'fmo') return releaseView(ctx, await request(ctx, linkId, 'fmo', reason, link.otherId))
  const truth = await atFmo(ctx, link.otherId, async (fmo) => releaseAt(fmo, await request(fmo, linkId, 'producer', reason, ctx.tenant.id)))
  if (truth) await noteRelease(ctx, link.otherId, truth)
  return releaseView(ctx, truth?.row.id ?? '')
}

/** At the FMO's end. */
async function request(ctx: Ctx, linkId: string, askedBy: ReleaseEnd, reason: string, producerId: string): Promise<string> {
  const link = await ctx.db.read(activeLink(ctx.db, 'fmo', linkId))
  if (link?.otherId !== producerId) throw new Fault({ code: 'not_found' })
  const id = ctx.newId('rel')
  const content = await ctx.vault.seal(releaseContent, id, { reason, answer: null })
  const row = { id, side: 'fmo', linkId, askedBy, state: 'requested', askedAt: ctx.now, dueAt: ctx.now + RELEASE_MS, content: content.sealed, sealVersion: content.sealVersion } as const
  try {
    await ctx.commit([insertRelease(ctx.db, row), whileLinked(ctx.db, linkId)], releaseRequested(id, { link: linkId, by: askedBy }))
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict' && thrown.failure.state === 'exists') throw new Fault({ code: 'conflict', state: 'release_open', detail: 'A release is being asked for already. It must be answered or taken back first.' })
    throw thrown
  }
  return id
}

/** A release as this tenant has it; also for whoever asked and did not hear the answer. */
export async function releaseView(ctx: Ctx, id: string): Promise<ReleaseView> {
  const row = await ctx.db.read(releaseById(ctx.db, id))
  const [view] = row ? await releaseViews(ctx, [row]) : []
  if (!view) throw new Fault({ code: 'not_found' })
  return view
}
