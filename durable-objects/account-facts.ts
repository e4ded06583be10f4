import type { SeatCopy, Terms } from './account-words.ts'

const DAY_MS = 86_400_000

/** What binds an account without a tenant: the figures of claims.md that all pages share. */
export const DEFAULT_TERMS: Terms = {
  idleMs: 7 * DAY_MS,
  absoluteMs: 30 * DAY_MS,
  rotateMs: DAY_MS,
  lockAfter: 10,
  lockMs: 3_600_000,
  countMfa: true,
  requests: 100,
  mfa: 'optional',
  passwordMin: 15,
  passwordHash: 'scrypt',
}

/** The terms that several seats make together: for each value the strictest (claims.md, Conflicts). Pure. */
export function termsOf(seats: readonly SeatCopy[]): Terms {
  if (seats.length === 0) return DEFAULT_TERMS
  const numbers = (key: string, unit: number, fallback: number) => seats.map(({ policy }) => (typeof policy[key] === 'number' ? policy[key] * unit : fallback))
  const says = (key: string, value: string) => seats.filter(({ policy }) => policy[key] === value).length
  return {
    idleMs: Math.min(...numbers('session.idle_days', DAY_MS, DEFAULT_TERMS.idleMs)),
    absoluteMs: Math.min(...numbers('session.absolute_days', DAY_MS, DEFAULT_TERMS.absoluteMs)),
    rotateMs: Math.min(...numbers('session.rotate_hours', 3_600_000, DEFAULT_TERMS.rotateMs)),
    lockAfter: Math.min(...numbers('auth.lockout.threshold', 1, DEFAULT_TERMS.lockAfter)),
    lockMs: Math.max(...numbers('auth.lockout.minutes', 60_000, DEFAULT_TERMS.lockMs)),
    countMfa: says('auth.lockout.counts', 'password+mfa') > 0,
    requests: Math.min(...numbers('rate.api_user', 1, DEFAULT_TERMS.requests)),
    mfa: says('mfa.mode', 'required') > 0 ? 'required' : says('mfa.mode', 'encouraged') > 0 ? 'encouraged' : 'optional',
    passwordMin: Math.max(...numbers('auth.password_min', 1, DEFAULT_TERMS.passwordMin)),
    passwordHash: says('auth.password_hash', 'bcrypt12') === seats.length ? 'bcrypt12' : 'scrypt',
  }
}

/** What the Worker last told the guard: the account's seats and its sealed contact. */
export class AccountFacts {
  readonly #sql: SqlStorage
  /** The seats as they were last read, with the text that said so: they are asked for with every request and change once in a while. */
  #lastRead: { readonly text: string; readonly seats: SeatCopy[]; readonly terms: Terms } = { text: '', seats: [], terms: DEFAULT_TERMS }

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
  }

  get seats(): SeatCopy[] {
    return this.#current().seats
  }

  get terms(): Terms {
    return this.#current().terms
  }

  get contact(): { sealed: string; sealVersion: number } | null {
    const text = this.#text('contact')
    return text === null ? null : (JSON.parse(text) as { sealed: string; sealVersion: number }) // `as`: so it was written
  }

  /** Answers whether a role changed in a tenant the account was in already. */
  remember(seats: readonly SeatCopy[]): { roleChanged: boolean; left: string[] } {
    const before = this.seats
    this.#write('seats', seats)
    const now = new Map(seats.map((seat) => [seat.tenantId, seat.role]))
    return {
      roleChanged: before.some((seat) => now.has(seat.tenantId) && now.get(seat.tenantId) !== seat.role),
      left: before.filter((seat) => !now.has(seat.tenantId)).map((seat) => seat.tenantId),
    }
  }

  setContact(contact: { sealed: string; sealVersion: number }): void {
    this.#write('contact', contact)
  }

  forget(): void {
    this.#sql.exec('DELETE FROM facts')
  }

  #current(): { seats: SeatCopy[]; terms: Terms } {
    const text = this.#text('seats') ?? '[]'
    if (text !== this.#lastRead.text) {
      const seats = JSON.parse(text) as SeatCopy[] // `as`: so it was written
      this.#lastRead = { text, seats, terms: termsOf(seats) }
    }
    return this.#lastRead
  }

  #text(name: 'seats' | 'contact'): string | null {
    return this.#sql.exec<{ value: string }>('SELECT value FROM facts WHERE name = ?', name).toArray()[0]?.value ?? null
  }

  #write(name: string, value: unknown): void {
    this.#sql.exec('INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2', name, JSON.stringify(value))
  }
}
