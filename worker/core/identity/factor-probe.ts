import { newId } from '../id.ts'
import { PLATFORM } from '../reach.ts'
import type { Probe, ProbeParts } from '../trust/probe.ts'
import { CODE_TRIES } from '../../../durable-objects/account-codes.ts'
import { totpField } from './factor-declarations.ts'
import { askFactors } from './factors.ts'
import { newTotpSecret } from './totp.ts'

/** A guard of nobody's, for this probe alone. */
const NOBODY = 'probe'
const TRIES = 7

/** Plays a person with an authenticator at a guard that belongs to nobody, and leaves it as it was found. */
export const factorProbe: Probe = {
  id: 'identity.factors',
  says: 'A made-up account sets up an authenticator, has its code replayed and guessed at, and turns it off again',
  unit: 'guesses let through',
  measure: async (parts) => {
    const { reach, now } = parts
    const sid = newId('ses', now)
    const opening = { sid, secretHash: '', now, mfaAt: null, provenAt: now, activeTenant: null, origin: { hash: NOBODY, sealed: '' }, browser: null, events: [] }
    await reach.guards.of(NOBODY).openSession(opening)
    const visitor = new Visitor(parts, sid)
    await visitor.turnOff() // should an earlier run have been cut off
    const unasked = await visitor.begin()
    await visitor.confirmed(() => visitor.begin())
    const replayed = await visitor.replay()
    const through = await visitor.guess()
    await visitor.turnOff()
    await reach.guards.of(NOBODY).closeSession({ sid, now, events: [] })
    return { passed: !unasked && !replayed && through === CODE_TRIES, value: `${through} of ${TRIES} guesses let through, a used code ${replayed ? 'accepted' : 'refused'}`, measure: through }
  },
}

const told = { done: [] }

/** The steps of the made-up person. Its time steps are milliseconds, so that each run's are later than the last one's. */
class Visitor {
  readonly #parts: ProbeParts
  readonly #sid: string
  #step: number

  constructor(parts: ProbeParts, sid: string) {
    this.#parts = parts
    this.#sid = sid
    this.#step = parts.now
  }

  /** True when a secret could be begun, which takes a ticket. */
  async begin(): Promise<boolean> {
    const { reach, now } = this.#parts
    const cell = await reach.vault(PLATFORM, 1, now).seal(totpField, NOBODY, { secret: newTotpSecret() })
    const begun = await askFactors(this.#parts, NOBODY, 'beginTotp', { ticket: this.#ticket, id: NOBODY, cell, now })
    if (begun.ok) await askFactors(this.#parts, NOBODY, 'confirmTotp', { sid: this.#sid, id: NOBODY, step: this.#step, codes: [], now, told })
    return begun.ok
  }

  /** Proves itself for the one act there is, then does it. */
  async confirmed(act: () => Promise<unknown>): Promise<void> {
    const { now } = this.#parts
    const ticketId = await askFactors(this.#parts, NOBODY, 'askTicket', { id: newId('tkt', now), ...this.#ticket, verb: 'core.probe', tenant: null, row: null, field: null }, now)
    const grant = { kind: 'exact', sid: this.#sid, ticketId } as const
    this.#step += 1
    const { totp } = await askFactors(this.#parts, NOBODY, 'view')
    if (totp) await askFactors(this.#parts, NOBODY, 'useTotp', { id: totp.id, step: this.#step, grant, now, told })
    else await askFactors(this.#parts, NOBODY, 'usePassword', { grant, now, told })
    await act()
  }

  /** True when the code that confirmed the authenticator is taken a second time. */
  async replay(): Promise<boolean> {
    const { now } = this.#parts
    return (await askFactors(this.#parts, NOBODY, 'useTotp', { id: NOBODY, step: this.#step, grant: { kind: 'open' }, now, told })).ok
  }

  /** How many guesses get to see the secret. */
  async guess(): Promise<number> {
    const taken = await Promise.all(Array.from({ length: TRIES }, () => askFactors(this.#parts, NOBODY, 'tryTotp', this.#parts.now)))
    return taken.filter((each) => each.ok).length
  }

  async turnOff(): Promise<void> {
    const { totp } = await askFactors(this.#parts, NOBODY, 'view')
    if (totp) await this.confirmed(() => askFactors(this.#parts, NOBODY, 'disableTotp', { ticket: this.#ticket, now: this.#parts.now, told }))
  }

  get #ticket() {
    return { sid: this.#sid, binding: 'probe' }
  }
}
