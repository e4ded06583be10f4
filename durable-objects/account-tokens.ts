import type { MintToken, Redeemed, TokenKind } from './account-words.ts'

/**
 * Single-use tokens of one account: what a mailed link carries. Only SHA-256 hashes are kept. Redeeming is check-and-set, so
 * that of many at once exactly one succeeds. Part of AccountGuard, whose transaction it runs in.
 */
export class AccountTokens {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS tokens (hash TEXT PRIMARY KEY, kind TEXT NOT NULL, expires_at INTEGER NOT NULL, used_at INTEGER, payload TEXT NOT NULL) WITHOUT ROWID')
  }

  mint({ hash, kind, now, expiresAt, payload }: MintToken): void {
    this.#sql.exec('DELETE FROM tokens WHERE expires_at < ?', now - 30 * 86_400_000) // answers "used" or "expired" for a month, then nothing
    this.#sql.exec('INSERT INTO tokens (hash, kind, expires_at, payload) VALUES (?, ?, ?, ?) ON CONFLICT (hash) DO NOTHING', hash, kind, expiresAt, JSON.stringify(payload))
  }

  /** What redeeming would answer, without redeeming. */
  look(hash: string, kind: TokenKind, now: number): Redeemed {
    const row = this.#sql.exec<{ expires_at: number; used_at: number | null; payload: string }>('SELECT expires_at, used_at, payload FROM tokens WHERE hash = ? AND kind = ?', hash, kind).toArray()[0]
    if (!row) return { ok: false, why: 'unknown' }
    if (row.used_at !== null) return { ok: false, why: 'used' }
    if (now > row.expires_at) {
      this.#use(hash, now) // for good: a clock set back must not revive it
      return { ok: false, why: 'expired' }
    }
    return { ok: true, payload: JSON.parse(row.payload) as Record<string, string | number | null> } // `as`: written by `mint` only
  }

  redeem(hash: string, kind: TokenKind, now: number): Redeemed {
    const found = this.look(hash, kind, now)
    if (found.ok) this.#use(hash, now)
    return found
  }

  /** Voids every unused token of these kinds. */
  void(kinds: readonly TokenKind[], now: number): void {
    for (const kind of kinds) this.#sql.exec('UPDATE tokens SET used_at = ? WHERE kind = ? AND used_at IS NULL', now, kind)
  }

  forget(): void {
    this.#sql.exec('DELETE FROM tokens')
  }

  #use(hash: string, now: number): void {
    this.#sql.exec('UPDATE tokens SET used_at = ? WHERE hash = ?', now, hash)
  }
}
