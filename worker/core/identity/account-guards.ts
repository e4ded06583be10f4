import type { AccountGuard } from '../../../durable-objects/account-guard.ts'
import type { Env } from '../env.ts'

/** The only caller of ACCOUNT_GUARD: one object per account, named by its id. */
export class AccountGuards {
  readonly #guards: Env['ACCOUNT_GUARD']
  constructor(env: Env) {
    this.#guards = env.ACCOUNT_GUARD
  }
  /** The guard of one account. A fresh stub each time: a stub is broken after an exception. */
  of(accountId: string): DurableObjectStub<AccountGuard> {
    return this.#guards.get(this.#guards.idFromName(accountId))
  }
}
