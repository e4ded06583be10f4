import { z } from 'zod'
import { CarrierId } from '../carriers/contract.ts'
import { Licence, PassportContact, PassportContent, PassportSummary, StateCode } from '../passport/contract.ts'

export const RequestId = z.string().regex(/^req_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a request.')
export const LinkId = z.string().regex(/^lnk_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a producer’s link.')

/** What a carrier can be asked to do, in the words of the field. */
export const requestKinds = { contract: 'Contract', add_state: 'Add state', hierarchy_change: 'Hierarchy change', transfer: 'Transfer' } as const
export type RequestKind = keyof typeof requestKinds
export const RequestKind = z.enum(['contract', 'add_state', 'hierarchy_change', 'transfer'], 'Choose what is asked for.')

/** Where a request stands. The first three are the FMO's and the producer's own affair; the others the carrier knows too. */
export const requestStates = {
  draft: 'Draft', ready: 'Ready to sign', signed: 'Signed', transmitted: 'With the carrier', accepted: 'Accepted', returned: 'Returned', declined: 'Declined', appointed: 'Appointed', terminated: 'Terminated',
} as const
export type RequestState = keyof typeof requestStates
export const RequestState = z.enum(Object.keys(requestStates) as [RequestState, ...RequestState[]]) // `as`: the keys of a const object

/** Whose move a request waits for, and in which states it does. Those that end it wait for nobody. */
export const waitingStates = { fmo: ['draft', 'signed', 'returned'], producer: ['ready'], carrier: ['transmitted', 'accepted'] } as const satisfies Record<string, readonly RequestState[]>
export type Waiting = keyof typeof waitingStates
export const Waiting = z.enum(['fmo', 'producer', 'carrier'])

/** What the carrier sees of those. */
export const applicationStatuses = ['transmitted', 'accepted', 'returned', 'declined', 'appointed', 'terminated'] as const
export type ApplicationStatus = (typeof applicationStatuses)[number]
export const ApplicationStatus = z.enum(applicationStatuses)

const distinct = <T>(list: readonly T[]): boolean => new Set(list).size === list.length
const oneLine = (most: number) => z.string().trim().min(1, 'Fill this in.').max(most, `At most ${most} characters.`).refine((text) => !/\p{Cc}/u.test(text), 'One line, without control characters.')

export const RequestTerms = z.strictObject({
  kind: RequestKind,
  carrierId: CarrierId,
  linkId: LinkId,
  states: z.array(StateCode).min(1, 'Choose at least one state.').max(60).refine(distinct, 'Name each state once.'),
  /** Under whom the producer will stand with the carrier. */
  upline: oneLine(120).nullable().default(null),
})
export type RequestTerms = z.output<typeof RequestTerms>

/** What may be changed of a draft. */
export const RequestChange = RequestTerms.pick({ states: true, upline: true })
export type RequestChange = z.output<typeof RequestChange>

export const Reason = z.string().trim().min(5, 'Say why, in a few words: the other side reads it.').max(1000, 'At most 1,000 characters.')

/** A request as a list shows it. */
export const RequestView = z.object({
  id: z.string(), kind: RequestKind, state: RequestState, stateAt: z.number(), createdAt: z.number(), carrier: z.object({ id: z.string(), name: z.string() }), linkId: z.string(), producer: z.string(), states: z.array(z.string()), version: z.number(),
})
export type RequestView = z.output<typeof RequestView>

/** One thing that stands in the way of a request. */
export const Obstacle = z.object({ about: z.string(), says: z.string() })
export type Obstacle = z.output<typeof Obstacle>

export const StateRecord = z.object({ state: RequestState, at: z.number(), by: z.string(), reason: z.string().nullable() })
export type StateRecord = z.output<typeof StateRecord>

export const RequestDetail = RequestView.extend({
  upline: z.string().nullable(),
  timeline: z.array(StateRecord),
  /** What keeps it from going on now. */
  obstacles: z.array(Obstacle),
  documents: z.array(z.object({ id: z.string(), packetId: z.string(), sha256: z.string(), signedAt: z.number(), sent: z.boolean() })),
  transmissions: z.array(z.object({ id: z.string(), at: z.number(), receipt: z.string() })),
  writingNumbers: z.array(z.object({ states: z.array(z.string()), number: z.string(), at: z.number() })),
})
export type RequestDetail = z.output<typeof RequestDetail>

export const RequestFilter = z.strictObject({ state: RequestState.optional(), waits: Waiting.optional(), kind: RequestKind.optional(), carrier: CarrierId.optional(), producer: LinkId.optional() })
export type RequestFilter = z.output<typeof RequestFilter>

/** What a carrier is given of a producer: as it was signed, with the last four digits of what is secret. The whole numbers stand in the signed documents. */
export const ApplicantSnapshot = z.object({
  fmo: z.string(), kind: RequestKind, states: z.array(z.string()), upline: z.string().nullable(), passportVersion: z.number(),
  summary: PassportSummary,
  contact: PassportContact,
  licences: z.array(Licence),
  background: PassportContent.shape.background,
  employment: PassportContent.shape.employment,
})
export type ApplicantSnapshot = z.output<typeof ApplicantSnapshot>

/** An application as the carrier's list shows it: nothing about anybody's person. */
export const ApplicationView = z.object({ id: z.string(), kind: RequestKind, states: z.array(z.string()), status: ApplicationStatus, transmittedAt: z.number(), updatedAt: z.number() })
export type ApplicationView = z.output<typeof ApplicationView>

export const WritingNumber = z.strictObject({ number: oneLine(40), states: z.array(StateCode).min(1).max(60).refine(distinct, 'Name each state once.') })
export type WritingNumber = z.output<typeof WritingNumber>

export const ApplicationDetail = ApplicationView.extend({
  applicant: ApplicantSnapshot,
  transmission: z.object({ id: z.string(), at: z.number(), receipt: z.string() }),
  documents: z.array(z.object({ id: z.string(), sha256: z.string() })),
  writingNumbers: z.array(z.object({ number: z.string(), states: z.array(z.string()), at: z.number() })),
  timeline: z.array(z.object({ status: ApplicationStatus, at: z.number(), reason: z.string().nullable() })),
})
export type ApplicationDetail = z.output<typeof ApplicationDetail>

/** What a carrier answers. A return and a refusal say why; an appointment brings its numbers. */
export const ApplicationAnswer = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('accepted') }),
  z.strictObject({ status: z.literal('returned'), reason: Reason }),
  z.strictObject({ status: z.literal('declined'), reason: Reason }),
  z.strictObject({ status: z.literal('appointed'), writingNumbers: z.array(WritingNumber).min(1, 'Name at least one writing number.').max(60) }),
  z.strictObject({ status: z.literal('terminated'), reason: Reason }),
])
export type ApplicationAnswer = z.output<typeof ApplicationAnswer>

export const DocumentId = z.string().regex(/^doc_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a document.')
