import type { Follower } from '../../core/audit/follower.ts'
import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { runJob, type JobParts } from '../../core/job.ts'
import { followLink, insertLink, linkById, type LinkRow } from './link-store.ts'
import { fmoLinked, fmoUnlinked, linkContact, passportCopied } from './module.ts'

/**
 * The producer's end of a link as the FMO's end stands by now: begun, copied to, ended. The FMO's end is the truth; this
 * repeats harmlessly, from whoever acted and from the follower alike.
 */
export async function carryLink(parts: JobParts, fmoId: string, linkId: string): Promise<void> {
  const fmo = await runJob(parts, fmoId, 'carry-link', async (ctx) => ({ link: await ctx.db.read(linkById(ctx.db, 'fmo', linkId)), name: ctx.tenant.name }))
  const { link } = fmo ?? {}
  if (!fmo || !link) return
  await runJob(parts, link.otherId, 'carry-link', async (ctx) => {
    const known = await ctx.db.read(linkById(ctx.db, 'producer', linkId))
    if (!known) return beginHere(ctx, fmoId, fmo.name, link)
    if (known.state === 'active' && link.state === 'ended') await ctx.commit([followLink(ctx.db, known, { state: 'ended', endedAt: link.endedAt })], fmoUnlinked(linkId, { fmo: fmoId })).catch(followedAlready)
    else if (link.copiedNumber !== null && link.copiedNumber > (known.copiedNumber ?? 0))
      await ctx.commit([followLink(ctx.db, known, { copiedNumber: link.copiedNumber })], passportCopied(linkId, { fmo: fmoId, number: link.copiedNumber })).catch(followedAlready)
  })
}

function followedAlready(thrown: unknown): void {
  if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
}

async function beginHere(ctx: Ctx, fmoId: string, name: string, { id, state, startedAt, endedAt, copiedNumber }: LinkRow): Promise<void> {
  const contact = await ctx.vault.seal(linkContact, id, { name, email: '' })
  const row = { id, side: 'producer', otherId: fmoId, contact: contact.sealed, sealVersion: contact.sealVersion, state, startedAt, endedAt, copiedNumber } as const
  try {
    await ctx.commit([insertLink(ctx.db, row)], fmoLinked(id, { fmo: fmoId }))
  } catch (thrown) {
    // Another one carried it a moment ago; where it is an older link that has not ended here yet, this is tried again after that.
    if (!isFault(thrown) || thrown.failure.code !== 'conflict' || !(await ctx.db.read(linkById(ctx.db, 'producer', id)))) throw thrown
  }
}

/** After an event whose meta names the link, or whose subject it is. */
export const followLinks: Follower = (reach, tenantId, { meta, subject }, now) =>
  carryLink({ reach, now, later: (work) => void work().catch(() => undefined) }, tenantId, typeof meta['link'] === 'string' ? meta['link'] : subject)
