import type { EmailChange } from './account-words.ts'

type State = 'pending' | 'confirmed' | 'applied' | 'stopped'
type Row = { id: string; state: State; old_index: string; old_contact: string; old_version: number; new_index: string; new_address: string; new_version: number; at: number }

/**
 * Changes of address of one account: what was asked for, and how far each came. The directory holds the address that is in
 * force; this says which way it has to go, so that a confirmation and a dispute that cross cannot both win. Part of
 * AccountGuard, whose transaction it runs in.
 */
export class AccountEmail {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec(`CREATE TABLE IF NOT EXISTS email_changes (id TEXT PRIMARY KEY, state TEXT NOT NULL, old_index TEXT NOT NULL, old_contact TEXT NOT NULL, old_version INTEGER NOT NULL,
      new_index TEXT NOT NULL, new_address TEXT NOT NULL, new_version INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID`)
  }

  /** A new change takes the place of one that was not confirmed yet. */
  begin(change: EmailChange, now: number): void {
    this.#sql.exec("UPDATE email_changes SET state = 'stopped' WHERE state = 'pending'")
    this.#sql.exec(
      "INSERT INTO email_changes (id, state, old_index, old_contact, old_version, new_index, new_address, new_version, at) VALUES (?, 'pending', ?, ?, ?, ?, ?, ?, ?)",
      change.id, change.oldIndex, change.oldContact.sealed, change.oldContact.sealVersion, change.newIndex, change.newAddress.sealed, change.newAddress.sealVersion, now,
    )
  }

  /** The change may be put in force; null where it was stopped or is in force. Safe to repeat. */
  confirm(id: string, { pendingToo }: { pendingToo: boolean } = { pendingToo: true }): EmailChange | null {
    if (pendingToo) this.#sql.exec("UPDATE email_changes SET state = 'confirmed' WHERE id = ? AND state = 'pending'", id)
    const row = this.#row(id)
    return row && row.state === 'confirmed' ? changeOf(row) : null
  }

  /** The directory has the new address. False when a dispute came in between: then the old one must go back. */
  applied(id: string): boolean {
    this.#sql.exec("UPDATE email_changes SET state = 'applied' WHERE id = ? AND state = 'confirmed'", id)
    return this.#row(id)?.state === 'applied'
  }

  /** This change and every later one are stopped. Answers with it, for the old address to be put back. */
  stop(id: string): EmailChange | null {
    const row = this.#row(id)
    if (!row) return null
    this.#sql.exec("UPDATE email_changes SET state = 'stopped' WHERE at >= ?", row.at)
    return changeOf(row)
  }

  forget(): void {
    this.#sql.exec('DELETE FROM email_changes')
  }

  #row(id: string): Row | undefined {
    return this.#sql.exec<Row>('SELECT * FROM email_changes WHERE id = ?', id).toArray()[0]
  }
}

const changeOf = (row: Row): EmailChange => ({
  id: row.id,
  oldIndex: row.old_index,
  oldContact: { sealed: row.old_contact, sealVersion: row.old_version },
  newIndex: row.new_index,
  newAddress: { sealed: row.new_address, sealVersion: row.new_version },
})
