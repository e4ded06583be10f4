import { z } from 'zod'

/**
 * An event is declared once in its area's `module.ts` and recorded by calling the declaration. Its `meta` is closed: enums,
 * numbers, booleans and ids, so that no free text and no personal data can reach the log of record.
 */

/** What may stand in `meta`. Text must look like an id or an enum member; anything a person typed does not. */
export type MetaValue = string | number | boolean | null
export type Meta = Record<string, MetaValue>

const token = /^[A-Za-z0-9_.,:=/@+-]{0,128}$/
const forbidden = /@.*\.|^\+?\d[\d-]{6,}$/

/** Zod kinds for meta fields; nothing else type-checks in `defineEvent`. */
export const meta = {
  /** One of a closed list. */
  oneOf: <const T extends readonly [string, ...string[]]>(values: T) => z.enum(values),
  /** One of ours: three letters, an underscore, base32; or `platform`. */
  id: () => z.string().regex(/^([a-z]{3}_[0-9a-hjkmnp-tv-z]{26}|platform)$/),
  count: () => z.number().int(),
  flag: () => z.boolean(),
  /** A hash, fingerprint or key prefix: hex, base64url or our token alphabet. */
  digest: () => z.string().regex(/^[A-Za-z0-9_:=+/-]{4,128}$/),
  /** Names of fields or policy paths, comma separated; never their values. */
  fields: () => z.string().regex(/^[a-z0-9_.,]{0,500}$/i),
}

/** Zod kinds by the name of the meta field. */
export type MetaShape = Record<string, z.ZodType<MetaValue | undefined>>

declare const recorded: unique symbol

/** An event ready to be committed. Made only by calling a declaration. */
export type RecordedEvent = {
  readonly [recorded]: true
  readonly name: string
  /** The id of what it happened to. */
  readonly subject: string
  readonly meta: Meta
  /** Free text of the actor (a reason). Goes sealed into the personal part, never into the entry. */
  readonly reason: string | null
  /** Goes through even while the chain lags: sign-out, revocation, opt-out, purge. */
  readonly urgent: boolean
}

/** A declaration as data: what a manifest lists and a page or a test walks. */
export type DeclaredEvent = {
  readonly eventName: string
  /** One sentence for the glossary and the audit page. */
  readonly says: string
  readonly shape: MetaShape
  /** True for the reading of something sensitive rather than a change. */
  readonly read: boolean
  readonly urgent: boolean
}

export type EventDeclaration<S extends MetaShape = MetaShape> = DeclaredEvent & {
  (subject: string, meta: z.input<z.ZodObject<S>>, personal?: { reason?: string }): RecordedEvent
  readonly shape: S
}

/**
 * Declare an event: `module.noun.past-tense`, a sentence, and the closed shape of its meta.
 * Recording throws a TypeError when the meta does not fit its shape or looks like something a person typed.
 */
export function defineEvent<const S extends MetaShape>(eventName: string, says: string, shape: S, options: { read?: boolean; urgent?: boolean } = {}): EventDeclaration<S> {
  const schema = z.strictObject(shape)
  const record = (subject: string, given: z.input<z.ZodObject<S>>, personal: { reason?: string } = {}): RecordedEvent => {
    const parsed = schema.safeParse(given)
    if (!parsed.success) throw new TypeError(`meta of ${eventName} does not fit its declaration`)
    const fields = parsed.data as Meta // `as`: every field's schema yields a MetaValue by MetaShape
    for (const value of Object.values(fields)) {
      if (typeof value === 'string' && value.length <= 128 && (!token.test(value) || forbidden.test(value)))
        throw new TypeError(`meta of ${eventName} holds something that looks typed by a person`)
    }
    // `as`: the brand exists at compile time only
    return { name: eventName, subject, meta: withoutUndefined(fields), reason: personal.reason ?? null, urgent: options.urgent ?? false } as RecordedEvent
  }
  return Object.assign(record, { eventName, says, shape, read: options.read ?? false, urgent: options.urgent ?? false })
}

const withoutUndefined = (fields: Meta): Meta => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))

/** Who did it. `kind` is closed; `id` is an account, key or job name. */
export type EventActor = { kind: 'member' | 'account' | 'key' | 'operator' | 'system' | 'visitor'; id: string; role: string | null }

/** The body of one entry before the chain gives it its number and links (design §3, Audit). */
export type EventBody = {
  v: 1
  id: string
  tenant: string
  name: string
  subject: string
  actor: EventActor
  at: number
  meta: Meta
  /** SHA-256 (hex) of the sealed personal part, or null. */
  personal: string | null
}
