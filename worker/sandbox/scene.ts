import type { JobParts } from '../core/job.ts'
import type { WakeKind } from '../../durable-objects/verbs-port.ts'
import type { SandboxEnv } from './env.ts'
import type { SandboxStore } from './store.ts'

/** What the wiring lends to the sandbox: the product's own schedule and wake-ups, and what its pages link to in their head. */
export type House = {
  readonly runCron: (parts: JobParts, cron: string) => Promise<void>
  readonly wake: (parts: JobParts, kind: WakeKind, id: string) => Promise<void>
  /** The product's own front door, as a stranger outside reaches it. */
  readonly knock: (request: Request) => Promise<Response>
  readonly crons: readonly string[]
  readonly head: readonly HeadLink[]
}

/** A stylesheet or an icon of the product's own pages. */
export type HeadLink = { readonly rel: 'stylesheet' | 'icon'; readonly href: string }

/** One request to the sandbox. */
export type Scene = JobParts & { readonly env: SandboxEnv; readonly store: SandboxStore; readonly house: House }
