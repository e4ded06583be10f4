import type { JobParts } from '../job.ts'

/** What one run of a sweep came to. */
export type Swept = {
  /** Things that went. */
  readonly done: number
  readonly failed: number
  /** Where the next run goes on, or null: nothing that is due is left. */
  readonly cursor: string | null
}

export type SweepTerms = {
  /** How long the rule keeps, in milliseconds; null where a tenant's policy says it or the rows themselves do. */
  readonly keepMs: number | null
  /** Where the run before stopped. */
  readonly cursor: string | null
  /** At most so many things; the rest is for the next hour. */
  readonly budget: number
}

/** Carries out one retention rule of a manifest, for the whole deployment. Resumable, idempotent; costs what is due, not what is kept. */
export type Sweep = {
  /** The rule's name in its manifest: the period is read there and nowhere else. */
  readonly rule: string
  readonly run: (parts: JobParts, terms: SweepTerms) => Promise<Swept>
}
