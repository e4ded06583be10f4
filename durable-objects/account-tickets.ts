import type { Spend, TicketAsked, TicketView } from './factor-words.ts'

/** A granted ticket lives this long (design §3, Identity). */
export const TICKET_MS = 120_000
/** How long an action may wait for its person to confirm. */
export const ASKED_MS = 10 * 60_000

type Row = { id: string; verb: string; tenant: string | null; row: string | null; field: string | null; asked_at: number; granted_at: number | null }

/**
 * Step-up tickets of one account. A ticket is not a bearer token: it is a row here, bound to a session and to the hash of
 * the one action it is for, so that nothing worth stealing travels. Part of AccountGuard, whose transaction it runs in.
 */
export class AccountTickets {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS tickets (
      id TEXT PRIMARY KEY, sid TEXT NOT NULL, binding TEXT NOT NULL, verb TEXT NOT NULL, tenant TEXT, row TEXT, field TEXT,
      asked_at INTEGER NOT NULL, granted_at INTEGER, UNIQUE (sid, binding)) WITHOUT ROWID`)
  }

  forget(): void {
    this.#sql.exec('DELETE FROM tickets')
  }

  /** The ticket for this action in this session; the same action asked for again keeps the ticket it has. */
  ask(asked: TicketAsked, now: number): string {
    this.#forget(now)
    const { id, sid, binding, verb, tenant, row, field } = asked
    this.#sql.exec(
      `INSERT INTO tickets (id, sid, binding, verb, tenant, row, field, asked_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
      ON CONFLICT (sid, binding) DO UPDATE SET asked_at = excluded.asked_at`,
      id, sid, binding, verb, tenant, row, field, now,
    )
    return this.#sql.exec<{ id: string }>('SELECT id FROM tickets WHERE sid = ? AND binding = ?', sid, binding).one().id
  }

  view(id: string, sid: string, now: number): TicketView | null {
    this.#forget(now)
    const row = this.#sql.exec<Row>('SELECT * FROM tickets WHERE id = ? AND sid = ?', id, sid).toArray()[0]
    return row ? { id: row.id, verb: row.verb, tenant: row.tenant, row: row.row, field: row.field, granted: row.granted_at !== null } : null
  }

  /** Its person proved itself: from now on the ticket can be spent, once. */
  grant(id: string, sid: string, now: number): void {
    this.#sql.exec('UPDATE tickets SET granted_at = ? WHERE id = ? AND sid = ?', now, id, sid)
  }

  /** True exactly once for a granted ticket that is not over. */
  spend({ sid, binding }: Spend, now: number): boolean {
    this.#forget(now)
    return this.#sql.exec('DELETE FROM tickets WHERE sid = ? AND binding = ? AND granted_at IS NOT NULL', sid, binding).rowsWritten > 0
  }

  /** Deleted rather than compared each time: a clock set back must not revive one. */
  #forget(now: number): void {
    this.#sql.exec('DELETE FROM tickets WHERE granted_at < ? OR (granted_at IS NULL AND asked_at < ?)', now - TICKET_MS, now - ASKED_MS)
  }
}
