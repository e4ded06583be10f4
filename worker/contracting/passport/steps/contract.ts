import { z } from 'zod'
import { AccountNumber, AccountType, BackgroundAnswer, Day, Ein, Employment, Npn, PassportContact, PassportContent, PassportSummary, ProducerKind, RoutingNumber, Ssn } from '../contract.ts'

/** What each step of the form saves. A step that is sent replaces what it holds; a secret that is left out stays as it is. */

export const IdentityStep = z.strictObject({
  kind: ProducerKind,
  name: PassportContact.shape.name,
  businessName: PassportContact.shape.businessName,
  email: PassportContact.shape.email,
  phone: PassportContact.shape.phone,
  bornOn: PassportContact.shape.bornOn,
  npn: Npn.nullable(),
})

export const TaxStep = z.strictObject({
  ssn: Ssn.optional(),
  ein: Ein.optional(),
  /** Numbers that are no longer to be kept. */
  forget: z.array(z.enum(['ssn', 'ein'])).max(2).default([]),
})

export const BankStep = z
  .strictObject({ routing: RoutingNumber.optional(), account: AccountNumber.optional(), accountType: AccountType.nullable(), voidedCheque: PassportContent.shape.voidedCheque })
  .refine(({ routing, account }) => account === undefined || routing !== undefined, { path: ['routing'], message: 'Both numbers belong together: type this one too.' })
  .refine(({ routing, account }) => routing === undefined || account !== undefined, { path: ['account'], message: 'Both numbers belong together: type this one too.' })

export const CoverStep = z.strictObject({ coverCarrier: PassportSummary.shape.coverCarrier, coverPolicyNumber: PassportContent.shape.coverPolicyNumber, coverExpiresOn: Day.nullable() })
export const TrainingStep = z.strictObject({ amlOn: Day.nullable(), ceDueOn: Day.nullable() })

const answeredOnce = (answers: readonly BackgroundAnswer[]): boolean => new Set(answers.map(({ question }) => question)).size === answers.length

const steps = {
  identity: IdentityStep,
  tax: TaxStep,
  addresses: PassportContact.shape.addresses,
  bank: BankStep,
  cover: CoverStep,
  training: TrainingStep,
  employment: z.array(Employment).max(20, 'At most twenty.'),
  background: z.array(BackgroundAnswer).max(20).refine(answeredOnce, 'Each question is answered once.'),
}
export type Step = keyof typeof steps
export const stepNames = ['identity', 'tax', 'addresses', 'bank', 'cover', 'training', 'employment', 'background'] as const satisfies readonly Step[]

/** One or several steps, saved together or not at all. */
export const PassportChange = z.strictObject(steps).partial().refine((change) => Object.values(change).some((step) => step !== undefined), 'Name at least one step.')
export type PassportChange = z.output<typeof PassportChange>

/** What is asked for when a full value is to be shown. */
export const RevealOwnValue = z.strictObject({
  secretId: z.string().regex(/^psc_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a value.'),
  reason: z.string().trim().min(3, 'Say why.').max(200, 'At most 200 characters.'),
})
export type RevealOwnValue = z.output<typeof RevealOwnValue>
