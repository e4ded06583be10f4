import { z } from 'zod'

/** The agency management systems that calls are matched with and handed over to. */
export const amsKinds = ['hawksoft', 'rest', 'webhook'] as const
export const AmsKind = z.enum(amsKinds)
export type AmsKind = z.output<typeof AmsKind>

export const amsNames: Readonly<Record<AmsKind, string>> = { hawksoft: 'HawkSoft', rest: 'Any AMS with a REST API', webhook: 'Any system (signed webhook)' }

export const AmsConnectionId = z.string().regex(/^ams_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a connection to an AMS.')

const Label = z.string().trim().min(1, 'Name the connection, so that you know it again.').max(80, 'At most 80 characters.')
/** Sent in a header: one line of ASCII. */
const Secret = z.string().min(1, 'Give what the AMS gave you.').max(1000, 'At most 1,000 characters.').regex(/^[\x20-\x7e]+$/, 'Letters, digits and signs only.')
/** Where its API begins. Whether it may be called at all is asked besides. */
const Address = z.string().trim().max(300, 'At most 300 characters.').refine((text) => URL.canParse(text) && /^[^?#]*$/.test(text), 'Give the address of the API, with nothing after its path.')

/** Where in a JSON answer something stands: every spelling that RFC 6901 §3 allows, `''` for the whole among them. */
const Pointer = z.string().max(200, 'At most 200 characters.').regex(/^(\/([^~/]|~[01])*)*$/, 'Give a JSON pointer (RFC 6901): a slash before each step, as in /data/name.')

/** A path below the address, with the named values in braces. */
function pathWith(needs: readonly string[], may: readonly string[]) {
  const known = new Set([...needs, ...may])
  return z.string().max(300, 'At most 300 characters.').regex(/^\/[A-Za-z0-9\-._~!$&'()*+,;=:@%/?{}]*$/, 'Begin with a slash, and leave out whatever an address cannot hold.').superRefine((path, ctx) => {
    const named = [...path.matchAll(/\{([^{}]*)\}/g)].map(([, name = '']) => name)
    const stray = named.find((name) => !known.has(name))
    if (stray !== undefined || /[{}]/.test(path.replaceAll(/\{[^{}]*\}/g, ''))) ctx.addIssue({ code: 'custom', message: `Only ${[...known].map((name) => `{${name}}`).join(', ') || 'plain text'} can stand here.` })
    const missing = needs.find((name) => !named.includes(name))
    if (missing !== undefined) ctx.addIssue({ code: 'custom', message: `Say where {${missing}} goes.` })
    if (path.split(/[/?]/).some((part) => /^(\.|%2e){1,2}$/i.test(part))) ctx.addIssue({ code: 'custom', message: 'Leave out steps back.' })
  })
}

/** How a REST API is asked: paths below its address, and where in each answer the fields stand. */
export const RestMapping = z.strictObject({
  /** How a number is written into the path: `+14155550132`, `14155550132` or `4155550132`. */
  phoneAs: z.enum(['e164', 'digits', 'national']).default('e164'),
  /** Everybody with a number. Pointers of fields count from the member of the list. */
  contacts: z.strictObject({
    path: pathWith(['phone'], []), list: Pointer, id: Pointer,
    /** Joined with a space. */
    name: z.array(Pointer).min(1, 'Say where the name stands.').max(4),
    phones: z.array(Pointer).max(8).default([]),
    household: Pointer.optional(), kind: Pointer.optional(), url: Pointer.optional(),
  }),
  /** Policies and past notes of one contact. */
  details: z.strictObject({
    path: pathWith(['id'], []),
    policies: z.strictObject({ list: Pointer, number: Pointer, line: Pointer.optional(), carrier: Pointer.optional(), status: Pointer.optional(), expires: Pointer.optional() }).optional(),
    notes: z.strictObject({ list: Pointer, at: Pointer, text: Pointer }).optional(),
  }).optional(),
  /** Where a note is posted, and where in the body each part goes. */
  note: z.strictObject({
    path: pathWith([], ['id']),
    /** Whether it takes a note about nobody, for its staff to file. */
    inbox: z.boolean().default(false),
    put: z.strictObject({ reference: Pointer.min(2), text: Pointer.min(2), contact: Pointer.min(2).optional(), subject: Pointer.min(2).optional(), direction: Pointer.min(2).optional(), at: Pointer.min(2).optional() }),
    /** Where its answer says what the note is called. */
    id: Pointer.optional(),
  }),
  /** Notes by our reference: answers a list, empty where there is none. Without it a note of unknown outcome waits for a person. */
  find: z.strictObject({ path: pathWith(['reference'], ['id']), list: Pointer, id: Pointer, reference: Pointer }).optional(),
  /** Something that whoever is let in may read. */
  test: z.strictObject({ path: pathWith([], []) }),
})
export type RestMapping = z.output<typeof RestMapping>

/** What a REST API lets us in with. */
export const RestAuth = z.discriminatedUnion('by', [
  z.strictObject({ by: z.literal('basic'), user: Secret.refine((user) => !user.includes(':'), 'No colon.'), password: Secret }),
  z.strictObject({ by: z.literal('bearer'), token: Secret }),
  z.strictObject({ by: z.literal('header'), name: z.string().regex(/^[A-Za-z][A-Za-z0-9-]{0,63}$/, 'Not the name of a header.').refine((name) => !/^(host|cookie|content-.*|transfer-encoding|connection)$/i.test(name), 'This header is not a credential.'), value: Secret }),
])
export type RestAuth = z.output<typeof RestAuth>

const number = (says: string) => z.string().trim().regex(/^[1-9]\d{0,8}$/, says)

/** Where HawkSoft's partner API is for everybody; a partner's staging environment has an address of its own. */
export const HAWKSOFT = 'https://integration.hawksoft.app'

export const ConnectAms = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('hawksoft'), label: Label, address: Address.default(HAWKSOFT), agencyId: number('The number that HawkSoft knows the agency by.'), officeId: number('The number of an office.').optional(), user: Secret.refine((user) => !user.includes(':'), 'No colon.'), password: Secret }),
  z.strictObject({ kind: z.literal('rest'), label: Label, address: Address, auth: RestAuth, mapping: RestMapping }),
  z.strictObject({ kind: z.literal('webhook'), label: Label, address: Address }),
])
export type ConnectAms = z.output<typeof ConnectAms>

/** Where and how an AMS is asked; nothing secret. */
export const AmsSettings = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('hawksoft'), address: z.string(), agencyId: z.string(), officeId: z.string().nullable() }),
  z.object({ kind: z.literal('rest'), address: z.string(), mapping: RestMapping }),
  z.object({ kind: z.literal('webhook'), address: z.string() }),
])
export type AmsSettings = z.output<typeof AmsSettings>

/** A connection as it is shown; never what it is asked with. */
export const AmsConnectionView = z.object({
  id: z.string(), kind: AmsKind, label: z.string(), state: z.enum(['active', 'revoked']), settings: AmsSettings,
  createdAt: z.number(), testedAt: z.number().nullable(), testTrouble: z.string().nullable(), revokedAt: z.number().nullable(),
})
export type AmsConnectionView = z.output<typeof AmsConnectionView>

/** `secret`: what a webhook is signed with, in this answer and in no other; null for an AMS that gave us its own. */
export const AmsConnected = z.object({ connection: AmsConnectionView, secret: z.string().nullable() })
export type AmsConnected = z.output<typeof AmsConnected>

/** A number whose contacts are to be counted besides, to see whether the mapping reads them. */
export const TestAms = z.strictObject({ phone: z.string().trim().max(40).optional() })
export type TestAms = z.output<typeof TestAms>

/** `contacts`: how many have the number that was given; null where none was, or where the AMS cannot be asked. */
export const AmsTested = z.object({ trouble: z.string().nullable(), contacts: z.number().nullable() })
export type AmsTested = z.output<typeof AmsTested>
