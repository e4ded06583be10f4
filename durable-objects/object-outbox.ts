import type { GuardEvent, GuardOutboxRow } from './account-words.ts'

/**
 * The outbox of an object that is a source of events of its own: numbers without gaps per destination, rows kept until the
 * chain has sealed them. Runs in the transaction of the change it records.
 */
export class ObjectOutbox {
  readonly #sql: SqlStorage
  readonly #owner: string

  /** `owner` is the account or key id that the entries name as their actor. */
  constructor(sql: SqlStorage, owner: string) {
    this.#sql = sql
    this.#owner = owner
    sql.exec('CREATE TABLE IF NOT EXISTS outbox_numbers (destination TEXT PRIMARY KEY, n INTEGER NOT NULL) WITHOUT ROWID')
    sql.exec('CREATE TABLE IF NOT EXISTS outbox (destination TEXT NOT NULL, n INTEGER NOT NULL, event TEXT NOT NULL, PRIMARY KEY (destination, n)) WITHOUT ROWID')
  }

  append(events: readonly GuardEvent[], destinations: readonly string[]): void {
    for (const event of events) for (const destination of destinations) this.#appendTo(destination, event)
  }

  /** The oldest rows of each destination, in order, and the last number handed out to each destination named. */
  read(limit: number): { rows: GuardOutboxRow[]; highs: Record<string, number> } {
    const kept = this.#sql.exec<{ destination: string; n: number; event: string }>('SELECT destination, n, event FROM outbox ORDER BY destination, n LIMIT ?', limit).toArray()
    const highs = Object.fromEntries(this.#sql.exec<{ destination: string; n: number }>('SELECT destination, n FROM outbox_numbers').toArray().map(({ destination, n }) => [destination, n]))
    const rows = kept.map(({ destination, n, event }) => {
      const { id, name, subject, meta, actorKind, at, personal } = JSON.parse(event) as GuardEvent // `as`: written by `append` only
      return { destination, n, id, name, subject, meta, at, personal, actor: { kind: actorKind, id: actorKind === 'visitor' ? 'anonymous' : this.#owner, role: null } }
    })
    return { rows, highs }
  }

  release(destination: string, n: number): void {
    this.#sql.exec('DELETE FROM outbox WHERE destination = ? AND n <= ?', destination, n)
  }

  get isEmpty(): boolean {
    return this.#sql.exec('SELECT 1 FROM outbox LIMIT 1').toArray().length === 0
  }

  #appendTo(destination: string, event: GuardEvent): void {
    this.#sql.exec('INSERT INTO outbox_numbers (destination, n) VALUES (?, 1) ON CONFLICT (destination) DO UPDATE SET n = n + 1', destination)
    this.#sql.exec('INSERT INTO outbox (destination, n, event) SELECT ?1, n, ?2 FROM outbox_numbers WHERE destination = ?1', destination, JSON.stringify(event))
  }
}
