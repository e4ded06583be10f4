// Over 250 lines: the whole surface of one object, word by word, belongs in one file; what it does lies in its parts.
import { DurableObject } from 'cloudflare:workers'
import { AccountDevices } from './account-devices.ts'
import { AccountEmail } from './account-email.ts'
import { AccountFactors, type FactorStep } from './account-factors.ts'
import { AccountFacts } from './account-facts.ts'
import { AccountPassword } from './account-password.ts'
import { AccountSessions } from './account-sessions.ts'
import { AccountTokens } from './account-tokens.ts'
import type {
  EmailChange, EmailConfirmed, GuardEvent, GuardOutboxRow, LockKind, MintToken, OpenSession, OriginCopy, PasswordForCheck, Present, Presented, Redeemed, SeatCopy, SessionRow, Terms, TokenKind, TryKind, TryOutcome,
} from './account-words.ts'
import { clockLead } from './alarm-time.ts'
import type { FactorsHost } from './factor-words.ts'
import { MinuteLimit } from './minute-limit.ts'
import { ObjectOutbox } from './object-outbox.ts'
import { verbsOf } from './verbs-port.ts'

/** How long after a failed drain the next one is tried. */
const DRAIN_AGAIN_MS = 10_000

/**
 * One account: its sessions, password, tries, locks, devices, tokens, limit, and a copy of the seats it has in tenants.
 * It orders everything that must not race: two redemptions of one token, a password change and the end of every session.
 * When it is gone, nobody can use this account; nothing else stops. Reads no clock, holds no key: hashes and sealed text
 * come in, tagged data goes out.
 */
export class AccountGuard extends DurableObject<unknown> {
  readonly #facts: AccountFacts
  readonly #sessions: AccountSessions
  readonly #password: AccountPassword
  readonly #tokens: AccountTokens
  readonly #devices: AccountDevices
  readonly #email: AccountEmail
  readonly #factors: AccountFactors
  readonly #outbox: ObjectOutbox
  readonly #limit = new MinuteLimit()
  readonly #id: string

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env)
    const { sql } = ctx.storage
    this.#id = ctx.id.name ?? ctx.id.toString()
    this.#facts = new AccountFacts(sql)
    this.#sessions = new AccountSessions(sql)
    this.#password = new AccountPassword(sql)
    this.#tokens = new AccountTokens(sql)
    this.#devices = new AccountDevices(sql)
    this.#email = new AccountEmail(sql)
    this.#factors = new AccountFactors(sql, this.#factorsHost())
    this.#outbox = new ObjectOutbox(sql, this.#id)
  }

  /** One step of the account's factors: authenticator, recovery codes, passkeys, step-up tickets. See AccountFactors. */
  factor(step: FactorStep, asked: Parameters<AccountFactors[FactorStep]>): ReturnType<AccountFactors[FactorStep]> {
    const act = this.#factors[step] as (...asked: unknown[]) => ReturnType<AccountFactors[FactorStep]> // `as`: worker/core/identity/factors.ts pairs each step with what it asks
    return act.apply(this.#factors, asked)
  }

  /**
   * Who stands behind a cookie, all of it in one call: session, seats, terms, limit; rotates the secret where that is due. It
   * changes one row at most, so it needs no transaction of its own.
   */
  present(asked: Present): Presented {
    const { seats, terms, contact } = this.#facts.all()
    const found = this.#sessions.present(asked, terms)
    if (!found) return { ok: false }
    const limit = this.#limit.count(asked.now, terms.requests, asked.counts)
    return { ok: true, ...found, seats, terms, contact, limit }
  }

  /** Take a copy of every seat. A changed role gives every session a new secret. */
  remember(told: { seats: SeatCopy[] }): void {
    this.ctx.storage.transactionSync(() => this.#remember(told.seats))
  }

  /** Take a copy of one seat as it stands now; null where there is none any more. */
  rememberSeat(tenantId: string, seat: SeatCopy | null): void {
    this.ctx.storage.transactionSync(() => {
      const { seats } = this.#facts
      const at = seats.findIndex((each) => each.tenantId === tenantId)
      const others = seats.filter((each) => each.tenantId !== tenantId)
      this.#remember(seat ? others.toSpliced(at < 0 ? others.length : at, 0, seat) : others)
    })
  }

  /** A new account: its password, if it has one, and its contact. Does nothing to one that is set up. */
  setUp(account: { passwordHash: string | null; contact: { sealed: string; sealVersion: number }; now: number }): void {
    this.ctx.storage.transactionSync(() => {
      if (this.#facts.contact) return
      this.#facts.setContact(account.contact)
      if (account.passwordHash !== null) this.#password.set(account.passwordHash, account.now)
    })
  }

  setContact(contact: { sealed: string; sealVersion: number }): void {
    this.#facts.setContact(contact)
  }

  /** What the Worker last told. */
  recall(): { seats: SeatCopy[]; terms: Terms; contact: { sealed: string; sealVersion: number } | null; mfaEnrolled: boolean } {
    const { seats, terms, contact } = this.#facts
    return { seats, terms, contact, mfaEnrolled: this.#mfaEnrolled }
  }

  /** Whether nobody signed in to this account from there within 90 days. */
  deviceIsNew(asked: { device: string; now: number }): boolean {
    return this.#devices.isNew(asked.device, asked.now)
  }

  /** Nobody gets in while a dispute stands, nor after a reported sign-in until the password was reset, whatever the proof. */
  openSession(opening: OpenSession): { state: 'open'; newDevice: boolean } | { state: 'locked'; until: number } | { state: 'must_reset' } {
    const until = this.#password.disputedUntil(opening.now)
    if (until !== null) return { state: 'locked', until }
    if (this.#password.read().mustReset) return { state: 'must_reset' }
    return this.#change(opening.now, opening.events, () => {
      const { origin, now, browser } = opening
      const newDevice = this.#devices.isNew(origin.hash, now)
      this.#devices.see(origin.hash, now)
      this.#sessions.keepOrigin(origin, now)
      this.#sessions.open({ ...opening, originHash: origin.hash })
      // Half a sign-in earns no trust: whoever has only the password is a stranger still.
      if (browser !== null && (!this.#mfaEnrolled || opening.mfaAt !== null)) this.#password.trust(browser, now)
      return { state: 'open', newDevice } as const
    })
  }

  closeSession(closing: { sid: string; now: number; events: GuardEvent[] }): boolean {
    return this.#change(closing.now, closing.events, () => this.#sessions.close(closing.sid))
  }

  /** End every session, or every one but `keep`. Answers with how many. */
  closeSessions(closing: { keep: string | null; now: number; events: GuardEvent[] }): number {
    return this.#change(closing.now, closing.events, () => this.#sessions.closeAll(closing.keep))
  }

  listSessions(now: number): SessionRow[] {
    return this.#sessions.list(now, this.#facts.terms, this.#mfaEnrolled)
  }

  /** The session works in another tenant from now on, under a new secret. False when the account has no seat there. */
  switchTenant(switching: { sid: string; tenantId: string; nextSecretHash: string; now: number; events: GuardEvent[] }): boolean {
    const { sid, tenantId, nextSecretHash, now } = switching
    if (!this.#facts.seats.some((seat) => seat.tenantId === tenantId)) return false
    return this.#change(now, switching.events, () => this.#sessions.activate(sid, tenantId) && this.#sessions.rotate(sid, nextSecretHash, now))
  }

  /** The browser speaks from elsewhere now: later events of the session name that origin. */
  moveSession(moving: { sid: string; origin: OriginCopy; now: number }): void {
    this.ctx.storage.transactionSync(() => {
      this.#sessions.keepOrigin(moving.origin, moving.now)
      this.#sessions.moveTo(moving.sid, moving.origin.hash)
    })
  }

  /** The password's hash against one try, counted before it is checked; or the lock that stands in the way. */
  passwordForCheck(asked: { now: number; browser: string | null; device: string }): PasswordForCheck {
    return this.ctx.storage.transactionSync(() => {
      const { terms, seats } = this.#facts
      const until = this.#password.bruteUntil(asked.browser, terms, asked.now) ?? this.#password.take('sign_in', asked.browser, terms, asked.now)
      if (until !== null) return { state: 'locked', until, known: this.#password.knows(asked.browser) }
      return { state: 'go', ...this.#password.read(), disputedUntil: this.#password.disputedUntil(asked.now), mfaEnrolled: this.#mfaEnrolled, terms, seats, newDevice: this.#devices.isNew(asked.device, asked.now) }
    })
  }

  /** What the check said. `rehashed` is the same password under the parameters that now hold. */
  recordResult(result: { kind: TryKind; outcome: TryOutcome; browser: string | null; now: number; rehashed?: { from: string; to: string }; events: GuardEvent[]; onLock: GuardEvent[] }): { justLocked: boolean; lockMs: number } {
    return this.#change(result.now, result.events, () => {
      const { terms } = this.#facts
      const justLocked = this.#password.settle(result.kind, result.browser, result.outcome)
      if (justLocked) this.#record(result.onLock)
      if (result.outcome === 'right' && result.rehashed) this.#password.rehash(result.rehashed.from, result.rehashed.to)
      return { justLocked, lockMs: terms.lockMs }
    })
  }

  /**
   * A new password, and the end of every session but `keep`, which gets a new secret (SPO-34). Null where the password is no
   * longer `proven`, the one since that moment: a change that hung must not undo the next one.
   */
  setPassword(setting: { hash: string; proven: number | null; keep: { sid: string; nextSecretHash: string } | null; now: number; events: GuardEvent[] }): number | null {
    if (setting.proven !== null && setting.proven !== this.#password.read().changedAt) return null
    return this.#change(setting.now, setting.events, () => this.#replacePassword(setting.hash, setting.keep, setting.now))
  }

  /** The lock that stands in this browser's way, if any. */
  lockOf(asked: { browser: string | null; now: number }): { kind: LockKind; until: number } | null {
    return this.#password.lock(asked.browser, this.#facts.terms, asked.now)
  }

  mintToken(token: MintToken): void {
    this.#tokens.mint(token)
  }

  lookToken(asked: { hash: string; kind: TokenKind; now: number }): Redeemed {
    return this.#tokens.look(asked.hash, asked.kind, asked.now)
  }

  /** Check and set: of many at once exactly one gets `ok`. */
  redeemToken(asked: { hash: string; kind: TokenKind; now: number; events: GuardEvent[] }): Redeemed {
    return this.#redeemed(asked, () => undefined)
  }

  /** A reset: the token is spent, the password set, every session ended, wrong tries forgiven; a dispute lock stands. */
  resetPassword(asked: { tokenHash: string; hash: string; now: number; events: GuardEvent[] }): Redeemed {
    return this.#redeemed({ hash: asked.tokenHash, kind: 'reset', now: asked.now, events: asked.events }, () => {
      this.#replacePassword(asked.hash, null, asked.now)
      this.#password.clearTries()
      this.#tokens.void(['reset'], asked.now)
    })
  }

  /** "That was not me": every session ends, every browser is a stranger again, the password must be reset. */
  reportNotMe(asked: { hash: string; now: number; events: GuardEvent[] }): Redeemed {
    return this.#redeemed({ ...asked, kind: 'not_me' }, () => this.#shutOut())
  }

  /** A change of address is asked for; it takes the place of an earlier one that waits. */
  beginEmail(asked: { change: EmailChange; now: number; events: GuardEvent[] }): void {
    this.#change(asked.now, asked.events, () => this.#email.begin(asked.change, asked.now))
  }

  /** The new address was confirmed; `change` says what to put in force, null where it was stopped meanwhile. */
  confirmEmail(asked: { hash: string; now: number; events: GuardEvent[] }): EmailConfirmed {
    const found = this.#redeemed({ ...asked, kind: 'confirm_email' }, (payload) => this.#email.confirm(String(payload['change'])))
    return found.ok ? { ok: true, change: this.#email.confirm(String(found.payload['change'])) } : found
  }

  /** A confirmed change that is not in force yet; null for any other. */
  confirmedEmail(id: string): EmailChange | null {
    return this.#email.confirm(id, { pendingToo: false })
  }

  /** The directory has the new address. Answers with the change where it was disputed in between: then the old one must go back. */
  emailApplied(id: string): EmailChange | null {
    return this.#email.applied(id)
  }

  /** Somebody else has the new address: nothing comes of the change. */
  dropEmail(id: string): void {
    this.#email.drop(id)
  }

  /** A disputed change whose old address the directory is still owed; null for any other. */
  disputedEmail(id: string): EmailChange | null {
    return this.#email.disputed(id)
  }

  /** The directory has the old address again. */
  emailUndone(id: string): void {
    this.#email.undone(id)
  }

  /** The change was not the owner's: it is stopped, everyone is out, and the account locked while a reset still works (IFD-63). */
  disputeEmail(asked: { hash: string; now: number; lockMs: number; events: GuardEvent[] }): Redeemed {
    const looked = this.#tokens.look(asked.hash, 'dispute_email', asked.now)
    if (looked.ok && !this.#email.disputable(String(looked.payload['change']))) return { ok: false, why: 'used' }
    return this.#redeemed({ ...asked, kind: 'dispute_email' }, ({ change }) => {
      this.#email.dispute(String(change))
      this.#shutOut()
      this.#tokens.void(['confirm_email', 'reset'], asked.now)
      this.#password.disputeUntil(asked.now + asked.lockMs)
    })
  }

  /** The account is closed: nothing signs in to it, and nothing of its person is left here but the events under way. Safe to repeat. */
  close(asked: { now: number; events: GuardEvent[] }): void {
    this.#change(asked.now, asked.events, () => {
      this.#devices.forgetAll()
      for (const part of [this.#sessions, this.#password, this.#tokens, this.#email, this.#factors, this.#facts]) part.forget()
    })
  }

  outbox(limit: number): { rows: GuardOutboxRow[]; highs: Record<string, number> } {
    return this.#outbox.read(limit)
  }

  released(destination: string, n: number): void {
    this.#outbox.release(destination, n)
  }

  override async alarm(): Promise<void> {
    try {
      await verbsOf(this.ctx).wake('drain-guard', `account:${this.#id}`)
    } finally {
      if (!this.#outbox.isEmpty) await this.ctx.storage.setAlarm(DRAIN_AGAIN_MS - clockLead(0))
    }
  }

  get #mfaEnrolled(): boolean {
    return this.#factors.enrolled()
  }

  #factorsHost(): FactorsHost {
    return {
      settle: (step) => {
        const { answer, events } = this.ctx.storage.transactionSync(() => {
          const settled = step()
          this.#record(settled.events)
          return settled
        })
        for (const { at } of events.slice(0, 1)) this.#drainSoon(at)
        return answer
      },
      mfaRequired: () => this.#facts.terms.mfa === 'required',
      prove: (sid, { mfa, now, secretHash }) => {
        if (!this.#sessions.prove(sid, { mfa, now })) return false
        if (secretHash !== null) this.#sessions.rotate(sid, secretHash, now)
        if (mfa) this.#trustAfterFactor(sid, now)
        return true
      },
      endOthers: (sid) => void this.#sessions.closeAll(sid),
      missed: (now) => void this.#password.take('mfa', null, this.#facts.terms, now),
    }
  }

  #trustAfterFactor(sid: string, now: number): void {
    this.#password.settle('mfa', null, 'right')
    const browser = this.#sessions.browserOf(sid)
    if (browser !== null) this.#password.trust(browser, now)
  }

  #remember(seats: SeatCopy[]): void {
    const { roleChanged, left } = this.#facts.remember(seats)
    for (const tenantId of left) this.#sessions.deactivate(tenantId)
    if (roleChanged) this.#sessions.rotateAllSoon()
  }

  #replacePassword(hash: string, keep: { sid: string; nextSecretHash: string } | null, now: number): number {
    this.#password.set(hash, now)
    const ended = this.#sessions.closeAll(keep?.sid ?? null)
    if (keep) this.#sessions.renew(keep.sid, keep.nextSecretHash, now)
    return ended
  }

  #shutOut(): void {
    this.#sessions.closeAll(null)
    this.#password.forceReset()
    this.#password.distrustAll()
    this.#devices.forgetAll()
  }

  #redeemed(asked: { hash: string; kind: TokenKind; now: number; events: GuardEvent[] }, then: (payload: Record<string, string | number | null>) => void): Redeemed {
    const { hash, kind, now, events } = asked
    const found = this.ctx.storage.transactionSync(() => {
      const redeemed = this.#tokens.redeem(hash, kind, now)
      if (redeemed.ok) {
        then(redeemed.payload)
        this.#record(events)
      }
      return redeemed
    })
    this.#drainSoon(now)
    return found
  }

  /** One change with its events, in one transaction; then the drain is due. `false` means that nothing changed. */
  #change<T>(now: number, events: readonly GuardEvent[], change: () => T): T {
    const result = this.ctx.storage.transactionSync(() => {
      const outcome = change()
      if (outcome !== false) this.#record(events)
      return outcome
    })
    this.#drainSoon(now)
    return result
  }

  /** To the deployment's log, and to the log of every tenant that wants sign-in events in its own. */
  #record(events: readonly GuardEvent[]): void {
    const tenants = this.#facts.seats.filter((seat) => seat.policy['audit.auth_events'] === 'on').map((seat) => seat.tenantId)
    this.#outbox.append(events, ['platform', ...tenants])
  }

  #drainSoon(now: number): void {
    if (!this.#outbox.isEmpty) this.ctx.waitUntil(this.ctx.storage.setAlarm(now - clockLead(now)))
  }
}
