import { z } from 'zod'
import { LineOfAuthority, StateCode } from '../passport/contract.ts'

export const CarrierId = z.string().regex(/^car_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a carrier.')
export const CarrierKeyId = z.string().regex(/^cky_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a carrier’s key.')

/** What a carrier may ask of a producer beside what each kind of request needs anyway. */
export const extraParts = { employment: 'Employment history', aml: 'Anti-money-laundering training', ce: 'Continuing education', voided_cheque: 'A voided cheque' } as const
export type ExtraPart = keyof typeof extraParts
export const ExtraPart = z.enum(Object.keys(extraParts) as [ExtraPart, ...ExtraPart[]], 'Choose one of the parts offered.') // `as`: the keys of a const object

const distinct = <T>(list: readonly T[]): boolean => new Set(list).size === list.length

/** A carrier as it is defined. */
export const CarrierTerms = z.strictObject({
  name: z.string().trim().min(1, 'Name the carrier.').max(120, 'At most 120 characters.'),
  naic: z.string().trim().regex(/^\d{5}$/, 'Five digits, as the NAIC lists the company.'),
  states: z.array(StateCode).min(1, 'Choose at least one state.').max(60).refine(distinct, 'Name each state once.'),
  lines: z.array(LineOfAuthority).min(1, 'Choose at least one line.').max(9).refine(distinct, 'Name each line once.'),
  asksFor: z.array(ExtraPart).max(4).refine(distinct, 'Name each part once.').default([]),
})
export type CarrierTerms = z.output<typeof CarrierTerms>

export const CarrierView = z.object({ id: z.string(), name: z.string(), naic: z.string(), states: z.array(z.string()), lines: z.array(z.string()), asksFor: z.array(z.string()), createdAt: z.number(), version: z.number() })
export type CarrierView = z.output<typeof CarrierView>

/** Days a key may live; there is no key without an end. */
export const IssueCarrierKey = z.strictObject({
  label: z.string().trim().min(1, 'Name the key, so that you know it again.').max(80, 'At most 80 characters.'),
  days: z.coerce.number().int().min(1, 'At least one day.').max(365, 'At most 365 days.').default(365),
})
export type IssueCarrierKey = z.output<typeof IssueCarrierKey>

/** A key as a list shows it; never the secret. */
export const CarrierKeyView = z.object({
  id: z.string(), carrierId: z.string(), label: z.string(), prefix: z.string(), state: z.enum(['active', 'revoked', 'expired']), createdAt: z.number(), expiresAt: z.number(), revokedAt: z.number().nullable(),
})
export type CarrierKeyView = z.output<typeof CarrierKeyView>

export const SetWebhook = z.strictObject({ url: z.string().trim().min(1, 'Give the address.').max(500, 'At most 500 characters.') })
export type SetWebhook = z.output<typeof SetWebhook>

/** Where a carrier is called; the secret is shown once, when it is set. */
export const WebhookView = z.object({ id: z.string(), carrierId: z.string(), url: z.string(), createdAt: z.number() })
export type WebhookView = z.output<typeof WebhookView>

/** One call of a carrier's program, as the log holds it. */
/** `times`: 1, and of calls above the limit (429) how many there were in that minute. */
export const ActivityView = z.object({ at: z.number(), keyId: z.string(), method: z.string(), path: z.string(), status: z.number(), times: z.number() })
export type ActivityView = z.output<typeof ActivityView>
