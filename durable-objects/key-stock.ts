import type { KeysAsked, StockedKey } from './hook-words.ts'

/** Keys that lie ready. A minute at an organisation's limit is some fifty calls: a call sends three or four messages. */
export const STOCKED = 64
/** With fewer than this more are made. */
const LOW = 32

/** Keys taken into memory by one write, to be handed out from there. */
const AT_HAND = 8

/** A key that was handed out longer ago than this has a call by now, or never will: no message is taken for so long. */
const SETTLED_MS = 3_600_000

/** How long keys stay at hand. */
const AT_HAND_MS = SETTLED_MS / 2

/** Keys looked after at once: as many as one question of the database takes. */
const LOOKED_AT = 90

/**
 * Ids of keys that were made ahead of the calls they are for. An id is handed out once: it is marked before it comes to hand,
 * eight by one write, and leaves the hand in the step that answers it; what was at hand when the object was put away is handed
 * to nobody. Only ids are written down. A key's bytes are held in memory from its making until it is handed out, while nothing
 * was ever sealed under it; when they are lost with the object's memory, the bucket has them.
 */
export class KeyStock {
  readonly #sql: SqlStorage
  readonly #bytes = new Map<string, Uint8Array>()
  #atHand: string[] = []
  #takenAt = 0
  #left: number

  constructor(sql: SqlStorage) {
    this.#sql = sql
    this.#sql.exec('CREATE TABLE IF NOT EXISTS stock (id TEXT PRIMARY KEY, handed_at INTEGER) WITHOUT ROWID')
    this.#left = this.#sql.exec<{ n: number }>('SELECT count(*) AS n FROM stock WHERE handed_at IS NULL').one().n
  }

  /** One that is left, or null. */
  take(now: number): StockedKey | null {
    if (now - this.#takenAt > AT_HAND_MS || now < this.#takenAt) this.#drop()
    if (this.#atHand.length === 0 && this.#left > 0) {
      this.#takenAt = now
      this.#atHand = this.#sql.exec<{ id: string }>('UPDATE stock SET handed_at = ? WHERE id IN (SELECT id FROM stock WHERE handed_at IS NULL ORDER BY id LIMIT ?) RETURNING id', now, AT_HAND).toArray().map(({ id }) => id)
    }
    const id = this.#atHand.pop()
    if (id === undefined) return null
    const salt = this.#bytes.get(id) ?? null
    this.#bytes.delete(id)
    this.#left -= 1
    return { id, salt }
  }

  get isLow(): boolean {
    return this.#left < LOW
  }

  /** What was at hand for long is handed to nobody: it may be looked after by now. */
  #drop(): void {
    for (const id of this.#atHand) this.#bytes.delete(id)
    this.#left -= this.#atHand.length
    this.#atHand = []
  }

  /** How many are wanted, and which were handed out so long ago that whoever has none of their calls may destroy them. */
  asks(now: number): KeysAsked {
    const handed = this.#sql.exec<{ id: string }>('SELECT id FROM stock WHERE handed_at <= ? ORDER BY handed_at LIMIT ?', now - SETTLED_MS, LOOKED_AT).toArray()
    return { wanted: this.isLow ? STOCKED - this.#left : 0, handed: handed.map(({ id }) => id) }
  }

  add(keys: readonly StockedKey[]): void {
    this.#left += keys.length
    for (const { id, salt } of keys) {
      this.#sql.exec('INSERT INTO stock (id) VALUES (?)', id)
      if (salt) this.#bytes.set(id, salt)
    }
  }

  /** These were looked after. */
  settled(ids: readonly string[]): void {
    for (const id of ids) this.#sql.exec('DELETE FROM stock WHERE id = ? AND handed_at IS NOT NULL', id)
  }

  forget(): void {
    this.#sql.exec('DELETE FROM stock')
    this.#bytes.clear()
    this.#atHand = []
    this.#left = 0
  }
}
