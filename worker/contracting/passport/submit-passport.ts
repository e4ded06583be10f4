import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { partsToSubmit, passportParts } from './contract.ts'
import { demandTag, sealedParts } from './draft.ts'
import { dayOf, gapsOf } from './gaps.ts'
import { passportSubmitted, passportUpdated, rights } from './module.ts'
import { openedPassport } from './opened.ts'
import { factsOf } from './read-passport.ts'
import { saveVersion, setPassportState } from './store.ts'

/**
 * Submit the draft: from now on this version never changes, and whoever the producer has joined gets a copy of it. Licences
 * and appointments go into it as they stand. What is missing is named, part by part.
 */
export async function submitPassport(ctx: Ctx, seen: string): Promise<{ versionId: string; number: number }> {
  demand(ctx, rights.submitPassport)
  const opened = await openedPassport(ctx)
  const { passport, version, contact } = opened
  demandTag(version, seen)
  const facts = factsOf(opened)
  if (!passport || !facts || version?.state !== 'draft') throw new Fault({ code: 'conflict', state: 'nothing_to_submit', detail: 'Nothing was changed since the last submission. Save a step first.' })
  const missing = gapsOf(facts, partsToSubmit, dayOf(ctx.now))
  if (missing.length > 0) throw new Fault({ code: 'invalid', errors: missing.map((part) => ({ pointer: `/${part}`, detail: `Missing: ${passportParts[part]}.` })) })

  const first = passport.state === 'draft'
  const sealed = await sealedParts(ctx, version.id, contact, facts.content)
  await ctx.commit(
    [saveVersion(ctx.db, version, { ...sealed, state: 'submitted', submittedAt: ctx.now, submittedBy: ctx.eventActor.id }), setPassportState(ctx.db, passport.id, first ? 'submitted' : 'updated')],
    (first ? passportSubmitted : passportUpdated)(passport.id, { version: version.number, version_id: version.id }),
  )
  return { versionId: version.id, number: version.number }
}
