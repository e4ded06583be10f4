import type { Cell, Challenge, PasskeyAdded, PasskeyKey, PasskeyView } from './factor-words.ts'

/** More than anyone needs; fewer than would make a list slow. */
export const PASSKEYS_AT_MOST = 20
/** How long an answered challenge is remembered after its end: a clock set back must not find it unanswered. */
const ANSWERED_MS = 86_400_000

type Row = {
  id: string
  name: string
  name_version: number
  public_key: string
  counter: number
  transports: string
  device_type: 'singleDevice' | 'multiDevice'
  backed_up: number
  added_at: number
  used_at: number | null
}

/**
 * Passkeys of one account and the challenges already answered. Signatures are verified by the Worker; what is decided
 * here is what must happen once. Part of AccountGuard, whose transaction it runs in.
 */
export class AccountPasskeys {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS passkeys (
      id TEXT PRIMARY KEY, name TEXT NOT NULL, name_version INTEGER NOT NULL, public_key TEXT NOT NULL, counter INTEGER NOT NULL,
      transports TEXT NOT NULL, device_type TEXT NOT NULL, backed_up INTEGER NOT NULL, aaguid TEXT NOT NULL, added_at INTEGER NOT NULL,
      used_at INTEGER) WITHOUT ROWID`)
    sql.exec('CREATE TABLE IF NOT EXISTS answered_challenges (hash TEXT PRIMARY KEY, expires_at INTEGER NOT NULL) WITHOUT ROWID')
  }

  forget(): void {
    for (const table of ['passkeys', 'answered_challenges']) this.#sql.exec(`DELETE FROM ${table}`)
  }

  count(): number {
    return this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM passkeys').one().n
  }

  /** In the order they were added. */
  list(): PasskeyView[] {
    return this.#sql.exec<Row>('SELECT * FROM passkeys ORDER BY added_at, id').toArray().map((row) => ({
      id: row.id,
      name: { sealed: row.name, sealVersion: row.name_version },
      deviceType: row.device_type,
      backedUp: row.backed_up === 1,
      transports: transportsOf(row),
      addedAt: row.added_at,
      usedAt: row.used_at,
    }))
  }

  key(id: string): PasskeyKey | null {
    const row = this.#sql.exec<Row>('SELECT * FROM passkeys WHERE id = ?', id).toArray()[0]
    return row ? { id: row.id, publicKey: row.public_key, counter: row.counter, transports: transportsOf(row) } : null
  }

  add(passkey: PasskeyAdded, now: number): void {
    const { id, name, publicKey, counter, transports, deviceType, backedUp, aaguid } = passkey
    this.#sql.exec(
      'INSERT INTO passkeys (id, name, name_version, public_key, counter, transports, device_type, backed_up, aaguid, added_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
      id, name.sealed, name.sealVersion, publicKey, counter, transports.join(','), deviceType, backedUp ? 1 : 0, aaguid, now,
    )
  }

  rename(id: string, name: Cell): boolean {
    return this.#sql.exec('UPDATE passkeys SET name = ?, name_version = ? WHERE id = ?', name.sealed, name.sealVersion, id).rowsWritten > 0
  }

  remove(id: string): boolean {
    return this.#sql.exec('DELETE FROM passkeys WHERE id = ?', id).rowsWritten > 0
  }

  /**
   * The counter of an assertion just verified. False where it does not rise and is not zero on both sides: a copy of the
   * authenticator has been used (WebAuthn Level 3 §6.1.1).
   */
  advance(id: string, used: { counter: number; backedUp: boolean; now: number }): boolean {
    const { counter, backedUp, now } = used
    return (
      this.#sql.exec(
        'UPDATE passkeys SET counter = ?1, backed_up = ?2, used_at = max(coalesce(used_at, 0), ?3) WHERE id = ?4 AND (counter < ?1 OR (counter = 0 AND ?1 = 0))',
        counter, backedUp ? 1 : 0, now, id,
      ).rowsWritten > 0
    )
  }

  /** True the first time a challenge is answered, and never again. */
  answer({ hash, expiresAt }: Challenge, now: number): boolean {
    this.#sql.exec('DELETE FROM answered_challenges WHERE expires_at < ?', now - ANSWERED_MS)
    if (expiresAt < now) return false
    return this.#sql.exec('INSERT INTO answered_challenges (hash, expires_at) VALUES (?, ?) ON CONFLICT DO NOTHING', hash, expiresAt).rowsWritten > 0
  }
}

const transportsOf = (row: Row): string[] => row.transports.split(',').filter((each) => each !== '')
