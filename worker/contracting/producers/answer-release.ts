import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { releaseView } from './ask-release.ts'
import { atFmo } from './at-fmo.ts'
import { carryLink } from './carry-link.ts'
import type { AnswerRelease, ReleaseView } from './contract.ts'
import { eraseCopy } from './erase-copy.ts'
import { anyLink } from './link-store.ts'
import { endingOf } from './link-ending.ts'
import { releaseContent, releaseDeclined, releaseIssued, releaseWithdrawn, rights } from './module.ts'
import { noteRelease, releaseAt } from './note-release.ts'
import { mayAnswer } from './policy.ts'
import { answerReleaseRow, releaseById, type ReleaseRow } from './release-store.ts'

/**
 * Answer a release: the end that was asked grants or declines, the end that asked may take it back. Granting ends the link
 * and removes the copy in the FMO's own batch, so that its next look finds nothing; then the copy's salt is destroyed and
 * looked for. Of two answers the first counts.
 */
export async function answerRelease(ctx: Ctx, releaseId: string, given: AnswerRelease): Promise<ReleaseView> {
  demand(ctx, rights.answerRelease)
  const known = await ctx.db.read(releaseById(ctx.db, releaseId))
  const link = known && (await ctx.db.read(anyLink(ctx.db, known.linkId)))
  if (!known || !link) throw new Fault({ code: 'not_found' })
  if (!mayAnswer(known.askedBy, link.side, given.verdict)) throw new Fault({ code: 'conflict', state: 'not_yours_to_answer', detail: known.askedBy === link.side ? 'The other side answers this. You can take it back.' : 'The other side asked. Grant it or decline it.' })
  if (known.state !== 'requested') throw answered()
  if (link.side === 'fmo') {
    await settleRelease(ctx, known, 'fmo', given.verdict, given.answer)
    return releaseView(ctx, releaseId)
  }
  const truth = await atFmo(ctx, link.otherId, async (fmo) => {
    const row = await releaseAt(fmo, releaseId)
    if (row?.producerId !== ctx.tenant.id) throw new Fault({ code: 'not_found' })
    await settleRelease(fmo, row.row, 'producer', given.verdict, given.answer)
    return releaseAt(fmo, releaseId)
  })
  if (truth) await noteRelease(ctx, link.otherId, truth)
  if (given.verdict === 'released') await carryLink(ctx, link.otherId, link.id)
  return releaseView(ctx, releaseId)
}

/** At the FMO's end. */
export async function settleRelease(ctx: Ctx, row: ReleaseRow, by: NonNullable<ReleaseRow['answeredBy']>, verdict: AnswerRelease['verdict'], answer: string): Promise<void> {
  const { reason } = await ctx.vault.open<{ reason: string }>(releaseContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  const content = await ctx.vault.seal(releaseContent, row.id, { reason, answer: answer || null })
  const answering = answerReleaseRow(ctx.db, row.id, { state: verdict, answeredAt: ctx.now, answeredBy: by, content: content.sealed, sealVersion: content.sealVersion })
  const ending = verdict === 'released' ? await endingOf(ctx, row.linkId) : []
  await ctx.commit([answering, ...ending], eventOf(row, by, verdict))
  // Out of reach already; should the bucket be away, the follower destroys the key once it is back.
  if (verdict === 'released') await eraseCopy(ctx, row.linkId).catch(() => undefined)
}

function eventOf({ id, linkId }: ReleaseRow, by: NonNullable<ReleaseRow['answeredBy']>, verdict: AnswerRelease['verdict']): RecordedEvent {
  if (verdict === 'released') return releaseIssued(id, { link: linkId, by })
  return verdict === 'declined' ? releaseDeclined(id, { link: linkId }) : releaseWithdrawn(id, { link: linkId })
}

const answered = (): Fault => new Fault({ code: 'conflict', state: 'release_answered', detail: 'This was answered already. Load it again to see how it stands.' })
