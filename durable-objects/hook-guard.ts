import { DurableObject } from 'cloudflare:workers'
import type { SeatCopy } from './account-words.ts'
import { clockLead } from './alarm-time.ts'
import { countHook, type HookQuotas, type HookWindow } from './hook-rule.ts'
import type { HookConnection, HookPresented, HookRefused, KeysAsked, StockedKey } from './hook-words.ts'
import { KeyStock } from './key-stock.ts'
import { verbsOf } from './verbs-port.ts'

/** Refusals remembered per connection: enough to see what is set up wrongly. */
const REFUSALS_KEPT = 20

/** How long a stock that runs low waits for the burst to pass before more keys are made. */
const QUIET_MS = 3_000

/** Sessions of diallers held in memory: those of ten minutes at an organisation's limit. */
const SESSIONS_KEPT = 2_000

const FRESH: HookWindow = { since: 0, n: 0 }

type Row = { id: string; sender: string; sealed: string; seal_version: number; previous_until: number | null; quota: number }

/**
 * The inbound webhooks of one organisation: which connections are open, their sealed secrets, where the tenant lives, and
 * both limits, all answered in one call. One object for the organisation, because its limit is over all its connections
 * together. Counts live in memory: an object idle long enough to be put away had nobody to limit. It keeps a stock of keys
 * for calls to come. When it is gone, nothing comes in until the connections are set up again.
 */
export class HookGuard extends DurableObject<unknown> {
  readonly #sql: SqlStorage
  #organisation: HookWindow = FRESH
  readonly #connections = new Map<string, HookWindow>()
  readonly #stock: KeyStock
  readonly #sessions = new Set<string>()

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#sql.exec('CREATE TABLE IF NOT EXISTS seat (only INTEGER PRIMARY KEY CHECK (only = 1), seat TEXT NOT NULL, quota INTEGER NOT NULL)')
    this.#sql.exec('CREATE TABLE IF NOT EXISTS connections (id TEXT PRIMARY KEY, sender TEXT NOT NULL, sealed TEXT NOT NULL, seal_version INTEGER NOT NULL, previous_until INTEGER, quota INTEGER NOT NULL, revoked_at INTEGER) WITHOUT ROWID')
    this.#sql.exec('CREATE TABLE IF NOT EXISTS refusals (n INTEGER PRIMARY KEY AUTOINCREMENT, connection_id TEXT NOT NULL, why TEXT NOT NULL, at INTEGER NOT NULL)')
    this.#sql.exec('CREATE INDEX IF NOT EXISTS refusals_of ON refusals (connection_id, n)')
    this.#stock = new KeyStock(this.#sql)
  }

  /** Open a connection, or take newer secrets of one that is open. Told after the tenant's commit. A revoked one stays so. */
  setUp({ seat, quotas, connection }: { seat: SeatCopy; quotas: HookQuotas; connection: HookConnection }): void {
    const { id, sender, sealed, sealVersion, previousUntil } = connection
    this.ctx.storage.transactionSync(() => {
      this.#sql.exec('INSERT INTO seat (only, seat, quota) VALUES (1, ?1, ?2) ON CONFLICT (only) DO UPDATE SET seat = ?1, quota = ?2', JSON.stringify(seat), quotas.organisation)
      this.#sql.exec(
        'INSERT INTO connections (id, sender, sealed, seal_version, previous_until, quota) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (id) DO UPDATE SET sealed = ?3, seal_version = ?4, previous_until = ?5, quota = ?6 WHERE revoked_at IS NULL',
        id, sender, sealed, sealVersion, previousUntil, quotas.connection,
      )
    })
  }

  /** Whether a connection is open at `now` and within both limits, and what its messages are proven with. */
  present({ connectionId, now }: { connectionId: string; now: number }): HookPresented {
    const seat = this.#sql.exec<{ seat: string; quota: number }>('SELECT seat, quota FROM seat').toArray()[0]
    const row = this.#sql.exec<Row>('SELECT id, sender, sealed, seal_version, previous_until, quota FROM connections WHERE id = ? AND revoked_at IS NULL', connectionId).toArray()[0]
    if (!seat || !row) return { ok: false }
    const { after, ...limit } = countHook({ organisation: this.#organisation, connection: this.#connections.get(connectionId) ?? FRESH }, { organisation: seat.quota, connection: row.quota }, now)
    this.#organisation = after.organisation
    this.#connections.set(connectionId, after.connection)
    // `as`: written by setUp only
    return { ok: true, seat: JSON.parse(seat.seat) as SeatCopy, connection: { id: row.id, sender: row.sender, sealed: row.sealed, sealVersion: row.seal_version, previousUntil: row.previous_until }, limit }
  }

  /** The key of a new call, handed out once; null where none was made ahead. A stock that runs low is filled when the burst is over. */
  async takeKey(now: number): Promise<StockedKey | null> {
    const key = this.#stock.take(now)
    if (this.#stock.isLow && (await this.ctx.storage.getAlarm()) === null) await this.ctx.storage.setAlarm(now + QUIET_MS - clockLead(now))
    return key
  }

  /** The same for a dialler's session that nobody asked a key for before; one that was heard of gets none, so that a call that rings at five desks takes one. */
  async takeKeyFor({ session, now }: { session: string; now: number }): Promise<{ heard: boolean; key: StockedKey | null }> {
    return this.#isNew(session) ? { heard: false, key: await this.takeKey(now) } : { heard: true, key: null }
  }

  /** Whether this session was not asked for lately. One that was forgotten, with the object's memory or for many later ones, takes a key that is given back. */
  #isNew(session: string): boolean {
    if (this.#sessions.has(session)) return false
    if (this.#sessions.size >= SESSIONS_KEPT) for (const oldest of [...this.#sessions].slice(0, SESSIONS_KEPT / 2)) this.#sessions.delete(oldest)
    this.#sessions.add(session)
    return true
  }

  /** How many keys are wanted, and which to look after. */
  keysAsked(now: number): KeysAsked {
    return this.#stock.asks(now)
  }

  /** Keys that lie in the bucket by now, and those that were looked after. False for an organisation that was destroyed meanwhile: they are not wanted. */
  stockKeys({ made, settled }: { made: readonly StockedKey[]; settled: readonly string[] }): boolean {
    if (this.#sql.exec('SELECT 1 FROM seat').toArray().length === 0) return false
    this.ctx.storage.transactionSync(() => {
      this.#stock.add(made)
      this.#stock.settled(settled)
    })
    return true
  }

  override async alarm(): Promise<void> {
    const [only] = this.#sql.exec<{ seat: string }>('SELECT seat FROM seat').toArray()
    if (only) await verbsOf(this.ctx).wake('stock-keys', (JSON.parse(only.seat) as SeatCopy).tenantId) // `as`: written by setUp only
  }

  /** Where the tenant lives and what its policy says has changed since a connection was set up. */
  moved(seat: SeatCopy): void {
    this.#sql.exec('UPDATE seat SET seat = ?', JSON.stringify(seat))
  }

  /** From now on nothing comes in by this connection. Told before the tenant's commit: taking away comes first. */
  revoke({ connectionId, now }: { connectionId: string; now: number }): void {
    this.#sql.exec('UPDATE connections SET revoked_at = ?, sealed = ? WHERE id = ? AND revoked_at IS NULL', now, '', connectionId)
  }

  /** A message was turned away. Only the last ones are remembered, however many there are. */
  refused({ connectionId, why, at }: HookRefused): void {
    this.ctx.storage.transactionSync(() => {
      this.#sql.exec('INSERT INTO refusals (connection_id, why, at) VALUES (?, ?, ?)', connectionId, why, at)
      this.#sql.exec('DELETE FROM refusals WHERE connection_id = ?1 AND n NOT IN (SELECT n FROM refusals WHERE connection_id = ?1 ORDER BY n DESC LIMIT ?2)', connectionId, REFUSALS_KEPT)
    })
  }

  /** The last messages turned away, the newest first. */
  refusals(connectionId: string): HookRefused[] {
    return this.#sql.exec<{ why: string; at: number }>('SELECT why, at FROM refusals WHERE connection_id = ? ORDER BY n DESC', connectionId).toArray().map(({ why, at }) => ({ connectionId, why, at }))
  }

  /** Its organisation was destroyed: nothing comes in, and nothing here tells whose it was. */
  async forget(): Promise<void> {
    this.#stock.forget()
    this.#sessions.clear()
    await this.ctx.storage.deleteAlarm()
    for (const table of ['seat', 'connections', 'refusals']) this.#sql.exec(`DELETE FROM ${table}`)
  }
}
