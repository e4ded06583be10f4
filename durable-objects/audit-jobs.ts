import { clockLead } from './alarm-time.ts'

/** What the alarm of a log sees to. */
export type LogJob = 'drain-outbox' | 'checkpoint' | 'announce-checkpoint' | 'expire' | 'remove-retired'

const RETRY_MS = 5_000
const LONGEST_RETRY_MS = 60_000

/** The jobs of one object behind its single alarm. A job counts as done only when it ended well; a crash runs it again. */
export class Jobs {
  readonly #storage: DurableObjectStorage

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage
  }

  /** See to `kind` at `dueAt` at the latest. Call `arm` after. */
  plan(kind: LogJob, dueAt: number): void {
    this.#storage.sql.exec('INSERT INTO jobs (kind, due_at, tries) VALUES (?1, ?2, 0) ON CONFLICT (kind) DO UPDATE SET due_at = ?2 WHERE due_at > ?2', kind, dueAt)
  }

  /** Set the alarm to the earliest job, unless it rings sooner already. */
  async arm(lead: number): Promise<void> {
    const { at } = this.#storage.sql.exec<{ at: number | null }>('SELECT min(due_at) AS at FROM jobs').one()
    if (at === null) return
    const set = await this.#storage.getAlarm()
    if (set === null || set > at - lead) await this.#storage.setAlarm(at - lead)
  }

  /** How many jobs are due at `now` or under way. */
  waiting(now: number): number {
    return this.#storage.sql.exec<{ n: number }>('SELECT count(*) AS n FROM jobs WHERE due_at <= ? OR tries > 0', now).one().n
  }

  /** What `read` answers; where it fails the alarm is set again, by the platform's clock: one that fails too often is given up. */
  async reading<T>(read: () => Promise<T>): Promise<T> {
    try {
      return await read()
    } catch (thrown) {
      await this.#storage.setAlarm(LONGEST_RETRY_MS - clockLead(0))
      throw thrown
    }
  }

  /**
   * Run what is due, one after the other, and arm again whatever happened. A job answers when it is due again, or null. One
   * that fails waits a little longer each time.
   */
  async run(now: number, perform: (kind: LogJob) => Promise<number | null>): Promise<void> {
    const { sql } = this.#storage
    const lead = clockLead(now)
    try {
      for (const { kind, tries } of sql.exec<{ kind: LogJob; tries: number }>('SELECT kind, tries FROM jobs WHERE due_at <= ? ORDER BY due_at', now).toArray()) {
        const again = now + Math.min(RETRY_MS * 2 ** tries, LONGEST_RETRY_MS)
        sql.exec('UPDATE jobs SET due_at = ?, tries = ? WHERE kind = ?', again, Math.min(tries + 1, 10), kind)
        try {
          const next = await perform(kind)
          // Asked for again meanwhile: then `due_at` moved and the job stays.
          sql.exec('DELETE FROM jobs WHERE kind = ? AND due_at = ?', kind, again)
          if (next !== null) this.plan(kind, next)
        } catch (thrown) {
          console.error(JSON.stringify({ where: `audit ${kind}`, error: thrown instanceof Error ? thrown.name : typeof thrown })) // as the Worker reports; an object imports nothing of it
        }
      }
    } finally {
      await this.arm(lead)
    }
  }
}
