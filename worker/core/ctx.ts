import type { EventActor, RecordedEvent } from './audit/event.ts'
import type { Reach } from './reach.ts'
import type { Policy } from './tenancy/contract.ts'
import type { DirectoryDb } from './tenancy/directory-db.ts'
import type { Read, Write } from './tenancy/statement.ts'
import type { TenantDb } from './tenancy/tenant-db.ts'
import type { Role } from './module.ts'
import type { TenantVault } from './vault/tenant-vault.ts'

/** Where a request came from. Sealed once per session and person-month, referred to by hash from then on. */
export type Origin = {
  /** Text of the sealed personal part, or null for jobs. */
  readonly sealed: string | null
  readonly ip: string
  readonly userAgent: string
}

/** Whoever acts. Nobody is anonymous in the log: a job and a visitor have names too. */
export type Actor =
  | { readonly kind: 'member'; readonly accountId: string; readonly memberId: string; readonly role: Role; readonly session: SessionView }
  | { readonly kind: 'key'; readonly keyId: string; readonly scopes: readonly string[] }
  /** A carrier's program, by a key of that carrier's: it holds no right of the tenant's, and reaches what was sent to that carrier. */
  | { readonly kind: 'carrier'; readonly keyId: string; readonly carrierId: string }
  | { readonly kind: 'system'; readonly job: string }
  | { readonly kind: 'visitor' }

/** What a verb may know of the session it runs in. Never the secret. */
export type SessionView = {
  readonly sid: string
  readonly openedAt: number
  /** The latest moment at which it was seen, this request's among them: what was over then is over, whatever a clock says now. */
  readonly seenAt: number
  /** When a second factor was last proven in this session, or null. */
  readonly mfaAt: number | null
  /** When the person last proved itself again (password, passkey, code), or null. */
  readonly provenAt: number | null
}

/** What every request has, signed in or not. */
export type Visit = {
  /** Epoch milliseconds, taken once at the door. */
  readonly now: number
  readonly origin: Origin
  readonly newId: (prefix: string) => string
  readonly reach: Reach
  readonly directory: DirectoryDb
  /** The deployment's own vault: accounts and platform mail. */
  readonly platformVault: TenantVault
  /** Changes in the directory with their event in the deployment's outbox, in one batch. */
  readonly commitDirectory: (writes: readonly Write[], events: RecordedEvent | readonly [RecordedEvent, ...RecordedEvent[]], actor?: EventActor) => Promise<void>
  /** Work that may be lost (a wake-up, never the thing itself). */
  readonly later: (work: () => Promise<unknown>) => void
}

/** A signed-in person, before or beside any tenant. */
export type AccountCtx = Visit & {
  readonly accountId: string
  readonly session: SessionView
  readonly eventActor: EventActor
}

/** What a verb is given: one tenant, one actor, one moment. */
export type Ctx = Visit & {
  readonly tenant: { readonly id: string; readonly name: string; readonly shard: string; readonly kind: string; readonly preset: string }
  readonly policy: Policy
  readonly actor: Actor
  readonly eventActor: EventActor
  readonly db: TenantDb
  readonly vault: TenantVault
  /**
   * Make the changes happen together with their event(s), or not at all. Both arguments are needed; `Write` and
   * `RecordedEvent` are made nowhere else, so a write without an event does not compile.
   */
  readonly commit: (writes: readonly Write[], events: RecordedEvent | readonly [RecordedEvent, ...RecordedEvent[]]) => Promise<void>
  /** The same, and in the same batch one question of how things stand once the changes are made: a round trip less. */
  readonly commitAsking: <T>(writes: readonly Write[], events: RecordedEvent | readonly [RecordedEvent, ...RecordedEvent[]], asked: Read<T>) => Promise<T>
}
