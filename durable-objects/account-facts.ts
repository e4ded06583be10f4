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

type Contact = { sealed: string; sealVersion: number }
type Facts = { readonly seats: SeatCopy[]; readonly terms: Terms; readonly contact: Contact | null }
type Texts = { readonly seats?: string; readonly contact?: string }

/** What the Worker last told the guard: the account's seats and its sealed contact. */
export class AccountFacts {
  readonly #sql: SqlStorage
  /** What was last read, with the texts that said so: it is asked for with every request and changes once in a while. */
  #lastRead: { readonly texts: Texts; readonly facts: Facts } = { texts: {}, facts: { seats: [], terms: DEFAULT_TERMS, contact: null } }

  constructor(sql: SqlStorage) {
    this.#sql = sql
    sql.exec('CREATE TABLE IF NOT EXISTS facts (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID')
  }

  get seats(): SeatCopy[] {
    return this.all().seats
  }

  get terms(): Terms {
    return this.all().terms
  }

  get contact(): Contact | null {
    return this.all().contact
  }

  /** All of it, in one look. */
  all(): Facts {
    const texts: Texts = Object.fromEntries(this.#sql.exec<{ name: 'seats' | 'contact'; value: string }>('SELECT name, value FROM facts').toArray().map(({ name, value }) => [name, value]))
    const last = this.#lastRead
    if (texts.seats !== last.texts.seats || texts.contact !== last.texts.contact) {
      const seats = texts.seats === undefined ? [] : (JSON.parse(texts.seats) as SeatCopy[]) // `as`: so it was written
      const contact = texts.contact === undefined ? null : (JSON.parse(texts.contact) as Contact) // `as`: likewise
      this.#lastRead = { texts, facts: { seats, terms: termsOf(seats), contact } }
    }
    return this.#lastRead.facts
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

  setContact(contact: Contact): void {
    this.#write('contact', contact)
  }

  forget(): void {
    this.#sql.exec('DELETE FROM facts')
  }

  #write(name: string, value: unknown): void {
    this.#sql.exec('INSERT INTO facts (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = ?2', name, JSON.stringify(value))
  }
}
