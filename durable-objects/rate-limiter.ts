import { DurableObject } from 'cloudflare:workers'
import type { Count, Counted } from './limit-words.ts'

type Row = { since: number; n: number; about: string }

/** Different things one key was counted about; more than this many need not be told apart. */
const ABOUT_MAX = 64

/**
 * Every 64th key of every declared limit: counters in fixed windows that begin with the first request. Durable, so that
 * waiting for the object to be put away does not reset a count. When it is gone, limited routes answer 503.
 */
export class RateLimiter extends DurableObject<unknown> {
  readonly #sql: SqlStorage

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec('CREATE TABLE IF NOT EXISTS counters (rule TEXT NOT NULL, key TEXT NOT NULL, since INTEGER NOT NULL, until INTEGER NOT NULL, n INTEGER NOT NULL, about TEXT NOT NULL, PRIMARY KEY (rule, key)) WITHOUT ROWID')
    this.#sql.exec('CREATE INDEX IF NOT EXISTS counters_until ON counters (until)')
  }

  /** Count one and say whether it is still within the quota. A refused one does not count. */
  count({ rule, key, quota, windowMs, now, about }: Count): Counted {
    return this.ctx.storage.transactionSync(() => {
      this.#sql.exec('DELETE FROM counters WHERE until <= ?', now)
      const row = this.#sql.exec<Row>('SELECT since, n, about FROM counters WHERE rule = ? AND key = ?', rule, key).toArray()[0] ?? { since: now, n: 0, about: '[]' }
      const resetS = Math.ceil((row.since + windowMs - now) / 1000)
      const seen = new Set(JSON.parse(row.about) as string[]) // `as`: written below only
      if (row.n >= quota) return { allowed: false, remaining: 0, resetS, different: seen.size, novel: false }
      const before = seen.size
      if (about !== null && before < ABOUT_MAX) seen.add(about)
      this.#sql.exec(
        'INSERT INTO counters (rule, key, since, until, n, about) VALUES (?1, ?2, ?3, ?4, 1, ?5) ON CONFLICT (rule, key) DO UPDATE SET n = n + 1, about = ?5',
        rule, key, row.since, row.since + windowMs, JSON.stringify([...seen]),
      )
      return { allowed: true, remaining: quota - row.n - 1, resetS, different: seen.size, novel: seen.size > before }
    })
  }

  /** Take one back: what was counted beforehand turned out not to matter. */
  giveBack({ rule, key }: { rule: string; key: string }): void {
    this.#sql.exec('UPDATE counters SET n = max(0, n - 1) WHERE rule = ? AND key = ?', rule, key)
  }
}
