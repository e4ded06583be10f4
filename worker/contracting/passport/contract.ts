import { validate as holdsAbaChecksum } from 'abavalidator'
import { z } from 'zod'

/**
 * What a passport holds: one producer's own record, as every part of contracting knows it. A leaf that was not given is
 * null, in a draft as in a submitted version; `policy.ts` says what is missing for what.
 */

/** The states, districts and territories that license producers. */
export const stateCodes = [
  'AL', 'AK', 'AZ', 'AR', 'CA', 'CO', 'CT', 'DE', 'DC', 'FL', 'GA', 'HI', 'ID', 'IL', 'IN', 'IA', 'KS', 'KY', 'LA', 'ME', 'MD', 'MA', 'MI', 'MN', 'MS', 'MO', 'MT', 'NE', 'NV', 'NH', 'NJ',
  'NM', 'NY', 'NC', 'ND', 'OH', 'OK', 'OR', 'PA', 'RI', 'SC', 'SD', 'TN', 'TX', 'UT', 'VT', 'VA', 'WA', 'WV', 'WI', 'WY', 'AS', 'GU', 'MP', 'PR', 'VI',
] as const
export const StateCode = z.enum(stateCodes, 'Choose a state.')
export type StateCode = z.output<typeof StateCode>

/** Lines of authority as the states' uniform application names them. */
export const linesOfAuthority = { life: 'Life', health: 'Accident and health', variable: 'Variable life and annuity', property: 'Property', casualty: 'Casualty', personal: 'Personal lines', credit: 'Credit', surplus: 'Surplus lines', limited: 'Limited lines' } as const
export type LineOfAuthority = keyof typeof linesOfAuthority
export const LineOfAuthority = z.enum(Object.keys(linesOfAuthority) as [LineOfAuthority, ...LineOfAuthority[]], 'Choose one of the lines offered.') // `as`: the keys of a const object

/** A calendar day, `2027-03-31`: what a licence prints. It has no zone. */
export const Day = z.iso.date('A day, such as 2027-03-31.')

const line = (most: number) =>
  z
    .string()
    .trim()
    .min(1, 'Fill this in.')
    .max(most, `At most ${most} characters.`)
    .refine((text) => !/\p{Cc}/u.test(text), 'One line, without control characters.')
const prose = (most: number) => z.string().trim().min(1, 'Fill this in.').max(most, `At most ${most} characters.`)

/** Digits as people type them, with dashes or spaces between, kept without. */
const digits = (pattern: RegExp, says: string) => z.string().trim().max(40, says).transform((typed) => typed.replaceAll(/[\s-]/g, '')).pipe(z.string().regex(pattern, says))

const neverIssued = /^(000|666|9\d\d)|^\d{3}00|0000$/
/** A social security number. Numbers that the administration never gives out are a slip of the finger. */
export const Ssn = digits(/^\d{9}$/, 'Nine digits, such as 123-45-6789.').refine((ssn) => !neverIssued.test(ssn), 'No such number was ever issued. Look at the card again.')

/** Prefixes that the revenue service does not give out. */
const noEinPrefix = /^(00|07|08|09|17|18|19|28|29|49|69|70|78|79|89|96|97)/
/** An employer identification number. */
export const Ein = digits(/^\d{9}$/, 'Nine digits, such as 12-3456789.').refine((ein) => !noEinPrefix.test(ein), 'No such number was ever issued. Look at the letter again.')

/** A routing number; its ninth digit is a checksum over the others. */
export const RoutingNumber = digits(/^\d{9}$/, 'Nine digits, bottom left on a cheque.').refine(holdsAbaChecksum, 'These nine digits do not belong together: one of them is wrong.')
/** Longer than the four digits of it that are shown. */
export const AccountNumber = digits(/^\d{5,17}$/, 'Between 5 and 17 digits, beside the routing number.')
export const accountTypes = { checking: 'Checking', savings: 'Savings' } as const
export const AccountType = z.enum(['checking', 'savings'], 'Choose what kind of account it is.')

/** A national producer number, which the registry gives once for life. */
export const Npn = digits(/^[1-9]\d{0,9}$/, 'Up to ten digits, as the registry prints it.')

export const producerKinds = { individual: 'A person', business: 'A business' } as const
export const ProducerKind = z.enum(['individual', 'business'], 'Choose one.')

export const Address = z.strictObject({ line1: line(100), line2: line(100).nullable(), city: line(60), state: StateCode, zip: z.string().trim().regex(/^\d{5}(-\d{4})?$/, 'Five digits, or nine with a dash.') })
export type Address = z.output<typeof Address>

/** The class `contact`: who it is and where to reach them. */
export const PassportContact = z.strictObject({
  name: z.strictObject({ first: line(60).nullable(), middle: line(60).nullable(), last: line(60).nullable(), suffix: line(10).nullable() }),
  businessName: line(120).nullable(),
  email: z.string().trim().max(254).pipe(z.email('That does not look like an e-mail address.')).nullable(),
  phone: z.string().trim().regex(/^\+?[\d\s().-]{10,24}$/, 'A telephone number with its area code.').nullable(),
  bornOn: Day.nullable(),
  addresses: z.strictObject({ residential: Address.nullable(), mailing: Address.nullable(), business: Address.nullable() }),
})
export type PassportContact = z.output<typeof PassportContact>

/** The class `secret`: each leaf lies sealed by itself. A browser gets its last four digits at most, and none of an EIN. */
export const PassportSecret = z.strictObject({ ssn: Ssn.nullable(), ein: Ein.nullable(), routing: RoutingNumber.nullable(), account: AccountNumber.nullable() })
export type PassportSecret = z.output<typeof PassportSecret>
export const secretFields = ['ssn', 'ein', 'routing', 'account'] as const
export type SecretField = (typeof secretFields)[number]

/** What carriers ask about somebody's past. Names are kept with each answer; wordings may be improved. */
export const backgroundQuestions = {
  convicted: 'Have you ever been convicted of a crime, had a judgment withheld or deferred, or are you charged with one now?',
  proceeding: 'Have you ever been party to an administrative proceeding about a professional or occupational licence?',
  bankrupt: 'Have you been bankrupt, or has an insurer claimed a debt from you, in the last ten years?',
  tax_debt: 'Do you owe taxes that are not under a payment plan?',
  lawsuit: 'Are you party to, or were you found liable in, a lawsuit alleging fraud, misappropriation or breach of fiduciary duty?',
  terminated: 'Has an insurer or agency ever ended your contract for alleged misconduct?',
  child_support: 'Do you have an obligation of child support in arrears?',
} as const
export type BackgroundQuestion = keyof typeof backgroundQuestions
export const BackgroundQuestion = z.enum(Object.keys(backgroundQuestions) as [BackgroundQuestion, ...BackgroundQuestion[]]) // `as`: the keys of a const object

const DocumentId = z.string().regex(/^doc_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a document.')

/** One answer. A yes is explained, and may be evidenced by documents of the producer's. */
export const BackgroundAnswer = z
  .strictObject({ question: BackgroundQuestion, answer: z.boolean(), explanation: prose(4000).nullable(), documents: z.array(DocumentId).max(5, 'At most five documents.') })
  .refine(({ answer, explanation }) => !answer || explanation !== null, { path: ['explanation'], message: 'Explain what happened, when and how it ended.' })
export type BackgroundAnswer = z.output<typeof BackgroundAnswer>

export const Employment = z.strictObject({ employer: line(120), title: line(120), from: Day, to: Day.nullable() }).refine(({ from, to }) => to === null || from <= to, { path: ['to'], message: 'It ended before it began.' })
export type Employment = z.output<typeof Employment>

export const licenceStates = { active: 'Active', pending: 'Applied for', inactive: 'Inactive', revoked: 'Revoked' } as const
export const LicenceStatus = z.enum(['active', 'pending', 'inactive', 'revoked'], 'Choose its status.')

/** A licence as it is typed; rows of their own until a version is submitted. */
export const Licence = z
  .strictObject({ state: StateCode, number: line(40), lines: z.array(LineOfAuthority).min(1, 'At least one line.').max(9), issuedOn: Day.nullable(), expiresOn: Day.nullable(), resident: z.boolean(), status: LicenceStatus })
  .refine(({ issuedOn, expiresOn }) => issuedOn === null || expiresOn === null || issuedOn <= expiresOn, { path: ['expiresOn'], message: 'It expires before it was issued.' })
export type Licence = z.output<typeof Licence>

export const appointmentStates = { active: 'Active', pending: 'Asked for', ended: 'Ended' } as const
/** An appointment that a carrier made before, as the producer states it. */
export const Appointment = z.strictObject({ carrier: line(120), state: StateCode, writingNumber: line(40).nullable(), appointedOn: Day.nullable(), status: z.enum(['active', 'pending', 'ended'], 'Choose its status.') })
export type Appointment = z.output<typeof Appointment>

/** The class `content`. Licences and appointments are those of the moment of submission; a draft's are rows. */
export const PassportContent = z.strictObject({
  background: z.array(BackgroundAnswer).max(20),
  employment: z.array(Employment).max(20, 'At most twenty.'),
  coverPolicyNumber: line(60).nullable(),
  voidedCheque: DocumentId.nullable(),
  licences: z.array(Licence).max(120),
  appointments: z.array(Appointment).max(400),
})
export type PassportContent = z.output<typeof PassportContent>

/** Everything sealed of one version, by class. */
export const PassportParts = z.strictObject({ contact: PassportContact, secret: PassportSecret, content: PassportContent })
export type PassportParts = z.output<typeof PassportParts>

/** What lies in clear beside it: what gates, reminders and lists need. No last four of an EIN (CIQ-22). */
export const PassportSummary = z.strictObject({
  kind: ProducerKind,
  npn: Npn.nullable(),
  ssnLast4: z.string().length(4).nullable(),
  routingLast4: z.string().length(4).nullable(),
  accountLast4: z.string().length(4).nullable(),
  accountType: AccountType.nullable(),
  /** Whether an EIN is there; its digits are told to nobody. */
  hasEin: z.boolean(),
  coverCarrier: line(120).nullable(),
  coverExpiresOn: Day.nullable(),
  amlOn: Day.nullable(),
  ceDueOn: Day.nullable(),
})
export type PassportSummary = z.output<typeof PassportSummary>

/** A submitted version, whole: what is copied to an FMO and filled into packets. Never sent to a browser. */
export type PassportSnapshot = { readonly passportId: string; readonly versionId: string; readonly number: number; readonly submittedAt: number; readonly summary: PassportSummary; readonly parts: PassportParts }

export const emptyContact: PassportContact = { name: { first: null, middle: null, last: null, suffix: null }, businessName: null, email: null, phone: null, bornOn: null, addresses: { residential: null, mailing: null, business: null } }
export const emptyContent: PassportContent = { background: [], employment: [], coverPolicyNumber: null, voidedCheque: null, licences: [], appointments: [] }

/** What a passport may be asked for: by submission, or by a carrier's packet. */
export const passportParts = {
  identity: 'Name, date of birth, e-mail address and telephone number',
  tax: 'Social security number, or EIN of a business',
  residence: 'Residential address, or business address of a business',
  mailing: 'Mailing address',
  npn: 'National producer number',
  bank: 'Bank account for commissions',
  cheque: 'Voided cheque',
  licence: 'An active licence',
  cover: 'Errors and omissions cover that has not expired',
  aml: 'Anti-money-laundering training of the last two years',
  ce: 'Continuing education that is not overdue',
  employment: 'Employment history',
  background: 'Background questions, every one answered',
} as const
export type PassportPart = keyof typeof passportParts
export const allParts = Object.keys(passportParts) as readonly PassportPart[] // `as`: the keys of a const object

/** Without these a version cannot be submitted; carriers ask for more. */
export const partsToSubmit: readonly PassportPart[] = ['identity', 'tax', 'residence', 'background']

/** Years for which carriers honour training against money laundering. */
const AML_YEARS = 2

/** The last day on which a training of that day counts. A leap day ends on the last of February. */
export function amlExpiresOn(amlOn: string): string {
  const year = Number(amlOn.slice(0, 4)) + AML_YEARS
  return amlOn.endsWith('-02-29') && !isLeap(year) ? `${year}-02-28` : `${year}${amlOn.slice(4)}`
}

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
