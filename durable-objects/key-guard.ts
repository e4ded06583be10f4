import { DurableObject } from 'cloudflare:workers'
import type { GuardEvent, GuardOutboxRow, SeatCopy } from './account-words.ts'
import { clockLead } from './alarm-time.ts'
import type { KeyPresented, KeySetUp, KeyShown } from './key-words.ts'
import { MinuteLimit } from './minute-limit.ts'
import { ObjectOutbox } from './object-outbox.ts'
import { verbsOf } from './verbs-port.ts'

const DRAIN_AGAIN_MS = 10_000

type Row = { secret_hash: string; seat: string; scopes: string; requests: number; expires_at: number | null; revoked_at: number | null; used_at: number | null; carrier_id: string | null; refused: number; refusal: string | null }

/**
 * One API key: the hash of its secret, the tenant it opens, whose it is there, its scopes and its limit, all answered in one
 * call. When it is gone, that key opens nothing.
 */
export class KeyGuard extends DurableObject<unknown> {
  readonly #sql: SqlStorage
  readonly #outbox: ObjectOutbox
  readonly #limit = new MinuteLimit()
  readonly #id: string

  constructor(ctx: DurableObjectState, env: unknown) {
    super(ctx, env)
    this.#sql = ctx.storage.sql
    this.#id = ctx.id.name ?? ctx.id.toString()
    this.#sql.exec(`CREATE TABLE IF NOT EXISTS key (only INTEGER PRIMARY KEY CHECK (only = 1), secret_hash TEXT NOT NULL, seat TEXT NOT NULL, scopes TEXT NOT NULL,
      requests INTEGER NOT NULL, expires_at INTEGER, revoked_at INTEGER, used_at INTEGER)`)
    // Keys set up before carriers had any stand in a table without this column.
    if (this.#sql.exec("SELECT 1 FROM pragma_table_info('key') WHERE name = 'carrier_id'").toArray().length === 0) this.#sql.exec('ALTER TABLE key ADD COLUMN carrier_id TEXT')
    // As above: those that came before calls above the limit were told.
    if (this.#sql.exec("SELECT 1 FROM pragma_table_info('key') WHERE name = 'refusal'").toArray().length === 0) {
      this.#sql.exec('ALTER TABLE key ADD COLUMN refused INTEGER NOT NULL DEFAULT 0')
      this.#sql.exec('ALTER TABLE key ADD COLUMN refusal TEXT')
    }
    this.#outbox = new ObjectOutbox(this.#sql, this.#id)
  }

  /** Make the key good. False when this id is in use: a key is never given another secret. */
  setUp({ secretHash, seat, scopes, requests, expiresAt, carrierId }: KeySetUp): boolean {
    return this.#sql.exec(
      'INSERT INTO key (only, secret_hash, seat, scopes, requests, expires_at, carrier_id) VALUES (1, ?, ?, ?, ?, ?, ?) ON CONFLICT (only) DO NOTHING',
      secretHash, JSON.stringify(seat), JSON.stringify(scopes), requests, expiresAt, carrierId ?? null,
    ).rowsWritten > 0
  }

  /** What a secret opens at `now`. Calls of a carrier above the limit are counted, and told when their minute is over. */
  present({ secretHash, now, refusal }: KeyShown): KeyPresented {
    const row = this.#sql.exec<Row>('SELECT * FROM key').toArray()[0]
    if (!row || row.secret_hash !== secretHash || row.revoked_at !== null) return { ok: false }
    if (row.expires_at !== null && now >= row.expires_at) {
      this.#sql.exec('UPDATE key SET revoked_at = ?', now) // for good: a clock set back must not revive it
      return { ok: false }
    }
    if (row.used_at === null || now - row.used_at >= 5 * 60_000) this.#sql.exec('UPDATE key SET used_at = ?', now)
    const limit = { quota: row.requests, ...this.#limit.count(now, row.requests, true) }
    if (limit.allowed && row.refusal !== null) this.#tellRefused(now)
    else if (!limit.allowed && refusal && row.carrier_id !== null) this.#countRefused(row, refusal, now + limit.resetS * 1000 - clockLead(now))
    // `as`: written by setUp and remember only
    return { ok: true, seat: JSON.parse(row.seat) as SeatCopy, scopes: JSON.parse(row.scopes) as string[], carrierId: row.carrier_id, limit }
  }

  #countRefused({ refused, carrier_id }: Row, refusal: GuardEvent, tellAt: number): void {
    this.#sql.exec('UPDATE key SET refused = refused + 1, refusal = coalesce(refusal, ?)', JSON.stringify({ ...refusal, subject: carrier_id }))
    // What waits in the outbox has an alarm sooner, which tells of this too.
    if (refused === 0 && this.#outbox.isEmpty) this.ctx.waitUntil(this.ctx.storage.setAlarm(tellAt))
  }

  /** What was counted becomes one event of the tenant's log. */
  #tellRefused(now: number | null): void {
    const told = this.ctx.storage.transactionSync(() => {
      const row = this.#sql.exec<Row>('SELECT * FROM key WHERE refusal IS NOT NULL').toArray()[0]
      if (!row?.refusal) return false
      const event = JSON.parse(row.refusal) as GuardEvent // `as`: written by countRefused only
      this.#outbox.append([{ ...event, meta: { ...event.meta, times: row.refused } }], [(JSON.parse(row.seat) as SeatCopy).tenantId]) // `as`: written by setUp and remember only
      this.#sql.exec('UPDATE key SET refused = 0, refusal = NULL')
      return true
    })
    if (told && now !== null) this.ctx.waitUntil(this.ctx.storage.setAlarm(now - clockLead(now)))
  }

  /** Take a newer copy of the tenant's seat. */
  remember({ seat, requests }: { seat: SeatCopy; requests: number }): void {
    this.#sql.exec('UPDATE key SET seat = ?, requests = ?', JSON.stringify(seat), requests)
  }

  /** From now on the key opens nothing. Told before the tenant's commit: taking away comes first. */
  revoke({ now, events }: { now: number; events: GuardEvent[] }): boolean {
    const revoked = this.ctx.storage.transactionSync(() => {
      const row = this.#sql.exec<Row>('SELECT * FROM key').toArray()[0]
      if (!row || row.revoked_at !== null) return false
      this.#sql.exec('UPDATE key SET revoked_at = ?', now)
      this.#outbox.append(events, [(JSON.parse(row.seat) as SeatCopy).tenantId]) // `as`: written by setUp and remember only
      return true
    })
    if (!this.#outbox.isEmpty) this.ctx.waitUntil(this.ctx.storage.setAlarm(now - clockLead(now)))
    return revoked
  }

  /** Its tenant was destroyed: the key opens nothing, and nothing here tells whose it was. */
  async forget(): Promise<void> {
    for (const table of ['key', 'outbox', 'outbox_numbers']) this.#sql.exec(`DELETE FROM ${table}`)
    await this.ctx.storage.deleteAlarm()
  }

  /** When it was last used, to five minutes; null for never. */
  usedAt(): number | null {
    return this.#sql.exec<{ used_at: number | null }>('SELECT used_at FROM key').toArray()[0]?.used_at ?? null
  }

  outbox(limit: number): { rows: GuardOutboxRow[]; highs: Record<string, number> } {
    return this.#outbox.read(limit)
  }

  released(destination: string, n: number): void {
    this.#outbox.release(destination, n)
  }

  override async alarm(): Promise<void> {
    this.#tellRefused(null)
    try {
      await verbsOf(this.ctx).wake('drain-guard', `key:${this.#id}`)
    } finally {
      if (!this.#outbox.isEmpty) await this.ctx.storage.setAlarm(DRAIN_AGAIN_MS - clockLead(0))
    }
  }
}
