import type { Cell, TryTaken } from './factor-words.ts'

/** Tries at a code in one window. Five in 15 minutes is 480 a day against 3 codes in a million: 0.15 % a day for who holds the password. */
export const CODE_TRIES = 5
export const CODE_WINDOW_MS = 15 * 60_000
/** How long a new authenticator may wait for its first code. */
export const PENDING_MS = 15 * 60_000

type Slot = 'pending' | 'active'
type TotpRow = { slot: Slot; id: string; sid: string; sealed: string; seal_version: number; last_step: number; since: number }

/**
 * The authenticator and the recovery codes of one account, and how often each was tried. Codes are compared by the Worker;
 * what is decided here is how often, and that each works once. Part of AccountGuard, whose transaction it runs in.
 */
export class AccountCodes {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS totp (
      slot TEXT PRIMARY KEY CHECK (slot IN ('pending', 'active')), id TEXT NOT NULL, sid TEXT NOT NULL, sealed TEXT NOT NULL,
      seal_version INTEGER NOT NULL, last_step INTEGER NOT NULL, since INTEGER NOT NULL) WITHOUT ROWID`)
    sql.exec('CREATE TABLE IF NOT EXISTS recovery_codes (hash TEXT PRIMARY KEY, used_at INTEGER) WITHOUT ROWID')
    sql.exec('CREATE TABLE IF NOT EXISTS code_tries (kind TEXT PRIMARY KEY, since INTEGER NOT NULL, n INTEGER NOT NULL) WITHOUT ROWID')
  }

  forget(): void {
    for (const table of ['totp', 'recovery_codes', 'code_tries']) this.#sql.exec(`DELETE FROM ${table}`)
  }

  active(): { id: string; confirmedAt: number } | null {
    const row = this.#totp('active')
    return row ? { id: row.id, confirmedAt: row.since } : null
  }

  /** A new secret that counts for nothing until its first code is shown. */
  begin(totp: { id: string; sid: string; cell: Cell }, now: number): void {
    this.#sql.exec(
      `INSERT INTO totp (slot, id, sid, sealed, seal_version, last_step, since) VALUES ('pending', ?1, ?2, ?3, ?4, 0, ?5)
      ON CONFLICT (slot) DO UPDATE SET id = ?1, sid = ?2, sealed = ?3, seal_version = ?4, since = ?5`,
      totp.id, totp.sid, totp.cell.sealed, totp.cell.sealVersion, now,
    )
  }

  /** The secret that waits for its first code, in the session that asked for it. */
  pending(sid: string, now: number): { id: string; cell: Cell } | null {
    this.#sql.exec("DELETE FROM totp WHERE slot = 'pending' AND since < ?", now - PENDING_MS)
    const row = this.#totp('pending')
    return row && row.sid === sid ? { id: row.id, cell: cellOf(row) } : null
  }

  /** The pending secret becomes the authenticator; the code that confirmed it is used up. */
  confirm(id: string, step: number, now: number): boolean {
    if (this.active() !== null) return false
    return this.#sql.exec("UPDATE totp SET slot = 'active', last_step = ?, since = ? WHERE slot = 'pending' AND id = ?", step, now, id).rowsWritten > 0
  }

  remove(): boolean {
    return this.#sql.exec("DELETE FROM totp WHERE slot = 'active'").rowsWritten > 0
  }

  /** Counts a try at the authenticator's code before anything is compared, and hands out the secret while tries are left. */
  tryTotp(now: number): TryTaken {
    const row = this.#totp('active')
    if (!row) return { ok: false, reason: 'none' }
    const until = this.#take('totp', now)
    return until === null ? { ok: true, id: row.id, cell: cellOf(row) } : { ok: false, reason: 'locked', until }
  }

  /** True once per time step: a code seen over a shoulder is worth nothing after its owner used it (RFC 6238 §5.2). */
  useStep(id: string, step: number): boolean {
    const used = this.#sql.exec("UPDATE totp SET last_step = ?1 WHERE slot = 'active' AND id = ?2 AND last_step < ?1", step, id).rowsWritten > 0
    if (used) this.#forgive('totp')
    return used
  }

  /** New recovery codes in place of all old ones, used or not. */
  replaceCodes(hashes: readonly string[]): void {
    this.#sql.exec('DELETE FROM recovery_codes')
    for (const hash of hashes) this.#sql.exec('INSERT INTO recovery_codes (hash) VALUES (?)', hash)
  }

  codesLeft(): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM recovery_codes WHERE used_at IS NULL').one().n
  }

  /** Counts a try, then uses the code up if it is one. */
  useCode(hash: string, now: number): { ok: true } | { ok: false; reason: 'wrong' | 'none' } | { ok: false; reason: 'locked'; until: number } {
    if (this.codesLeft() === 0) return { ok: false, reason: 'none' }
    const until = this.#take('recovery', now)
    if (until !== null) return { ok: false, reason: 'locked', until }
    const used = this.#sql.exec('UPDATE recovery_codes SET used_at = ? WHERE hash = ? AND used_at IS NULL', now, hash).rowsWritten > 0
    if (!used) return { ok: false, reason: 'wrong' }
    this.#forgive('recovery')
    return { ok: true }
  }

  /** Null when a try is left and now taken; else when the window ends. Tries beyond it do not extend it. */
  #take(kind: 'totp' | 'recovery', now: number): number | null {
    const held = this.#sql.exec<{ since: number; n: number }>('SELECT since, n FROM code_tries WHERE kind = ?', kind).toArray()[0]
    const current = held && now - held.since < CODE_WINDOW_MS ? held : { since: now, n: 0 }
    if (current.n >= CODE_TRIES) return current.since + CODE_WINDOW_MS
    this.#sql.exec('INSERT INTO code_tries (kind, since, n) VALUES (?1, ?2, ?3) ON CONFLICT (kind) DO UPDATE SET since = ?2, n = ?3', kind, current.since, current.n + 1)
    return null
  }

  #forgive(kind: 'totp' | 'recovery'): void {
    this.#sql.exec('DELETE FROM code_tries WHERE kind = ?', kind)
  }

  #totp(slot: Slot): TotpRow | undefined {
    return this.#sql.exec<TotpRow>('SELECT * FROM totp WHERE slot = ?', slot).toArray()[0]
  }
}

const cellOf = (row: TotpRow): Cell => ({ sealed: row.sealed, sealVersion: row.seal_version })
