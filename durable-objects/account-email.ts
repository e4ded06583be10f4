import type { EmailChange } from './account-words.ts'

/**
 * `dropped`: a newer one took its place, or the address was taken; `stopped`: a dispute of it or of an earlier one undid it;
 * `disputed`: the same, and the directory is still owed its old address.
 */
type State = 'pending' | 'confirmed' | 'applied' | 'dropped' | 'stopped' | 'disputed'
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
    this.#sql.exec("UPDATE email_changes SET state = 'dropped' WHERE state = 'pending'")
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

  /** The directory has the new address. Answers with the change where a dispute came in between: then the old one must go back. */
  applied(id: string): EmailChange | null {
    this.#sql.exec("UPDATE email_changes SET state = 'applied' WHERE id = ? AND state = 'confirmed'", id)
    const row = this.#row(id)
    return row && row.state !== 'applied' ? changeOf(row) : null
  }

  /** The new address was taken meanwhile: nothing comes of this change. */
  drop(id: string): void {
    this.#sql.exec("UPDATE email_changes SET state = 'dropped' WHERE id = ? AND state IN ('pending', 'confirmed')", id)
  }

  /** Whether its old address has a say: once a dispute undid a change, the address that it went from was somebody else's. */
  disputable(id: string): boolean {
    const state = this.#row(id)?.state
    return state !== undefined && state !== 'stopped' && state !== 'disputed'
  }

  /** This change and every later one are stopped; the directory is owed the address before it. */
  dispute(id: string): EmailChange | null {
    const row = this.#row(id)
    if (!row) return null
    this.#sql.exec("UPDATE email_changes SET state = 'stopped' WHERE at >= ?", row.at)
    this.#sql.exec("UPDATE email_changes SET state = 'disputed' WHERE id = ?", id)
    return changeOf(row)
  }

  forget(): void {
    this.#sql.exec('DELETE FROM email_changes')
  }

  /** A disputed change whose old address is not back in force yet; null for any other. */
  disputed(id: string): EmailChange | null {
    const row = this.#row(id)
    return row?.state === 'disputed' ? changeOf(row) : null
  }

  /** The directory has the old address again: what its person asks for later is nobody's to undo. */
  undone(id: string): void {
    this.#sql.exec("UPDATE email_changes SET state = 'stopped' WHERE id = ? AND state = 'disputed'", id)
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
