import type { WakeKind } from '../../../durable-objects/verbs-port.ts'
import type { Env } from '../env.ts'

/**
 * The only caller of TIMERS: one object per tenant. A timer makes something prompt, never sure: `due_at` in D1 is the
 * truth, and the minute cron finds what a lost timer would have rung for.
 */
export class TimersClient {
  readonly #timers: Env['TIMERS']

  constructor(env: Env) {
    this.#timers = env.TIMERS
  }

  /** Wake `kind` for the tenant at `dueAt` (epoch ms). Timers of one kind may be many; each moment rings once. */
  set(tenantId: string, now: number, kind: WakeKind, dueAt: number): Promise<void> {
    return this.#timers.get(this.#timers.idFromName(tenantId)).set(tenantId, now, kind, dueAt)
  }

  /** Forget every timer of a tenant that is gone. */
  clear(tenantId: string): Promise<void> {
    return this.#timers.get(this.#timers.idFromName(tenantId)).clear()
  }
}
