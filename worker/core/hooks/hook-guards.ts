import type { HookGuard } from '../../../durable-objects/hook-guard.ts'
import type { Env } from '../env.ts'

/** The only caller of HOOK_GUARD: one object per organisation, named by the tenant's id. */
export class HookGuards {
  readonly #guards: Env['HOOK_GUARD']
  constructor(env: Env) {
    this.#guards = env.HOOK_GUARD
  }
  of(tenantId: string): DurableObjectStub<HookGuard> {
    return this.#guards.get(this.#guards.idFromName(tenantId))
  }
}
