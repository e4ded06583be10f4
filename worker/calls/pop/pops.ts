import type { HungUp, Listener, PopBeginning, PopBegun, PopCell } from '../../../durable-objects/pop-words.ts'
import type { Env } from '../../core/env.ts'
import type { SealedCell } from '../../core/vault/sealed.ts'

/** In which header the object reads who listens. */
const LISTENER = 'X-Listener'

/** The only caller of SCREEN_POP: one object per organisation, named by the tenant's id. */
export class Pops {
  readonly #object: ReturnType<Env['SCREEN_POP']['get']>
  readonly #tenantId: string

  constructor({ reach, tenantId }: { reach: { readonly env: Env }; tenantId: string }) {
    const { SCREEN_POP } = reach.env
    this.#object = SCREEN_POP.get(SCREEN_POP.idFromName(tenantId))
    this.#tenantId = tenantId
  }

  /** A socket of this listener's, as the answer that opens it. Whoever calls this has asked who it is and what it may. */
  listen(listener: Listener, now: number): Promise<Response> {
    return this.#object.fetch('https://screen-pop/', { headers: { Upgrade: 'websocket', [LISTENER]: JSON.stringify({ ...listener, now }) } })
  }

  begin(begun: Omit<PopBegun, 'tenantId'>): Promise<PopBeginning> {
    return this.#object.begin({ tenantId: this.#tenantId, ...begun })
  }

  show(callId: string, { sealed, sealVersion }: SealedCell, now: number): Promise<boolean> {
    return this.#object.show({ callId, sealed, sealVersion, now })
  }

  async tell(memberId: string, now: number): Promise<void> {
    await this.#object.tell({ memberId, now })
  }

  shown(memberId: string, now: number): Promise<PopCell[]> {
    return this.#object.shown({ memberId, now })
  }

  listeners(memberId: string): Promise<Listener[]> {
    return this.#object.listeners(memberId)
  }

  keepOnly(accountId: string, sids: readonly string[]): Promise<void> {
    return this.#object.keepOnly({ accountId, sids })
  }

  async hangUp(whose: HungUp): Promise<void> {
    await this.#object.hangUp(whose)
  }

  dismiss(callId: string, memberId: string, now: number): Promise<void> {
    return this.#object.dismiss({ callId, memberId, now })
  }

  expire(now: number): Promise<string[]> {
    return this.#object.expire(now)
  }

  async ended(callIds: readonly string[]): Promise<void> {
    await this.#object.ended(callIds)
  }

  forget(): Promise<void> {
    return this.#object.forget()
  }
}
