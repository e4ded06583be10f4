import { DurableObject } from 'cloudflare:workers'
import type { GateEntered, GateTry } from './gate-words.ts'
import { NO_TRIES, settle, take, type Tries, type TryRule } from './try-rule.ts'

/** What is said of every address to browsers that never signed in there, with an account or without, whatever its policy. */
export const PUBLIC_RULE: TryRule = { lockAfter: 10, lockMs: 3_600_000 }
/** No policy locks for less. From then on tries are checked again: whether they count is for the account's own guard to say. */
const LEAST_LOCK_MS = 15 * 60_000
/** Wrong tries of strangers at one address in a quarter of an hour, right ones in between or not. */
export const ADDRESS_WINDOW = { quota: 10, windowMs: 15 * 60_000 }
const FORGET_MS = 90 * 86_400_000

type Row = { wrong: number; locked_at: number | null; told: number; lock_ms: number; window_at: number; window_n: number }

/**
 * Every 256th e-mail address, by blind index: counts tries at a password before anything is looked up or hashed, for known
 * and unknown addresses alike, so that an answer never tells which is which and a flood never reaches the hash. A policy that
 * locks sooner or longer is the guard's to apply, unseen from here. When it is gone, the guard's own count still stands.
 */
export class SignInGate extends DurableObject<unknown> {
  readonly #sql: SqlStorage

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec(`CREATE TABLE IF NOT EXISTS tries (address TEXT NOT NULL, browser TEXT NOT NULL, wrong INTEGER NOT NULL, locked_at INTEGER, told INTEGER NOT NULL, lock_ms INTEGER NOT NULL,
      window_at INTEGER NOT NULL, window_n INTEGER NOT NULL, touched_at INTEGER NOT NULL, PRIMARY KEY (address, browser)) WITHOUT ROWID`)
    this.#sql.exec('CREATE INDEX IF NOT EXISTS tries_touched ON tries (touched_at)')
    this.#sql.exec('CREATE TABLE IF NOT EXISTS browsers (address TEXT NOT NULL, browser TEXT NOT NULL, seen_at INTEGER NOT NULL, PRIMARY KEY (address, browser)) WITHOUT ROWID')
  }

  /** Take one try, counted as wrong until it is settled. Tries during a lock are few and do not extend it. */
  enter({ address, browser, now }: GateTry): GateEntered {
    return this.ctx.storage.transactionSync(() => {
      this.#sql.exec('DELETE FROM tries WHERE touched_at < ?', now - FORGET_MS)
      const pool = this.#pool(address, browser)
      const row = this.#row(address, pool, now)
      const { tries, until } = take(triesOf(row), { lockAfter: PUBLIC_RULE.lockAfter, lockMs: row.lock_ms }, now)
      const full = row.window_n >= ADDRESS_WINDOW.quota
      if (until !== null && (full || now < (tries.lockedAt ?? now) + LEAST_LOCK_MS)) return { go: false, why: 'lock', until }
      const resetS = Math.ceil((row.window_at + ADDRESS_WINDOW.windowMs - now) / 1000)
      if (pool === '' && full) return { go: false, why: 'window', quota: ADDRESS_WINDOW.quota, windowS: ADDRESS_WINDOW.windowMs / 1000, resetS }
      this.#keep(address, pool, { ...row, ...rowOf(tries), window_n: row.window_n + 1 }, now)
      return { go: true, said: until }
    })
  }

  /** What the check said. `lockMs` is how long this account's policy locks: told only to browsers that know of the account. */
  settle({ address, browser, now, outcome, lockMs }: GateTry & { outcome: 'right' | 'wrong' | 'void'; lockMs: number | null }): { justLocked: boolean } {
    return this.ctx.storage.transactionSync(() => {
      const pool = this.#pool(address, browser)
      const row = { ...this.#row(address, pool, now) }
      if (lockMs !== null && pool !== '') row.lock_ms = lockMs
      const { tries, justLocked } = settle(triesOf(row), outcome)
      const window_n = outcome === 'wrong' ? row.window_n : Math.max(0, row.window_n - 1)
      this.#keep(address, pool, { ...row, ...rowOf(tries), window_n }, now)
      return { justLocked }
    })
  }

  /** This browser signed in at this address: from now on its tries are counted apart from strangers'. */
  trust({ address, browser, now }: { address: string; browser: string; now: number }): void {
    this.#sql.exec('DELETE FROM browsers WHERE address = ? AND seen_at < ?', address, now - FORGET_MS)
    this.#sql.exec('INSERT INTO browsers (address, browser, seen_at) VALUES (?1, ?2, ?3) ON CONFLICT (address, browser) DO UPDATE SET seen_at = max(seen_at, ?3)', address, browser, now)
  }

  /** After a reset: every try at this address is forgiven. `distrust` also makes every browser a stranger again. */
  clear({ address, distrust }: { address: string; distrust: boolean }): void {
    this.#sql.exec('DELETE FROM tries WHERE address = ?', address)
    if (distrust) this.#sql.exec('DELETE FROM browsers WHERE address = ?', address)
  }

  #pool(address: string, browser: string | null): string {
    const known = browser !== null && this.#sql.exec('SELECT 1 FROM browsers WHERE address = ? AND browser = ?', address, browser).toArray().length > 0
    return known ? browser : ''
  }

  #row(address: string, pool: string, now: number): Row {
    const fresh = { ...rowOf(NO_TRIES), lock_ms: PUBLIC_RULE.lockMs, window_at: now, window_n: 0 }
    const row = this.#sql.exec<Row>('SELECT wrong, locked_at, told, lock_ms, window_at, window_n FROM tries WHERE address = ? AND browser = ?', address, pool).toArray()[0] ?? fresh
    return now - row.window_at >= ADDRESS_WINDOW.windowMs ? { ...row, window_at: now, window_n: 0 } : row
  }

  #keep(address: string, pool: string, row: Row, now: number): void {
    this.#sql.exec('INSERT INTO tries (address, browser, wrong, locked_at, told, lock_ms, window_at, window_n, touched_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9) ON CONFLICT (address, browser) DO UPDATE SET wrong = ?3, locked_at = ?4, told = ?5, lock_ms = ?6, window_at = ?7, window_n = ?8, touched_at = ?9', address, pool, row.wrong, row.locked_at, row.told, row.lock_ms, row.window_at, row.window_n, now)
  }
}

const triesOf = (row: Row): Tries => ({ wrong: row.wrong, lockedAt: row.locked_at, told: row.told === 1 })
const rowOf = (tries: Tries): Pick<Row, 'wrong' | 'locked_at' | 'told'> => ({ wrong: tries.wrong, locked_at: tries.lockedAt, told: tries.told ? 1 : 0 })
