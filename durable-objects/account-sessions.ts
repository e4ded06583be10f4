import { ENROLLED } from './account-factors.ts'
import type { OriginCopy, Presented, SessionRow, Terms } from './account-words.ts'

/** A secret replaced by rotation is still accepted this long, for requests that were already under way. */
export const PREVIOUS_SECRET_MS = 60_000
/** `seen_at` is written at most this often: a read must not cost a write. */
export const SEEN_WRITE_MS = 5 * 60_000
/** How long a session may wait for its second factor where one is set up. */
export const FACTOR_WAIT_MS = 10 * 60_000

/** How long an origin is kept that no session names any more. */
const ORIGIN_MEMORY_MS = 90 * 86_400_000

type Row = {
  sid: string
  secret_hash: string
  previous_hash: string | null
  opened_at: number
  seen_at: number
  rotated_at: number
  mfa_at: number | null
  proven_at: number | null
  active_tenant: string | null
  origin: string
  rotate_due: number
  browser: string | null
}

type Session = Extract<Presented, { ok: true }>['session']

/**
 * The sessions of one account: a stable `sid` and a secret that changes. Only hashes of secrets are kept. Part of
 * AccountGuard, whose transaction it runs in.
 */
export class AccountSessions {
  readonly #sql: SqlStorage
  /** When each session was last seen, where that is newer than what was written. Lost with the object: then the row counts. */
  readonly #seen = new Map<string, number>()

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS sessions (
      sid TEXT PRIMARY KEY, secret_hash TEXT NOT NULL, previous_hash TEXT, opened_at INTEGER NOT NULL, seen_at INTEGER NOT NULL,
      rotated_at INTEGER NOT NULL, mfa_at INTEGER, proven_at INTEGER, active_tenant TEXT, origin TEXT NOT NULL,
      rotate_due INTEGER NOT NULL DEFAULT 0, browser TEXT) WITHOUT ROWID`)
    sql.exec('CREATE TABLE IF NOT EXISTS origins (hash TEXT PRIMARY KEY, sealed TEXT NOT NULL, seen_at INTEGER NOT NULL) WITHOUT ROWID')
  }

  open(session: { sid: string; secretHash: string; now: number; mfaAt: number | null; provenAt: number | null; activeTenant: string | null; originHash: string; browser: string | null }): void {
    const { sid, secretHash, now, mfaAt, provenAt, activeTenant, originHash, browser } = session
    this.#sql.exec(
      'INSERT INTO sessions (sid, secret_hash, opened_at, seen_at, rotated_at, mfa_at, proven_at, active_tenant, origin, browser) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      sid, secretHash, now, now, now, mfaAt, provenAt, activeTenant, originHash, browser,
    )
  }

  /**
   * The session this secret belongs to, alive at `now`, and where it was opened or last moved to; null ends it for good where
   * its time is over. Whatever is written is one statement: all of it, or nothing.
   */
  present(asked: { sid: string; secretHash: string; nextSecretHash: string | null; now: number }, terms: Terms): { session: Session; origin: OriginCopy; rotated: boolean; rotationDue: boolean; mfaEnrolled: boolean } | null {
    const { sid, secretHash, nextSecretHash, now } = asked
    const row = this.#sql.exec<Row & { origin_sealed: string | null; enrolled: number }>(`SELECT sessions.*, origins.sealed AS origin_sealed, ${ENROLLED} AS enrolled FROM sessions LEFT JOIN origins ON origins.hash = sessions.origin WHERE sid = ?`, sid).toArray()[0]
    if (!row) return null
    const mfaEnrolled = row.enrolled === 1
    if (this.#isOver(row, now, terms, mfaEnrolled)) {
      this.close(sid) // for good: a clock set back must not revive it
      return null
    }
    const current = row.secret_hash === secretHash
    if (!current && !this.#isPrevious(row, secretHash, now)) return null
    const due = current && (row.rotate_due === 1 || now - row.rotated_at >= terms.rotateMs)
    const rotated = due && nextSecretHash !== null
    if (rotated) this.#sql.exec('UPDATE sessions SET previous_hash = secret_hash, secret_hash = ?1, rotated_at = ?2, rotate_due = 0, seen_at = max(seen_at, ?2) WHERE sid = ?3', nextSecretHash, now, sid)
    else if (now - row.seen_at >= SEEN_WRITE_MS) this.#sql.exec('UPDATE sessions SET seen_at = max(seen_at, ?) WHERE sid = ?', now, sid)
    this.#seen.set(sid, Math.max(now, this.#seen.get(sid) ?? 0))
    if (row.origin_sealed === null) return null
    return { session: { ...sessionOf(row), seenAt: this.#seenAt(row) }, origin: { hash: row.origin, sealed: row.origin_sealed }, rotated, rotationDue: due && !rotated, mfaEnrolled }
  }

  /** A new secret now: at sign-in, a second factor, a switch of tenant. The old one is good for requests under way. */
  rotate(sid: string, secretHash: string, now: number): boolean {
    return this.#sql.exec('UPDATE sessions SET previous_hash = secret_hash, secret_hash = ?, rotated_at = ?, rotate_due = 0 WHERE sid = ?', secretHash, now, sid).rowsWritten > 0
  }

  /** A new secret that the old one is not good beside, not even for a minute. */
  renew(sid: string, secretHash: string, now: number): void {
    this.#sql.exec('UPDATE sessions SET previous_hash = NULL, secret_hash = ?, rotated_at = ?, rotate_due = 0 WHERE sid = ?', secretHash, now, sid)
  }

  /** Every session gets a new secret with its next answer. */
  rotateAllSoon(): void {
    this.#sql.exec('UPDATE sessions SET rotate_due = 1')
  }

  /** What was proven in this session. */
  prove(sid: string, proof: { mfa: boolean; now: number }): boolean {
    const set = proof.mfa ? 'mfa_at = ?1, proven_at = ?1' : 'proven_at = ?1'
    return this.#sql.exec(`UPDATE sessions SET ${set} WHERE sid = ?2`, proof.now, sid).rowsWritten > 0
  }

  /** The device cookie's id of the browser that opened the session. */
  browserOf(sid: string): string | null {
    return this.#row(sid)?.browser ?? null
  }

  activate(sid: string, tenantId: string | null): boolean {
    return this.#sql.exec('UPDATE sessions SET active_tenant = ? WHERE sid = ?', tenantId, sid).rowsWritten > 0
  }

  /** Sessions that were working in this tenant work in none. */
  deactivate(tenantId: string): void {
    this.#sql.exec('UPDATE sessions SET active_tenant = NULL, rotate_due = 1 WHERE active_tenant = ?', tenantId)
  }

  moveTo(sid: string, originHash: string): void {
    this.#sql.exec('UPDATE sessions SET origin = ? WHERE sid = ?', originHash, sid)
  }

  /** Keeps where somebody spoke from; what no session needs is forgotten after a while, for events carry their own copy. */
  keepOrigin(origin: { hash: string; sealed: string }, now: number): void {
    this.#sql.exec('DELETE FROM origins WHERE seen_at < ? AND hash NOT IN (SELECT origin FROM sessions)', now - ORIGIN_MEMORY_MS)
    this.#sql.exec('INSERT INTO origins (hash, sealed, seen_at) VALUES (?, ?, ?) ON CONFLICT (hash) DO UPDATE SET seen_at = max(seen_at, excluded.seen_at)', origin.hash, origin.sealed, now)
  }

  origin(hash: string): { hash: string; sealed: string } | null {
    return this.#sql.exec<{ hash: string; sealed: string }>('SELECT hash, sealed FROM origins WHERE hash = ?', hash).toArray()[0] ?? null
  }

  /** Living sessions, the one seen last first. */
  list(now: number, terms: Terms, mfaEnrolled: boolean): SessionRow[] {
    const rows = this.#sql.exec<Row>('SELECT * FROM sessions ORDER BY seen_at DESC').toArray()
    return rows.filter((row) => !this.#isOver(row, now, terms, mfaEnrolled)).map((row) => ({
      sid: row.sid,
      openedAt: row.opened_at,
      seenAt: this.#seenAt(row),
      mfaAt: row.mfa_at,
      activeTenant: row.active_tenant,
      origin: this.origin(row.origin),
    }))
  }

  close(sid: string): boolean {
    this.#seen.delete(sid)
    return this.#sql.exec('DELETE FROM sessions WHERE sid = ?', sid).rowsWritten > 0
  }

  /** Ends every session, or every one but `keep`. Answers with how many ended. */
  closeAll(keep: string | null): number {
    const sids = this.#sql.exec<{ sid: string }>('SELECT sid FROM sessions WHERE sid IS NOT ?', keep).toArray()
    for (const { sid } of sids) this.close(sid)
    return sids.length
  }

  /** After the last session: where somebody spoke from goes too. */
  forget(): void {
    this.closeAll(null)
    this.#sql.exec('DELETE FROM origins')
  }

  #row(sid: string): Row | undefined {
    return this.#sql.exec<Row>('SELECT * FROM sessions WHERE sid = ?', sid).toArray()[0]
  }

  #seenAt(row: Row): number {
    return Math.max(row.seen_at, this.#seen.get(row.sid) ?? 0)
  }

  /** Whether this is the secret replaced a moment ago. Once it came too late it is gone for good: a clock set back must not revive it. */
  #isPrevious(row: Row, secretHash: string, now: number): boolean {
    if (row.previous_hash !== secretHash) return false
    if (Math.max(now, this.#seenAt(row)) - row.rotated_at <= PREVIOUS_SECRET_MS) return true
    this.#sql.exec('UPDATE sessions SET previous_hash = NULL WHERE sid = ?', row.sid)
    return false
  }

  #isOver(row: Row, now: number, terms: Terms, mfaEnrolled: boolean): boolean {
    if (now - this.#seenAt(row) > terms.idleMs || now - row.opened_at > terms.absoluteMs) return true
    return mfaEnrolled && row.mfa_at === null && now - row.opened_at > FACTOR_WAIT_MS
  }
}

const sessionOf = (row: Row): Omit<Session, 'seenAt'> => ({ sid: row.sid, openedAt: row.opened_at, mfaAt: row.mfa_at, provenAt: row.proven_at, activeTenant: row.active_tenant })
