/** What AccountGuard and the Worker say to each other. Plain data: no class survives RPC. */

/** A tenant the account has a seat in, as last told to the guard. A copy: it can only refuse sooner, never allow. */
export type SeatCopy = {
  tenantId: string
  shard: string
  sealVersion: number
  policyVersion: number
  role: string
  memberId: string
  name: string
  kind: string
  preset: string
  /** The tenant's policy document. */
  policy: Record<string, string | number>
}

/** The strictest of the account's tenants' policies, in milliseconds and counts. The guard makes them of its seats. */
export type Terms = {
  idleMs: number
  absoluteMs: number
  rotateMs: number
  lockAfter: number
  lockMs: number
  countMfa: boolean
  /** Requests per minute. */
  requests: number
  mfa: 'optional' | 'encouraged' | 'required'
  /** Shortest password without a second factor. */
  passwordMin: number
  /** bcrypt only where every tenant of the account wants it. */
  passwordHash: 'scrypt' | 'bcrypt12'
}

export type Present = {
  sid: string
  /** SHA-256 (hex) of the secret in the cookie. */
  secretHash: string
  /** SHA-256 of the secret the door would hand out where rotation is due; null asks whether it is, for it seldom is. */
  nextSecretHash: string | null
  now: number
  /** True where the request counts against the per-person limit. */
  counts: boolean
}

export type Presented =
  | { ok: false }
  | {
      ok: true
      /** `seenAt`: the latest moment it was seen at, this one among them; later than now where the clock went back. */
      session: { sid: string; openedAt: number; seenAt: number; mfaAt: number | null; provenAt: number | null; activeTenant: string | null }
      seats: SeatCopy[]
      terms: Terms
      /** Sealed { name, email } of the person under the deployment's own roots. */
      contact: { sealed: string; sealVersion: number } | null
      origin: { hash: string; sealed: string }
      /** True when the door must hand out the next secret. */
      rotated: boolean
      /** True when the door must present again, with a next secret. */
      rotationDue: boolean
      /** Whether a second factor is set up at all. */
      mfaEnrolled: boolean
      limit: { allowed: boolean; remaining: number; resetS: number }
    }

/** An event the object records in its own outbox, in the same transaction as its change. */
export type GuardEvent = {
  id: string
  name: string
  subject: string
  meta: Record<string, string | number | boolean | null>
  actorKind: 'account' | 'key' | 'operator' | 'system' | 'visitor'
  at: number
  /** The sealed personal part as text, or null for what no person did. */
  personal: string | null
}

/** Where a browser spoke from: a keyed hash of IP address and user agent, and the same sealed. */
export type OriginCopy = { hash: string; sealed: string }

export type OpenSession = {
  sid: string
  secretHash: string
  now: number
  mfaAt: number | null
  provenAt: number | null
  activeTenant: string | null
  origin: OriginCopy
  /** The id in this browser's device cookie; from now on it has tries of its own. */
  browser: string | null
  events: GuardEvent[]
}

/** A living session as its owner sees it. */
export type SessionRow = { sid: string; openedAt: number; seenAt: number; mfaAt: number | null; activeTenant: string | null; origin: OriginCopy | null }

/** `brute`: too many wrong tries. `dispute`: somebody said that a change of address was not theirs (IFD-63). */
export type LockKind = 'brute' | 'dispute'

export type PasswordForCheck =
  /** `known`: this browser signed in before, and may hear until when. To any other it is a wrong try, and no lock is spoken of. */
  | { state: 'locked'; until: number; known: boolean }
  /** Counted as a wrong try already; `hash` is null for an account that has no password. A dispute is spoken of to the right one only. */
  | { state: 'go'; hash: string | null; mustReset: boolean; changedAt: number; disputedUntil: number | null; mfaEnrolled: boolean; terms: Terms; seats: SeatCopy[]; newDevice: boolean }

/** What a try is at: the sign-in itself, or the second factor after it (counted apart, X-02). */
export type TryKind = 'sign_in' | 'mfa'

/** What becomes of a try that was counted before it was checked. `void`: it was never checked. */
export type TryOutcome = 'right' | 'wrong' | 'void'

export type TokenKind = 'reset' | 'confirm_email' | 'dispute_email' | 'not_me'

export type MintToken = {
  /** SHA-256 (hex) of the token. */
  hash: string
  kind: TokenKind
  now: number
  expiresAt: number
  /** Ids and sealed text only. */
  payload: Record<string, string | number | null>
}

export type Redeemed = { ok: true; payload: Record<string, string | number | null> } | { ok: false; why: 'unknown' | 'used' | 'expired' }

/** What the drain reads from an object that is a source of events (worker/core/audit/guard-row.ts has the same shape). */
export type GuardOutboxRow = {
  destination: string
  n: number
  id: string
  name: string
  subject: string
  actor: { kind: GuardEvent['actorKind']; id: string; role: null }
  at: number
  meta: GuardEvent['meta']
  personal: string | null
}

type SealedText = { sealed: string; sealVersion: number }

/** A change of address: blind indexes to look up by, sealed text to put in force or back. */
export type EmailChange = { id: string; oldIndex: string; oldContact: SealedText; newIndex: string; newAddress: SealedText }

/** `change` is null when it was stopped or is in force already. */
export type EmailConfirmed = { ok: true; change: EmailChange | null } | { ok: false; why: 'unknown' | 'used' | 'expired' }
