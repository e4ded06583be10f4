import { DurableObject } from 'cloudflare:workers'
import { clockLead } from './alarm-time.ts'
import { verbsOf, type WakeKind } from './verbs-port.ts'

/** How long to wait before a wake that failed is tried again, in milliseconds. */
const RETRY_MS = 30_000

/**
 * One per tenant: the moments at which something of the tenant falls due. It orders nothing and knows nothing of what it
 * wakes; when it is gone, the minute cron does the same a little later.
 */
export class Timers extends DurableObject {
  readonly #sql: SqlStorage

  constructor(ctx: DurableObjectState, env: object) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec('CREATE TABLE IF NOT EXISTS timers (kind TEXT NOT NULL, due_at INTEGER NOT NULL, tenant TEXT NOT NULL, PRIMARY KEY (due_at, kind)) WITHOUT ROWID')
  }

  /** Ring for `kind` at `dueAt`. The same moment twice is one timer. */
  async set(tenant: string, now: number, kind: WakeKind, dueAt: number): Promise<void> {
    this.#sql.exec('INSERT INTO timers (kind, due_at, tenant) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', kind, dueAt, tenant)
    await this.#arm(clockLead(now))
  }

  async clear(): Promise<void> {
    this.#sql.exec('DELETE FROM timers')
    await this.ctx.storage.deleteAlarm()
  }

  override async alarm(): Promise<void> {
    // Until the deployment's clock was read, the next look is by the platform's: an alarm that fails too often is given up.
    let rearm = () => this.ctx.storage.setAlarm(RETRY_MS - clockLead(0))
    try {
      const verbs = verbsOf(this.ctx)
      const now = await verbs.now()
      rearm = () => this.#arm(clockLead(now))
      const due = this.#sql.exec<{ kind: WakeKind; tenant: string; last: number }>('SELECT kind, tenant, max(due_at) AS last FROM timers WHERE due_at <= ? GROUP BY kind', now).toArray()
      for (const { kind, tenant, last } of due) {
        try {
          await verbs.wake(kind, tenant)
          this.#sql.exec('DELETE FROM timers WHERE kind = ? AND due_at <= ?', kind, last)
        } catch {
          this.#sql.exec('DELETE FROM timers WHERE kind = ? AND due_at <= ?', kind, last)
          this.#sql.exec('INSERT INTO timers (kind, due_at, tenant) VALUES (?, ?, ?) ON CONFLICT DO NOTHING', kind, now + RETRY_MS, tenant)
        }
      }
    } finally {
      await rearm()
    }
  }

  /** One alarm per object, always at the earliest timer. */
  async #arm(lead: number): Promise<void> {
    const next = this.#sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM timers').one().at
    if (next !== null) await this.ctx.storage.setAlarm(next - lead)
  }
}
