import type { GuardEvent } from './account-words.ts'

/** What AccountFactors and the Worker say to each other. Plain data: no class survives RPC. */

/** Ciphertext of the Worker's vault; the object cannot open it. */
export type Cell = { readonly sealed: string; readonly sealVersion: number }

/** A ticket as it is spent: the session it was granted to and what it was granted for. */
export type Spend = { readonly sid: string; /** SHA-256 (hex) of the canonical { verb, tenant, row, field, reason }. */ readonly binding: string }

/** Single use of a signed challenge: its hash, and until when it could be used again were it not remembered. */
export type Challenge = { readonly hash: string; readonly expiresAt: number }

/** What a proof is for. */
export type Grant =
  /** The second factor of a session that has proven only the first. `secretHash`: its new secret. */
  | { readonly kind: 'sign_in'; readonly sid: string; readonly secretHash: string }
  /** Fifteen minutes of administration. */
  | { readonly kind: 'recent'; readonly sid: string }
  /** One ticket, for one action. */
  | { readonly kind: 'exact'; readonly sid: string; readonly ticketId: string }
  /** A passkey alone, by somebody not signed in: whoever calls opens the session. */
  | { readonly kind: 'open' }

/** Events for either outcome, made by the Worker's declarations; exactly one list is recorded, with the change. */
export type Told = { readonly done: readonly GuardEvent[]; readonly failed?: readonly GuardEvent[] }

/** An action that waits for its person to confirm. */
export type TicketAsked = {
  readonly id: string
  readonly sid: string
  readonly binding: string
  /** What the page names: a verb of ours, the tenant or null, the row and field or null. No reason: that is only in the binding. */
  readonly verb: string
  readonly tenant: string | null
  readonly row: string | null
  readonly field: string | null
}

export type TicketView = Omit<TicketAsked, 'sid' | 'binding'> & { readonly granted: boolean }

export type PasskeyAdded = {
  /** Credential id, base64url. */
  readonly id: string
  readonly name: Cell
  /** COSE key, base64url. */
  readonly publicKey: string
  readonly counter: number
  readonly transports: readonly string[]
  readonly deviceType: 'singleDevice' | 'multiDevice'
  readonly backedUp: boolean
  readonly aaguid: string
}

export type PasskeyView = {
  readonly id: string
  readonly name: Cell
  readonly deviceType: 'singleDevice' | 'multiDevice'
  readonly backedUp: boolean
  readonly transports: readonly string[]
  readonly addedAt: number
  readonly usedAt: number | null
}

/** What verifying an assertion needs. */
export type PasskeyKey = { readonly id: string; readonly publicKey: string; readonly counter: number; readonly transports: readonly string[] }

export type FactorsView = {
  readonly totp: { readonly id: string; readonly confirmedAt: number } | null
  readonly passkeys: readonly PasskeyView[]
  /** Unused recovery codes. */
  readonly codesLeft: number
  /** Whether sign-in asks for a second factor. */
  readonly enrolled: boolean
  /** Whether a tenant of this person requires one. */
  readonly required: boolean
}

export type Refused<R extends string> = { readonly ok: false; readonly reason: R }

/** A code may be compared (`ok`), or not: none is set up, or this window's tries are used up. */
export type TryTaken = { readonly ok: true; readonly id: string; readonly cell: Cell } | Refused<'none'> | (Refused<'locked'> & { readonly until: number })

export type Proved =
  | { readonly ok: true; readonly codesLeft: number }
  /** `used`: right, but not for the first time. `stronger`: a second factor is set up and must be used. `session`, `ticket`: what it was for is over. */
  | Refused<'wrong' | 'used' | 'none' | 'stronger' | 'session' | 'ticket' | 'challenge'>
  | (Refused<'locked'> & { readonly until: number })

/** What a change of factors can answer. `ticket`: confirm first. `last`: a tenant requires a factor. */
export type Changed = { readonly ok: true } | Refused<'ticket' | 'none' | 'last' | 'exists'>

/** A factor was added. `codesKept`: the recovery codes offered with it are now the account's, to be shown this once. */
export type Enrolled = { readonly ok: true; readonly codesKept: boolean }

/** What a step hands to the guard. */
export type Settled<T> = { readonly answer: T; readonly events: readonly GuardEvent[] }

/** What AccountFactors needs of the guard that holds it. */
export type FactorsHost = {
  /** Runs a step in one `transactionSync` and puts its events into the guard's outbox in the same one. */
  settle<T>(step: () => Settled<T>): T
  /** Whether a tenant of this person requires a second factor. */
  mfaRequired(): boolean
  /** Writes what a session has proven, and gives it a new secret where one is named. False where no such session lives. */
  prove(sid: string, proof: { readonly mfa: boolean; readonly now: number; readonly secretHash: string | null }): boolean
  /** Ends every session but this one: a factor changed. */
  endOthers(sid: string): void
  /** A second factor did not match: counts towards the account's lock where its tenants' policy says so (X-02). */
  missed(now: number): void
}
