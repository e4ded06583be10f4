import type { KeyGuard } from '../../../durable-objects/key-guard.ts'
import type { Env } from '../env.ts'

/** The only caller of KEY_GUARD: one object per API key, named by the key's id. */
export class KeyGuards {
  readonly #guards: Env['KEY_GUARD']
  constructor(env: Env) {
    this.#guards = env.KEY_GUARD
  }
  of(keyId: string): DurableObjectStub<KeyGuard> {
    return this.#guards.get(this.#guards.idFromName(keyId))
  }
}
