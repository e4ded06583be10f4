import { amlExpiresOn, backgroundQuestions, type PassportContact, type PassportContent, type PassportPart, type PassportSummary } from './contract.ts'

/** What the question is asked of: no secret is among it. */
export type PassportFacts = { readonly summary: PassportSummary; readonly contact: PassportContact; readonly content: PassportContent }

/** The parts that are missing on a day, in the order asked. Pure. */
export const gapsOf = (facts: PassportFacts, asked: readonly PassportPart[], today: string): PassportPart[] => asked.filter((part) => !has[part](facts, today))

const has: Readonly<Record<PassportPart, (facts: PassportFacts, today: string) => boolean>> = {
  identity: ({ summary: { kind }, contact: { name, businessName, email, phone, bornOn } }) =>
    email !== null && phone !== null && (kind === 'business' ? businessName !== null : name.first !== null && name.last !== null && bornOn !== null),
  tax: ({ summary: { kind, ssnLast4, hasEin } }) => (kind === 'business' ? hasEin : ssnLast4 !== null || hasEin),
  residence: ({ summary: { kind }, contact: { addresses } }) => (kind === 'business' ? addresses.business : addresses.residential) !== null,
  mailing: ({ contact: { addresses } }) => addresses.mailing !== null,
  npn: ({ summary: { npn } }) => npn !== null,
  bank: ({ summary: { routingLast4, accountLast4, accountType } }) => routingLast4 !== null && accountLast4 !== null && accountType !== null,
  cheque: ({ content: { voidedCheque } }) => voidedCheque !== null,
  licence: ({ content: { licences } }, today) => licences.some(({ status, expiresOn }) => status === 'active' && (expiresOn === null || expiresOn >= today)),
  cover: ({ summary: { coverCarrier, coverExpiresOn } }, today) => coverCarrier !== null && coverExpiresOn !== null && coverExpiresOn >= today,
  aml: ({ summary: { amlOn } }, today) => amlOn !== null && amlExpiresOn(amlOn) >= today,
  ce: ({ summary: { ceDueOn } }, today) => ceDueOn !== null && ceDueOn >= today,
  employment: ({ content: { employment } }) => employment.length > 0,
  background: ({ content: { background } }) => Object.keys(backgroundQuestions).every((asked) => background.some(({ question }) => question === asked)),
}

/** The calendar day of a moment, as UTC counts it. */
export const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)
