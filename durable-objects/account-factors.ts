import { AccountCodes } from './account-codes.ts'
import { AccountPasskeys, PASSKEYS_AT_MOST } from './account-passkeys.ts'
import { AccountTickets } from './account-tickets.ts'
import type {
  Cell, Challenge, Changed, Enrolled, FactorsHost, FactorsView, Grant, PasskeyAdded, PasskeyKey, Proved, Refused, Spend, TicketAsked, TicketView, Told, TryTaken,
} from './factor-words.ts'

/** Whether sign-in asks for a second factor, an authenticator or at least one passkey: a condition of any question in its object. */
export const ENROLLED = "(EXISTS (SELECT 1 FROM totp WHERE slot = 'active') OR EXISTS (SELECT 1 FROM passkeys))"

/**
 * The factors of one account: authenticator, recovery codes, passkeys, and the tickets that proving one earns. Held by
 * AccountGuard, which offers every method of this class as a step of `factor`. Each is synchronous: what is decided, what is
 * changed and what is told happen together or not at all.
 */
export class AccountFactors {
  readonly #sql: SqlStorage
  readonly #host: FactorsHost
  readonly #codes: AccountCodes
  readonly #passkeys: AccountPasskeys
  readonly #tickets: AccountTickets

  constructor(sql: SqlStorage, host: FactorsHost) {
    this.#sql = sql
    this.#host = host
    this.#codes = new AccountCodes(sql)
    this.#passkeys = new AccountPasskeys(sql)
    this.#tickets = new AccountTickets(sql)
  }

  enrolled(): boolean {
    return this.#sql.exec<{ enrolled: number }>(`SELECT ${ENROLLED} AS enrolled`).one().enrolled === 1
  }

  /** Every factor, code and ticket of an account that is closed. */
  forget(): void {
    for (const part of [this.#codes, this.#passkeys, this.#tickets]) part.forget()
  }

  view(): FactorsView {
    return { totp: this.#codes.active(), passkeys: this.#passkeys.list(), codesLeft: this.#codes.codesLeft(), enrolled: this.enrolled(), required: this.#host.mfaRequired() }
  }

  /** An action waits for its person: the ticket's id, for the page that asks. */
  askTicket(asked: TicketAsked, now: number): string {
    return this.#tickets.ask(asked, now)
  }

  ticket(id: string, sid: string, now: number): TicketView | null {
    return this.#tickets.view(id, sid, now)
  }

  /** True exactly once per granted ticket. */
  spendTicket(spend: Spend, now: number): boolean {
    return this.#host.settle(() => ({ answer: this.#tickets.spend(spend, now), events: [] }))
  }

  /** The password was right. Enough only where nothing stronger is set up: whoever holds only the password proves nothing new. */
  usePassword(ask: { grant: Grant; now: number; told: Told }): Proved {
    return this.#host.settle<Proved>(() => {
      if (this.enrolled()) return { answer: refused('stronger'), events: [] }
      return this.#prove(ask.grant, false, ask.now, ask.told)
    })
  }

  /** A new authenticator secret, in place of one that was never confirmed. Costs a ticket. */
  beginTotp(ask: { ticket: Spend; id: string; cell: Cell; now: number }): Changed {
    return this.#host.settle<Changed>(() => {
      if (this.#codes.active() !== null) return { answer: refused('exists'), events: [] }
      if (!this.#tickets.spend(ask.ticket, ask.now)) return { answer: refused('ticket'), events: [] }
      this.#codes.begin({ id: ask.id, sid: ask.ticket.sid, cell: ask.cell }, ask.now)
      return { answer: OK, events: [] }
    })
  }

  /** The secret begun in this session and not yet confirmed. */
  pendingTotp(sid: string, now: number): { id: string; cell: Cell } | null {
    return this.#codes.pending(sid, now)
  }

  /** The first code of a new authenticator; `step` null when it matched none. `codes`: hashes kept where there are no codes yet. */
  confirmTotp(ask: { sid: string; id: string; step: number | null; codes: readonly string[]; now: number; told: Told }): Enrolled | Refused<'none' | 'wrong'> {
    return this.#host.settle<Enrolled | Refused<'none' | 'wrong'>>(() => {
      const { sid, id, step, now, told } = ask
      if (this.#codes.pending(sid, now)?.id !== id) return { answer: refused('none'), events: [] }
      if (step === null) return { answer: refused('wrong'), events: told.failed ?? [] }
      if (!this.#codes.confirm(id, step, now)) return { answer: refused('none'), events: [] }
      return { answer: { ok: true, codesKept: this.#enrolledIn(sid, ask.codes, now) }, events: told.done }
    })
  }

  disableTotp(ask: { ticket: Spend; now: number; told: Told }): Changed {
    return this.#change(ask, () => {
      if (this.#codes.active() === null) return refused('none')
      if (this.#passkeys.count() === 0 && this.#host.mfaRequired()) return refused('last')
      return null
    }, () => this.#codes.remove())
  }

  /** Counts a try before the code is compared; the secret leaves only while tries are left. */
  tryTotp(now: number): TryTaken {
    return this.#host.settle(() => ({ answer: this.#codes.tryTotp(now), events: [] }))
  }

  /** How a counted try ended: the time step that matched, or null. A step works once. */
  useTotp(ask: { id: string; step: number | null; grant: Grant; now: number; told: Told }): Proved {
    return this.#host.settle<Proved>(() => {
      const { id, step, grant, now, told } = ask
      if (step !== null && this.#codes.useStep(id, step)) return this.#prove(grant, true, now, told)
      this.#host.missed(now)
      return { answer: refused(step === null ? 'wrong' : 'used'), events: told.failed ?? [] }
    })
  }

  /** A recovery code by its hash. Works once. */
  useCode(ask: { hash: string; grant: Grant; now: number; told: Told }): Proved {
    return this.#host.settle<Proved>(() => {
      const used = this.#codes.useCode(ask.hash, ask.now)
      if (used.ok) return this.#prove(ask.grant, true, ask.now, ask.told)
      if (used.reason === 'wrong') this.#host.missed(ask.now)
      return { answer: used, events: used.reason === 'wrong' ? (ask.told.failed ?? []) : [] }
    })
  }

  /** Ten new codes; every old one is void. */
  replaceCodes(ask: { ticket: Spend; codes: readonly string[]; now: number; told: Told }): Changed {
    return this.#host.settle<Changed>(() => {
      if (!this.enrolled()) return { answer: refused('none'), events: [] }
      if (!this.#tickets.spend(ask.ticket, ask.now)) return { answer: refused('ticket'), events: [] }
      this.#codes.replaceCodes(ask.codes)
      return { answer: OK, events: ask.told.done }
    })
  }

  /** A verified registration. Its challenge was given out for a ticket, so it costs none of its own. */
  addPasskey(ask: { sid: string; challenge: Challenge; passkey: PasskeyAdded; codes: readonly string[]; now: number; told: Told }): Enrolled | Refused<'challenge' | 'exists' | 'too_many'> {
    return this.#host.settle<Enrolled | Refused<'challenge' | 'exists' | 'too_many'>>(() => {
      const { sid, challenge, passkey, now, told } = ask
      if (!this.#passkeys.answer(challenge, now)) return { answer: refused('challenge'), events: [] }
      if (this.#passkeys.key(passkey.id)) return { answer: refused('exists'), events: [] }
      if (this.#passkeys.count() >= PASSKEYS_AT_MOST) return { answer: refused('too_many'), events: [] }
      this.#passkeys.add(passkey, now)
      return { answer: { ok: true, codesKept: this.#enrolledIn(sid, ask.codes, now) }, events: told.done }
    })
  }

  renamePasskey(ask: { id: string; name: Cell; told: Told }): Changed {
    return this.#host.settle<Changed>(() => {
      if (!this.#passkeys.rename(ask.id, ask.name)) return { answer: refused('none'), events: [] }
      return { answer: OK, events: ask.told.done }
    })
  }

  removePasskey(ask: { ticket: Spend; id: string; now: number; told: Told }): Changed {
    return this.#change(ask, () => {
      if (!this.#passkeys.key(ask.id)) return refused('none')
      if (this.#passkeys.count() === 1 && this.#codes.active() === null && this.#host.mfaRequired()) return refused('last')
      return null
    }, () => this.#passkeys.remove(ask.id))
  }

  /** What the Worker needs to verify an assertion. */
  passkeyKey(id: string): PasskeyKey | null {
    return this.#passkeys.key(id)
  }

  /** A verified assertion: its challenge works once, its counter only rises. */
  usePasskey(ask: { id: string; counter: number; backedUp: boolean; challenge: Challenge; grant: Grant; now: number; told: Told }): Proved {
    return this.#host.settle<Proved>(() => {
      const { id, counter, backedUp, challenge, grant, now, told } = ask
      if (!this.#passkeys.answer(challenge, now)) return { answer: refused('challenge'), events: [] }
      if (!this.#passkeys.key(id)) return { answer: refused('none'), events: [] }
      if (!this.#passkeys.advance(id, { counter, backedUp, now })) return { answer: refused('used'), events: told.failed ?? [] }
      return this.#prove(grant, true, now, told)
    })
  }

  /** A removal that costs a ticket: checked, paid, done, told; the recovery codes go with the last factor. */
  #change(ask: { ticket: Spend; now: number; told: Told }, obstacle: () => Changed | null, remove: () => void): Changed {
    return this.#host.settle<Changed>(() => {
      const found = obstacle()
      if (found) return { answer: found, events: [] }
      if (!this.#tickets.spend(ask.ticket, ask.now)) return { answer: refused('ticket'), events: [] }
      remove()
      if (!this.enrolled()) this.#codes.replaceCodes([])
      this.#host.endOthers(ask.ticket.sid)
      return { answer: OK, events: ask.told.done }
    })
  }

  /** A factor was added: this session has just shown it, every other one must; the first factor brings the codes. */
  #enrolledIn(sid: string, codes: readonly string[], now: number): boolean {
    const first = this.#codes.codesLeft() === 0
    if (first) this.#codes.replaceCodes(codes)
    this.#host.prove(sid, { mfa: true, now, secretHash: null })
    this.#host.endOthers(sid)
    return first
  }

  /** What a proof earns. */
  #prove(grant: Grant, mfa: boolean, now: number, told: Told): { answer: Proved; events: Told['done'] } {
    const passed = { answer: { ok: true, codesLeft: this.#codes.codesLeft() } as const, events: told.done }
    if (grant.kind === 'open') return passed
    if (grant.kind === 'exact') {
      if (!this.#tickets.view(grant.ticketId, grant.sid, now)) return { answer: refused('ticket'), events: [] }
      this.#tickets.grant(grant.ticketId, grant.sid, now)
    }
    const lives = this.#host.prove(grant.sid, { mfa, now, secretHash: grant.kind === 'sign_in' ? grant.secretHash : null })
    return lives ? passed : { answer: refused('session'), events: [] }
  }
}

/** A method of AccountFactors by name. */
export type FactorStep = Exclude<keyof AccountFactors, 'forget'>

const OK = { ok: true } as const
const refused = <R extends string>(reason: R): Refused<R> => ({ ok: false, reason })
