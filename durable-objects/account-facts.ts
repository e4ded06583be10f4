import type { SeatCopy, Terms } from './account-words.ts'

/** What binds an account without a tenant: the figures of claims.md that all pages share. */
export const DEFAULT_TERMS: Terms = {
  idleMs: 7 * 86_400_000,
  absoluteMs: 30 * 86_400_000,
  rotateMs: 86_400_000,
  lockAfter: 10,
  lockMs: 3_600_000,
  countMfa: true,
  requests: 100,
  mfa: 'optional',
}

/** What the Worker last told the guard: the account's seats, the terms they make, and its sealed contact. */
export class AccountFacts {
  readonly #sql: SqlStorage

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
  }

  get seats(): SeatCopy[] {
    return this.#read<SeatCopy[]>('seats') ?? []
  }

  get terms(): Terms {
    return this.#read<Terms>('terms') ?? DEFAULT_TERMS
  }

  get contact(): { sealed: string; sealVersion: number } | null {
    return this.#read<{ sealed: string; sealVersion: number }>('contact')
  }

  /** Answers whether a role changed in a tenant the account was in already. */
  remember(seats: readonly SeatCopy[], terms: Terms): { roleChanged: boolean; left: string[] } {
    const before = this.seats
    this.#write('seats', seats)
    this.#write('terms', terms)
    const now = new Map(seats.map((seat) => [seat.tenantId, seat.role]))
    return {
      roleChanged: before.some((seat) => now.has(seat.tenantId) && now.get(seat.tenantId) !== seat.role),
      left: before.filter((seat) => !now.has(seat.tenantId)).map((seat) => seat.tenantId),
    }
  }

  setContact(contact: { sealed: string; sealVersion: number }): void {
    this.#write('contact', contact)
  }

  #read<T>(name: string): T | null {
    const row = this.#sql.exec<{ value: string }>('SELECT value FROM facts WHERE name = ?', name).toArray()[0]
    return row ? (JSON.parse(row.value) as T) : null // `as`: each name is written with one shape only
  }

  #write(name: string, value: unknown): void {
    this.#sql.exec('INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2', name, JSON.stringify(value))
  }
}
