import { z } from 'zod'

/** What kinds of fields a form has. */
export const fieldKinds = ['text', 'checkbox', 'radio', 'choice', 'signature'] as const
export type FieldKind = (typeof fieldKinds)[number]

/** One field of a PDF form and where it stands: pages from 1, points from the lower left corner of the page. */
export const PdfField = z.object({
  name: z.string(),
  kind: z.enum(fieldKinds),
  /** What the form calls it for people, where it says so. */
  label: z.string().nullable(),
  options: z.array(z.string()),
  multiline: z.boolean(),
  maxLength: z.number().int().nullable(),
  boxes: z.array(z.object({ page: z.number().int(), x: z.number(), y: z.number(), width: z.number(), height: z.number(), option: z.string().nullable() })),
})
export type PdfField = z.output<typeof PdfField>

/** What goes into a field: text, a tick, or the name of an option. */
export type FieldValue = string | boolean

/** Most points of a drawn signature, over all its strokes. */
export const MARK_POINTS = 1500

const Point = z.tuple([z.number().min(0).max(2000), z.number().min(0).max(2000)])

/** A signature as it was given: a name typed, or strokes drawn on a field of this size. */
export const SignatureMark = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('typed'), name: z.string().trim().min(2, 'Type your full name.').max(120, 'At most 120 characters.') }),
  z.strictObject({
    kind: z.literal('drawn'),
    name: z.string().trim().min(2, 'Type your full name.').max(120, 'At most 120 characters.'),
    width: z.number().min(20).max(2000),
    height: z.number().min(20).max(2000),
    strokes: z.array(z.array(Point).min(1)).min(1, 'Draw your signature.').refine((strokes) => strokes.flat().length <= MARK_POINTS, 'Draw it in fewer strokes.'),
  }),
])
export type SignatureMark = z.output<typeof SignatureMark>

/** What a request may be about, as the field knows it; a packet may be for one of these alone. */
export const requestKinds = { contract: 'Contract', add_state: 'Add State', hierarchy_change: 'Hierarchy change', transfer: 'Transfer' } as const

const address = (which: string) => ({ [`address.${which}.street`]: 'Street', [`address.${which}.city`]: 'City', [`address.${which}.state`]: 'State', [`address.${which}.zip`]: 'ZIP' })
const licence = (n: number) => ({ [`licence.${n}.state`]: `Licence ${n}: state`, [`licence.${n}.number`]: `Licence ${n}: number`, [`licence.${n}.lines`]: `Licence ${n}: lines`, [`licence.${n}.expires`]: `Licence ${n}: expires` })

/** Every fact that a form can be filled with, by group, with the words an admin chooses from. */
export const factGroups = {
  Identity: { 'name.full': 'Legal name', 'name.person': 'Person’s name', 'name.first': 'First name', 'name.middle': 'Middle name', 'name.last': 'Last name', 'name.suffix': 'Suffix', business_name: 'Business name', kind: 'Person or business', ssn: 'SSN', ein: 'EIN', npn: 'NPN', born_on: 'Date of birth', email: 'E-mail', phone: 'Telephone' },
  'Residential address': address('residential'),
  'Mailing address': address('mailing'),
  'Business address': address('business'),
  Bank: { routing: 'Routing number', account: 'Account number', account_type: 'Kind of account' },
  'Cover and training': { 'cover.carrier': 'E&O carrier', 'cover.policy': 'E&O policy number', 'cover.expires': 'E&O expires', aml_on: 'AML training on', ce_due_on: 'CE due on' },
  Licences: { 'resident.state': 'Resident licence: state', 'resident.number': 'Resident licence: number', ...licence(1), ...licence(2), ...licence(3), ...licence(4), ...licence(5), ...licence(6) },
  Background: {
    'background.convicted': 'Convicted or charged', 'background.proceeding': 'Administrative proceeding', 'background.bankrupt': 'Bankrupt', 'background.tax_debt': 'Tax debt', 'background.lawsuit': 'Lawsuit', 'background.terminated': 'Terminated for misconduct', 'background.child_support': 'Child support in arrears',
    explanations: 'Explanations', employer: 'Employer', 'employer.title': 'Title',
  },
  Request: { 'request.carrier': 'Carrier', 'request.agency': 'Agency (FMO)', 'request.kind': 'Kind of request', 'request.states': 'States asked for', 'request.upline': 'Upline', 'request.on': 'Date of the request' },
} as const satisfies Record<string, Readonly<Record<string, string>>>

/** Facts by name with their words. */
export const factWords: Readonly<Record<string, string>> = Object.assign({}, ...Object.values(factGroups))
export const FactName = z.string().refine((name) => Object.hasOwn(factWords, name), 'Choose one of the facts offered.')
export type FactName = z.output<typeof FactName>

/**
 * Facts that nobody at the FMO is told in full. A condition asks whether one is there and never what it is, and no list chooses by it: whether
 * filling succeeds would answer.
 */
export const maskedFacts = ['ssn', 'ein', 'routing', 'account'] as const
export const isMasked = (fact: string): boolean => maskedFacts.some((each) => each === fact)

/** What a fact must be for a rule to hold: a closed value, `yes` or `no`, or `given` for anything at all. */
export const Condition = z.strictObject({ fact: FactName, is: z.string().trim().min(1, 'Say what it must be, or “given”.').max(60) })
export type Condition = z.output<typeof Condition>

/** Where what stands in a field comes from. */
export const Source = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('fact'), fact: FactName, as: z.enum(['as_is', 'digits', 'capitals']) }),
  z.strictObject({ from: z.literal('text'), text: z.string().trim().min(1, 'Type what is printed.').max(300) }),
  /** A tick where the condition holds. */
  z.strictObject({ from: z.literal('tick'), when: Condition }),
  /** The first option whose fact value fits. */
  z.strictObject({ from: z.literal('option'), fact: FactName, options: z.array(z.strictObject({ is: z.string().trim().min(1).max(60), option: z.string().max(200) })).max(40) }),
  z.strictObject({ from: z.literal('signature'), what: z.enum(['mark', 'name', 'date']) }),
])
export type Source = z.output<typeof Source>

/** How one field of one of the packet's PDFs is filled; `when`: only then. */
export const MappingRule = z.strictObject({ part: z.number().int().min(0).max(19), field: z.string().min(1).max(400), source: Source, when: Condition.nullable() })
export type MappingRule = z.output<typeof MappingRule>

/** One PDF of a packet: an uploaded document, with the fields that were found in it. */
export type PacketPart = { readonly documentId: string; readonly title: string; readonly pages: number; /** Bytes; of parts since this is noted. */ readonly size?: number; readonly fields: readonly PdfField[] }

/** What is sealed of a version of a packet. */
export type PacketForm = { readonly parts: readonly PacketPart[]; readonly mapping: readonly MappingRule[] }

const idOf = (prefix: string) => z.string().regex(new RegExp(`^${prefix}_[0-7][0-9a-hjkmnp-tv-z]{25}$`), 'No such thing.')
export const PacketId = idOf('pkt')
export const PacketVersionId = idOf('pkv')
export const FilledId = idOf('fpk')
export const RequestId = idOf('req')
export const FormDocumentId = idOf('doc')

const kindNames = Object.keys(requestKinds) as [keyof typeof requestKinds, ...(keyof typeof requestKinds)[]] // `as`: the keys of a const object

export const AddPacket = z.strictObject({
  carrier_id: idOf('car'),
  name: z.string().trim().min(1, 'Name the packet.').max(120, 'At most 120 characters.').refine((text) => !/\p{Cc}/u.test(text), 'One line, without control characters.'),
  for_kind: z.enum([...kindNames, 'any'], 'Choose what it is for.').default('any'),
})
export type AddPacket = z.output<typeof AddPacket>

/** Forms of our own, which need no mapping: each field is named after what it is filled with. */
export const ownForms = { appointment: 'Appointment application', direct_deposit: 'Commission direct deposit and W-9 facts' } as const
export type OwnForm = keyof typeof ownForms

/** A form for the draft of a packet: a PDF among the tenant's documents, or one of our own. */
export const AttachForm = z.union([z.strictObject({ document_id: FormDocumentId }), z.strictObject({ own_form: z.enum(Object.keys(ownForms) as [OwnForm, ...OwnForm[]]) })]) // `as`: the keys of a const object
export type AttachForm = z.output<typeof AttachForm>

/** The rules of some fields; a field named in `fields` without a rule is not filled any more. */
export const MapFields = z.strictObject({ fields: z.array(z.strictObject({ part: z.number().int().min(0).max(19), field: z.string().min(1).max(400) })).max(2000), rules: z.array(MappingRule).max(2000) })
export type MapFields = z.output<typeof MapFields>

export const VersionView = z.object({ id: z.string(), number: z.number(), state: z.enum(['draft', 'published']), edition: z.number(), pages: z.number(), fields: z.number(), mapped: z.number(), digest: z.string(), createdAt: z.number(), publishedAt: z.number().nullable() })
export type VersionView = z.output<typeof VersionView>

export const PacketView = z.object({ id: z.string(), carrierId: z.string(), name: z.string(), forKind: z.string(), state: z.enum(['active', 'retired']), publishedId: z.string().nullable(), createdAt: z.number(), versions: z.array(VersionView) })
export type PacketView = z.output<typeof PacketView>

/** A version with its forms and mapping, for whoever maps it. */
export const PacketFormView = z.object({
  packet: PacketView,
  version: VersionView.nullable(),
  parts: z.array(z.object({ documentId: z.string(), title: z.string(), pages: z.number(), fields: z.array(PdfField) })),
  mapping: z.array(MappingRule),
})
export type PacketFormView = z.output<typeof PacketFormView>

/** Where something of the signature goes on the joined pages of a filled packet. */
export type SignaturePlace = { readonly what: 'mark' | 'name' | 'date'; readonly page: number; readonly x: number; readonly y: number; readonly width: number; readonly height: number }

/** What filling must know of a request. */
export type PacketRequest = { readonly id: string; readonly carrierId: string; readonly carrier: string; readonly linkId: string; readonly kind: keyof typeof requestKinds; readonly states: readonly string[]; readonly upline: string | null }

/** What is sealed of a filled packet. `asked`: the digest of the request as it was filled. */
export type FilledContent = { readonly title: string; readonly carrier: string; readonly agency: string; readonly asked: string; /** Number of the passport’s version. */ readonly passportNumber: number; readonly places: readonly SignaturePlace[] }

/** The wording of the consent under which signatures are given. A new wording is a new version, kept with each signature. */
export const consent = {
  version: 1,
  title: 'Consent to electronic records and signatures',
  text: 'I agree to sign this packet electronically and to receive it as an electronic record. My electronic signature binds me like one on paper. I may withdraw this consent for future packets at any time and ask for paper instead, without charge. I can open, keep and print PDF files on this device.',
  acknowledgement: 'I have reviewed the packet and I consent to sign it electronically.',
} as const

/** A signature as it is sent: the packet, what was shown of it, the mark, and the consent. */
export const SignPacket = z.strictObject({
  packet: FilledId,
  basis: z.string().regex(/^[0-9a-f]{64}$/, 'Open the packet again: this form does not say what was shown.'),
  mark: SignatureMark,
  consent: z.literal(true, 'Tick this to sign electronically.'),
})
export type SignPacket = z.output<typeof SignPacket>

/** A filled packet as staff see it. Documents are the masked copies. */
export const FilledView = z.object({
  id: z.string(), requestId: z.string(), carrierId: z.string(), title: z.string(), carrier: z.string(), state: z.enum(['waiting', 'signed', 'replaced']), pages: z.number(), reviewId: z.string(), filledAt: z.number(),
  signature: z.object({ id: z.string(), name: z.string(), signedAt: z.number(), sha256: z.string(), copyId: z.string(), copySha256: z.string() }).nullable(),
})
export type FilledView = z.output<typeof FilledView>

/** A packet as its producer sees it. */
export const OfferView = z.object({ id: z.string(), title: z.string(), carrier: z.string(), fmo: z.string(), state: z.enum(['waiting', 'signed', 'replaced']), basis: z.string(), pages: z.number(), reviewId: z.string(), signedId: z.string().nullable(), signedSha256: z.string().nullable(), offeredAt: z.number(), signedAt: z.number().nullable() })
export type OfferView = z.output<typeof OfferView>

const Digest = z.string().regex(/^[0-9a-f]{64}$/, 'A SHA-256 digest, 64 hexadecimal digits.')

/** What is sent of a file that somebody wants to know about: digests of it and of the signatures in it. The file stays where it is. */
export const VerifyFile = z.strictObject({ sha256: Digest, seals: z.array(Digest).max(20, 'At most twenty signatures.').default([]) })
export type VerifyFile = z.output<typeof VerifyFile>

/** What a deployment knows of a file. */
export const FileVerdict = z.discriminatedUnion('verdict', [
  z.object({
    verdict: z.literal('exact'),
    sealedAt: z.number(),
    proof: z.object({ number: z.number(), line: z.string(), path: z.array(z.string()), size: z.number(), note: z.string(), publicKey: z.string() }).nullable(),
  }),
  z.object({ verdict: z.literal('changed'), sealedAt: z.number() }),
  z.object({ verdict: z.literal('unknown') }),
])
export type FileVerdict = z.output<typeof FileVerdict>
