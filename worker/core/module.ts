import type { DeclaredEvent } from './audit/event.ts'

/**
 * A module's manifest: everything it promises, as data, declared once. Enforcement, the admin pages, the public trust
 * page and the walking tests all read the same declaration.
 */
export type Manifest = {
  /** One word, the same in worker, app/routes, db/schema and docs/modules. */
  readonly name: string
  readonly rights: readonly RightDeclaration[]
  readonly sealedFields: readonly SealedField[]
  readonly events: readonly DeclaredEvent[]
  readonly limits: readonly LimitRule[]
  readonly retention: readonly RetentionRule[]
  readonly controls: readonly ControlDeclaration[]
  readonly subprocessors: readonly Subprocessor[]
  /** Verbs that open a `secret` class and show it to someone. */
  readonly reveals: readonly RevealDeclaration[]
}

/** The four nested tenant roles; labels are the tenant's own. */
export const roles = ['viewer', 'member', 'admin', 'owner'] as const
export type Role = (typeof roles)[number]

/**
 * A right and who holds it. `atLeast` nests (IFD-67); `policy` names the policy value that may raise or lower the bar
 * between `atLeast` and `owner` (claims.md, Conflicts); `keyScope` lets a workspace API key hold it.
 */
export type RightDeclaration = {
  readonly right: string
  readonly says: string
  readonly atLeast: Role
  readonly policy?: string
  readonly keyScope?: string
  /** Step-up the right needs: `exact` is a single-use ticket bound to the very request, `recent` 15 minutes. */
  readonly stepUp?: 'exact' | 'recent'
  readonly claims?: readonly string[]
}

export type SealClass = 'contact' | 'secret' | 'content'

/** One sealed column: a JSON value per row and class. `name` is a constant of ours, never an SQL name. */
export type SealedField = {
  readonly name: string
  readonly table: string
  readonly column: string
  readonly class: SealClass
  /** What is inside, as the trust page lists it. */
  readonly holds: readonly string[]
  /** Parts kept readable beside it, e.g. last four digits. */
  readonly keeps?: readonly string[]
  readonly blindIndex?: readonly string[]
  /** Sealed under the salt of this kind whose id is the row's: destroying the salt is the row's erasure. */
  readonly salt?: string
  /** Column that names the salt a row stands under, `kind/id`, where only some rows do; null: the root alone. */
  readonly saltIn?: string
  /** Under the `audit` root, whose versions live as long as the log: not swept. */
  readonly root?: 'audit'
  /** `tenant` rows are swept at rotation; `platform` ones belong to the deployment's own roots. */
  readonly scope: 'tenant' | 'platform'
}

/** Whether a sealed field lies in an object (`guard.totp`) and in no table of a database. */
export const liesInObject = ({ table }: SealedField): boolean => table.includes('.')

export type RevealDeclaration = { readonly verb: string; readonly field: string; readonly reveals: true; readonly says: string }

/** A rate limit: at most `quota` in `windowS` seconds per key. `policy` names the policy value that may lower it. */
export type LimitRule = {
  readonly name: string
  readonly says: string
  readonly per: 'ip' | 'account' | 'key' | 'tenant' | 'address'
  readonly quota: number
  readonly windowS: number
  readonly policy?: string
  readonly claims?: readonly string[]
}

/** How long something is kept, from the way it comes in to the way it goes. */
export type RetentionRule = {
  readonly name: string
  readonly what: string
  /** How it comes in. */
  readonly enters: string
  /** Names of the sealed fields that hold it; none where it is no person's secret. */
  readonly sealedIn?: readonly string[]
  /** Milliseconds, or the policy value that says so, or the life of its parent. */
  readonly keep: { readonly ms: number } | { readonly policy: string } | { readonly life: 'tenant' | 'account' | 'membership' | 'link' }
  readonly then: 'deleted' | 'key destroyed' | 'sealed' | 'masked'
  readonly claims?: readonly string[]
}

export type ControlStatus = 'active' | 'provider' | 'process' | 'roadmap' | 'sandbox'

/**
 * One line of the trust page. `active` needs a probe, whose readings decide whether it may say so, and a claim that a test
 * carries or the file of the tests that prove it: without either it does not compile, and without the test the check fails (CLN-17).
 */
export type ControlDeclaration = ControlLine &
  (
    | ({ readonly status: 'active'; readonly probe: string } & ({ readonly claims: Some; readonly provenBy?: Some } | { readonly claims: readonly string[]; readonly provenBy: Some }))
    | { readonly status: Exclude<ControlStatus, 'active'>; readonly probe?: undefined; readonly claims: readonly string[]; readonly provenBy?: undefined }
  )

type Some = readonly [string, ...string[]]

type ControlLine = {
  readonly id: string
  readonly name: string
  readonly how: string
  /** What it says instead where vendors of this category are wired in; `{vendors}` stands for their names. */
  readonly whenWired?: { readonly category: Subprocessor['category']; readonly name: string; readonly how: string }
  /** The id of the control that has to stand first. */
  readonly after?: string
  /** Source files that enforce it, for the reader who wants to look. */
  readonly enforcedBy: readonly string[]
  readonly evidence?: { readonly href: string; readonly label: string; readonly checked: string }
  /** SOC 2 common criteria and the like it maps to. */
  readonly frameworks?: readonly string[]
}

export type Subprocessor = {
  readonly name: string
  /** Whether this deployment uses it: always, or where its environment says so. */
  readonly wired: 'always' | 'mail'
  readonly category: 'hosting' | 'authentication' | 'ai' | 'licence registry' | 'email' | 'analytics' | 'sms' | 'payments' | 'calendar'
  readonly purpose: string
  readonly handles: string
  readonly optional: boolean
  /** What the vendor itself attests, in its own words' order; nothing of it is ours. */
  readonly attests: string
  readonly evidence: string
  /** ISO date on which we last looked at that evidence. */
  readonly checked: string
  /** Vendors that the five pages name in this place: none of them is used. */
  readonly replaces: readonly string[]
}

/** A manifest, kept exactly as written so that its literals stay types. */
export const defineModule = <const M extends Manifest>(manifest: M): M => manifest
