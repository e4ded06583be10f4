import type { EventActor, Meta } from './event.ts'

/**
 * One event in the outbox of an object that is a source of its own (AccountGuard, KeyGuard). It carries no MAC: nobody can
 * write an object's storage without deploying code.
 */
export type GuardRow = {
  /** The chain it goes to: a tenant id or `platform`. */
  readonly destination: string
  /** Gap-free per destination, from 1. */
  readonly n: number
  readonly id: string
  readonly name: string
  readonly subject: string
  readonly actor: EventActor
  readonly at: number
  readonly meta: Meta
  /** The sealed personal part as text (see `EventBody.personal`), or null. */
  readonly personal: string | null
}

/** What `outbox(limit)` of such an object answers: rows in order of `n` per destination, and the last number handed out to each destination named in them. */
export type GuardOutbox = { readonly rows: readonly GuardRow[]; readonly highs: Readonly<Record<string, number>> }

/** The two methods such an object offers to the drain. */
export type GuardSource = {
  outbox(limit: number): Promise<GuardOutbox>
  /** Rows of the destination up to and including `n` are sealed and may go. */
  released(destination: string, n: number): Promise<void>
}
