import { z } from 'zod'
import { Email, PersonName } from '../../core/tenancy/contract.ts'
import { Licence, PassportContact, PassportContent, PassportSummary } from '../passport/contract.ts'

/** The FMO's side of producers and the producer's side of FMOs, as pages and programs know them. */

const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`))
export const ProducerInvitationId = idOf('piv')
export const LinkId = idOf('lnk')
export const ReleaseId = idOf('rel')
export const CredentialId = idOf('crd')

export const InviteProducer = z.object({ name: PersonName, email: Email })
export type InviteProducer = z.output<typeof InviteProducer>

/** An invitation as a list shows it; never its link. */
export const ProducerInvitationView = z.object({
  id: z.string(), name: z.string(), email: z.string(), state: z.enum(['open', 'accepted', 'expired', 'revoked']), createdAt: z.number(), expiresAt: z.number(), linkId: z.string().nullable(),
})
export type ProducerInvitationView = z.output<typeof ProducerInvitationView>

/** The most rows that one file may bring: a day's worth of invitations. */
export const IMPORT_ROWS = 200
/** CSV with a head of `name,email`. `dryRun` looks and sends nothing. */
export const ImportProducers = z.strictObject({ csv: z.string().min(1, 'Paste or choose a file.').max(60_000, 'At most 60,000 characters.'), dryRun: z.boolean().default(true) })
export type ImportProducers = z.output<typeof ImportProducers>
/** What came of a file. `errors` is the file of the refused rows, each with its reason, to be mended and sent again. */
export const ImportView = z.object({ dryRun: z.boolean(), accepted: z.number(), refused: z.number(), rows: z.array(z.object({ line: z.number(), name: z.string(), email: z.string(), problem: z.string().nullable() })), errors: z.string().nullable() })
export type ImportView = z.output<typeof ImportView>

export const linkStates = ['active', 'ended'] as const
export const LinkState = z.enum(linkStates)

/** A release as both ends see it. Silence until `dueAt` grants it. */
export const ReleaseView = z.object({
  id: z.string(), askedBy: z.enum(['fmo', 'producer']), state: z.enum(['requested', 'declined', 'withdrawn', 'released']), askedAt: z.number(), dueAt: z.number(),
  answeredAt: z.number().nullable(), answeredBy: z.enum(['fmo', 'producer', 'deadline']).nullable(), reason: z.string(), answer: z.string().nullable(),
})
export type ReleaseView = z.output<typeof ReleaseView>

/** A producer as the list shows one: nothing of its passport is opened for it. */
export const ProducerView = z.object({
  id: z.string(), name: z.string(), email: z.string(), state: LinkState, startedAt: z.number(), endedAt: z.number().nullable(),
  passport: PassportSummary.extend({ number: z.number(), submittedAt: z.number() }).nullable(),
})
export type ProducerView = z.output<typeof ProducerView>

/** A licence as it may be read without opening anything: all but its number. */
export const CopiedLicence = z.object({ state: Licence.shape.state, lines: Licence.shape.lines, issuedOn: z.string().nullable(), expiresOn: z.string().nullable(), resident: z.boolean(), status: Licence.shape.status })
export type CopiedLicence = z.output<typeof CopiedLicence>

/** Why a copy is opened. `packet` is the product's own: filling a form. */
export const openingPurposes = { review: 'Reviewing a submission', contracting: 'Working on a contracting request', support: 'Helping the producer', compliance: 'A compliance or legal question' } as const
export const OpenCopy = z.strictObject({ purpose: z.enum(['review', 'contracting', 'support', 'compliance'], 'Say what it is for.'), reason: z.string().trim().min(5, 'Say why, in a few words: the producer reads it.').max(300, 'At most 300 characters.') })
export type OpenCopy = z.output<typeof OpenCopy>
/** What an opening shows. The four secrets are not in it: a packet is the only place they are opened for. */
export const OpenedCopy = z.object({ number: z.number(), contact: PassportContact, content: PassportContent })
export type OpenedCopy = z.output<typeof OpenedCopy>

/** What an opening of the documents shows. Each address works once and again until `expiresAt`, in the session that asked; `absent` are named and were not among the producer’s documents. */
export const OpenedDocuments = z.object({
  number: z.number(), expiresAt: z.number(), absent: z.number(),
  documents: z.array(z.object({ what: z.enum(['voided_cheque', 'explanation']), name: z.string(), mediaType: z.string(), size: z.number(), url: z.string() })),
})
export type OpenedDocuments = z.output<typeof OpenedDocuments>

/** That a copy was opened: who, when, why, and what of it. */
export const OpeningView = z.object({ id: z.string(), linkId: z.string(), where: z.string(), who: z.string(), purpose: z.string(), reason: z.string(), parts: z.array(z.string()), number: z.number(), openedAt: z.number() })
export type OpeningView = z.output<typeof OpeningView>

export const AskRelease = z.strictObject({ reason: z.string().trim().min(5, 'Say why, in a few words: the other side reads it.').max(500, 'At most 500 characters.') })
export type AskRelease = z.output<typeof AskRelease>
export const AnswerRelease = z.strictObject({ verdict: z.enum(['released', 'declined', 'withdrawn'], 'Choose an answer.'), answer: z.string().trim().max(500, 'At most 500 characters.').default('') })
export type AnswerRelease = z.output<typeof AnswerRelease>

export const credentialKinds = { writing_number: 'Writing number', portal_login: 'Portal log-in' } as const
const oneLine = (least: number, most: number, says: string) => z.string().trim().min(least, says).max(most, `At most ${most} characters.`).refine((text) => !/\p{Cc}/u.test(text), 'One line, without control characters.')
export const IssueCredential = z
  .strictObject({
    kind: z.enum(['writing_number', 'portal_login'], 'Choose what it is.'),
    label: oneLine(1, 80, 'Say what it opens, such as the carrier’s name.'),
    value: oneLine(4, 120, 'At least four characters.'),
    password: oneLine(0, 200, '').default(''),
  })
  .refine(({ kind, password }) => kind === 'writing_number' || password !== '', { path: ['password'], message: 'A log-in needs a password.' })
  .refine(({ kind, password }) => kind === 'portal_login' || password === '', { path: ['password'], message: 'A writing number has no password.' })
export type IssueCredential = z.output<typeof IssueCredential>
/** A credential as lists show it. */
export const CredentialView = z.object({ id: z.string(), linkId: z.string(), kind: z.enum(['writing_number', 'portal_login']), label: z.string(), tail: z.string(), state: z.enum(['waiting', 'shown', 'revoked']), issuedAt: z.number(), shownAt: z.number().nullable(), revokedAt: z.number().nullable() })
export type CredentialView = z.output<typeof CredentialView>
/** The one showing of it. */
export const ShownCredential = z.object({ id: z.string(), value: z.string(), password: z.string().nullable() })
export type ShownCredential = z.output<typeof ShownCredential>

/** An FMO as its producer sees it. */
export const FmoView = z.object({ id: z.string(), name: z.string(), state: LinkState, startedAt: z.number(), endedAt: z.number().nullable(), copiedNumber: z.number().nullable() })
export type FmoView = z.output<typeof FmoView>
