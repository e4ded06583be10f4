/** A pair of IP address and browser counts as unseen again after this long (IFD-59). */
export const DEVICE_MEMORY_MS = 90 * 86_400_000

/** From where one account signed in: keyed hashes of IP address and user agent, with when each was last used. */
export class AccountDevices {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS devices (pair TEXT PRIMARY KEY, seen_at INTEGER NOT NULL) WITHOUT ROWID')
  }

  isNew(pair: string, now: number): boolean {
    const seenAt = this.#sql.exec<{ seen_at: number }>('SELECT seen_at FROM devices WHERE pair = ?', pair).toArray()[0]?.seen_at
    return seenAt === undefined || now - seenAt > DEVICE_MEMORY_MS
  }

  see(pair: string, now: number): void {
    this.#sql.exec('DELETE FROM devices WHERE seen_at < ?', now - DEVICE_MEMORY_MS)
    this.#sql.exec('INSERT INTO devices (pair, seen_at) VALUES (?1, ?2) ON CONFLICT (pair) DO UPDATE SET seen_at = max(seen_at, ?2)', pair, now)
  }

  forgetAll(): void {
    this.#sql.exec('DELETE FROM devices')
  }
}
