import type { LockKind, Terms, TryKind, TryOutcome } from './account-words.ts'
import { lockedUntil, NO_TRIES, settle, take, type Tries } from './try-rule.ts'

/** The pool of tries of every browser that never signed in to this account. */
const STRANGERS = ''

/**
 * The password of one account, its locks and its tries. Browsers that signed in before have tries of their own, so that a
 * stranger's guessing cannot lock the owner out. Part of AccountGuard, whose transaction it runs in.
 */
export class AccountPassword {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS password (only INTEGER PRIMARY KEY CHECK (only = 1), hash TEXT, must_reset INTEGER NOT NULL, changed_at INTEGER NOT NULL)')
    sql.exec('CREATE TABLE IF NOT EXISTS tries (kind TEXT NOT NULL, browser TEXT NOT NULL, wrong INTEGER NOT NULL, locked_at INTEGER, told INTEGER NOT NULL, PRIMARY KEY (kind, browser)) WITHOUT ROWID')
    sql.exec('CREATE TABLE IF NOT EXISTS dispute (only INTEGER PRIMARY KEY CHECK (only = 1), until INTEGER NOT NULL)')
    sql.exec('CREATE TABLE IF NOT EXISTS browsers (id TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) WITHOUT ROWID')
  }

  /** The PHC string, or null where there is none, and since when: 0 where there never was one. */
  read(): { hash: string | null; mustReset: boolean; changedAt: number } {
    const row = this.#sql.exec<{ hash: string | null; must_reset: number; changed_at: number }>('SELECT hash, must_reset, changed_at FROM password').toArray()[0]
    return { hash: row?.hash ?? null, mustReset: row?.must_reset === 1, changedAt: row?.changed_at ?? 0 }
  }

  set(hash: string, now: number): void {
    this.#sql.exec('INSERT INTO password (only, hash, must_reset, changed_at) VALUES (1, ?1, 0, ?2) ON CONFLICT (only) DO UPDATE SET hash = ?1, must_reset = 0, changed_at = ?2', hash, now)
  }

  /** The same password under other parameters; refused when it was changed meanwhile. */
  rehash(from: string, to: string): boolean {
    return this.#sql.exec('UPDATE password SET hash = ? WHERE hash = ?', to, from).rowsWritten > 0
  }

  /** No password signs in any more until a reset sets another. */
  forceReset(): void {
    this.#sql.exec('UPDATE password SET must_reset = 1')
  }

  /** The lock that stands in the way of this browser, the later one where there are two. */
  lock(browser: string | null, terms: Terms, now: number): { kind: LockKind; until: number } | null {
    const brute = this.bruteUntil(browser, terms, now)
    const dispute = this.disputedUntil(now)
    if (brute === null && dispute === null) return null
    return (dispute ?? 0) >= (brute ?? 0) ? { kind: 'dispute', until: dispute ?? 0 } : { kind: 'brute', until: brute ?? 0 }
  }

  /** Until when wrong tries keep this browser out, or null. */
  bruteUntil(browser: string | null, terms: Terms, now: number): number | null {
    const pool = this.#pool(browser)
    const kinds: TryKind[] = terms.countMfa ? ['sign_in', 'mfa'] : ['sign_in']
    return Math.max(...kinds.map((kind) => lockedUntil(this.#tries(kind, pool), terms, now) ?? 0)) || null
  }

  /** Whether this browser signed in before. */
  knows(browser: string | null): boolean {
    return this.#pool(browser) !== STRANGERS
  }

  /** Take one try at a secret of `kind`. Answers with the moment until which none is taken, or null when this one was. */
  take(kind: TryKind, browser: string | null, terms: Terms, now: number): number | null {
    const pool = this.#pool(browser)
    const { tries, until } = take(this.#tries(kind, pool), terms, now)
    this.#keep(kind, pool, tries)
    return until
  }

  /** What became of it. True for the one wrong try that locked. */
  settle(kind: TryKind, browser: string | null, outcome: TryOutcome): boolean {
    const pool = this.#pool(browser)
    const { tries, justLocked } = settle(this.#tries(kind, pool), outcome)
    this.#keep(kind, pool, tries)
    return justLocked
  }

  /** A reset forgives every wrong try, but not a dispute. */
  clearTries(): void {
    this.#sql.exec('DELETE FROM tries')
  }

  disputedUntil(now: number): number | null {
    const until = this.#sql.exec<{ until: number }>('SELECT until FROM dispute').toArray()[0]?.until
    return until !== undefined && now < until ? until : null
  }

  /** The later moment wins. */
  disputeUntil(until: number): void {
    this.#sql.exec('INSERT INTO dispute (only, until) VALUES (1, ?1) ON CONFLICT (only) DO UPDATE SET until = max(until, ?1)', until)
  }

  /** This browser signed in: from now on it has tries of its own. */
  trust(browser: string, now: number): void {
    this.#sql.exec('INSERT INTO browsers (id, seen_at) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET seen_at = max(seen_at, ?2)', browser, now)
    // Tries that this browser took as a stranger stay counted against strangers.
    this.#sql.exec('DELETE FROM browsers WHERE id NOT IN (SELECT id FROM browsers ORDER BY seen_at DESC LIMIT 50)')
    this.#sql.exec('DELETE FROM tries WHERE browser <> ? AND browser NOT IN (SELECT id FROM browsers)', STRANGERS)
  }

  distrustAll(): void {
    this.#sql.exec('DELETE FROM browsers')
  }

  /** The hash goes; what stays says that no password opens this account. */
  forget(): void {
    this.#sql.exec('INSERT INTO password (only, hash, must_reset, changed_at) VALUES (1, NULL, 1, 0) ON CONFLICT (only) DO UPDATE SET hash = NULL, must_reset = 1')
    for (const table of ['tries', 'dispute', 'browsers']) this.#sql.exec(`DELETE FROM ${table}`)
  }

  #pool(browser: string | null): string {
    const known = browser !== null && this.#sql.exec('SELECT 1 FROM browsers WHERE id = ?', browser).toArray().length > 0
    return known ? browser : STRANGERS
  }

  #tries(kind: TryKind, pool: string): Tries {
    const row = this.#sql.exec<{ wrong: number; locked_at: number | null; told: number }>('SELECT wrong, locked_at, told FROM tries WHERE kind = ? AND browser = ?', kind, pool).toArray()[0]
    return row ? { wrong: row.wrong, lockedAt: row.locked_at, told: row.told === 1 } : NO_TRIES
  }

  #keep(kind: TryKind, pool: string, tries: Tries): void {
    this.#sql.exec('INSERT INTO tries (kind, browser, wrong, locked_at, told) VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (kind, browser) DO UPDATE SET wrong = ?3, locked_at = ?4, told = ?5', kind, pool, tries.wrong, tries.lockedAt, tries.told ? 1 : 0)
  }
}
