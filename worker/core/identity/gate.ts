import type { GateEntered, GateTry } from '../../../durable-objects/gate-words.ts'
import type { Env } from '../env.ts'

const GATES = 256

/** The only caller of SIGN_IN_GATE: 256 objects, dealt by the address's blind index. */
export class Gate {
  readonly #gates: Env['SIGN_IN_GATE']
  constructor(env: Env) {
    this.#gates = env.SIGN_IN_GATE
  }

  /** Take one try at an address, before anything is looked up or hashed. */
  enter(asked: GateTry): Promise<GateEntered> {
    return this.#of(asked.address).enter(asked)
  }

  settle(settled: GateTry & { outcome: 'right' | 'wrong' | 'void'; lockMs: number | null }): Promise<{ justLocked: boolean }> {
    return this.#of(settled.address).settle(settled)
  }

  async trust(trusted: { address: string; browser: string; now: number }): Promise<void> {
    await this.#of(trusted.address).trust(trusted)
  }

  async clear(cleared: { address: string; distrust: boolean }): Promise<void> {
    await this.#of(cleared.address).clear(cleared)
  }

  #of(address: string) {
    const at = [...address].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % GATES, 0)
    return this.#gates.get(this.#gates.idFromName(`gate-${at}`))
  }
}
