import type { Ctx } from '../../core/ctx.ts'
import { demand, may } from '../../core/rights.ts'
import { allParts, partsToSubmit } from './contract.ts'
import { tagOf } from './draft.ts'
import { dayOf, gapsOf, type PassportFacts } from './gaps.ts'
import { rights } from './module.ts'
import { openedPassport, type Opened } from './opened.ts'
import type { PassportView } from './shown.ts'
import { appointmentOf, appointmentView, licenceOf, licenceView, summaryOf, versionView } from './views.ts'

/** The tenant's own passport as its producer works on it: the newest version, what stands beside it, and what is missing. */
export async function readPassport(ctx: Ctx): Promise<PassportView> {
  demand(ctx, rights.readPassport)
  const opened = await openedPassport(ctx)
  const { passport, version, contact, content, licences, appointments } = opened
  const today = dayOf(ctx.now)
  const facts = factsOf(opened)
  return {
    id: passport?.id ?? null,
    state: passport?.state ?? 'none',
    tag: tagOf(version),
    version: version ? versionView(version, contact, content) : null,
    licences: licences.map(({ row, secret }) => licenceView(row, secret, today)),
    appointments: appointments.map(({ row, secret }) => appointmentView(row, secret)),
    missing: facts ? gapsOf(facts, allParts, today) : [...allParts],
    missingToSubmit: facts ? gapsOf(facts, partsToSubmit, today) : [...partsToSubmit],
    may: {
      write: may(ctx.actor, rights.writePassport, ctx.policy),
      submit: may(ctx.actor, rights.submitPassport, ctx.policy),
      reveal: may(ctx.actor, rights.revealPassport, ctx.policy) && ctx.policy.reveal !== 'never',
    },
  }
}

/** What is asked whether it suffices: the newest version with the licences and appointments of now. Null before anything was saved. */
export const factsOf = ({ version, contact, content, licences, appointments }: Opened): PassportFacts | null =>
  version
    ? {
        summary: summaryOf(version),
        contact,
        content: { ...content, licences: licences.map(({ row, secret }) => licenceOf(row, secret)), appointments: appointments.map(({ row, secret }) => appointmentOf(row, secret)) },
      }
    : null
