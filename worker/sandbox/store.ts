import { and, count, desc, eq, inArray, isNotNull, like, lt, lte, max, ne, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { alias } from 'drizzle-orm/sqlite-core'
import { apiKeys } from '../../db/schema/api.ts'
import { deliveries } from '../../db/schema/delivery.ts'
import { accounts, directoryFence, directoryOutbox, jobRuns, platformDeliveries, tenants } from '../../db/schema/directory.ts'
import { outbox, tenantFence } from '../../db/schema/fence.ts'
import { sandboxAccounts, sandboxAms, sandboxAmsNotes, sandboxCarrierKeys, sandboxClock, sandboxMail } from '../../db/schema/sandbox.ts'
import { PLATFORM, type Reach } from '../core/reach.ts'
import { RUN_JOB } from '../core/retention/module.ts'
import type { SealedCell } from '../core/vault/sealed.ts'

/** A captured mail as it lies in the table. */
export type MailRow = { readonly id: string; readonly at: number; readonly idempotencyKey: string | null; readonly payloadHash: string; readonly cell: SealedCell }

/** A note that the stand-in AMS was handed, as it lies in the table. */
export type AmsNoteRow = { readonly id: string; readonly at: number; readonly reference: string; readonly wire: 'rest' | 'hawksoft'; readonly cell: SealedCell }

/** How the stand-in AMS behaves. */
export const amsMoods = ['answers', 'down', 'silent'] as const
export type AmsMood = (typeof amsMoods)[number]

/** A demo sign-in as it lies in the table. */
export type AccountRow = { readonly id: string; readonly seats: readonly DemoSeat[]; readonly cell: SealedCell }
/** Everybody who may have something to do, by id. `logs`: of every tenant, closed ones too, and the deployment's last. */
export type Everybody = Readonly<Record<'tenants' | 'logs' | 'accounts' | 'keys', readonly string[]>>

export type DemoSeat = { readonly tenant: string; readonly role: string }

const CLOCK = 'clock'

/** The sandbox's own tables. */
export class SandboxStore {
  readonly #db: DrizzleD1Database

  constructor(d1: D1Database) {
    this.#db = drizzle(d1)
  }

  /** How far the clock runs ahead, in milliseconds. */
  async aheadMs(): Promise<number> {
    const [row] = await this.#db.select({ aheadMs: sandboxClock.aheadMs }).from(sandboxClock).where(eq(sandboxClock.id, CLOCK))
    return row?.aheadMs ?? 0
  }

  /** Move the clock forward; answers how far it runs ahead now. */
  async advance(ms: number): Promise<number> {
    const [row] = await this.#db
      .insert(sandboxClock)
      .values({ id: CLOCK, aheadMs: ms })
      .onConflictDoUpdate({ target: sandboxClock.id, set: { aheadMs: sql`${sandboxClock.aheadMs} + ${ms}` } })
      .returning({ aheadMs: sandboxClock.aheadMs })
    return row?.aheadMs ?? 0
  }

  async keepMail({ cell, ...row }: MailRow): Promise<void> {
    await this.#db.insert(sandboxMail).values({ ...row, content: cell.sealed, sealVersion: cell.sealVersion }).onConflictDoNothing()
  }

  async mailByKey(idempotencyKey: string): Promise<MailRow | null> {
    const [row] = await this.#db.select().from(sandboxMail).where(eq(sandboxMail.idempotencyKey, idempotencyKey))
    return row ? mailRow(row) : null
  }

  async mailById(id: string): Promise<MailRow | null> {
    const [row] = await this.#db.select().from(sandboxMail).where(eq(sandboxMail.id, id))
    return row ? mailRow(row) : null
  }

  /** Captured mail, newest first. */
  async mails(limit: number): Promise<MailRow[]> {
    const rows = await this.#db.select().from(sandboxMail).orderBy(desc(sandboxMail.at), desc(sandboxMail.id)).limit(limit)
    return rows.map(mailRow)
  }

  async amsDoes(): Promise<AmsMood> {
    const [row] = await this.#db.select({ does: sandboxAms.does }).from(sandboxAms)
    return row?.does ?? 'answers'
  }

  async setAms(does: AmsMood): Promise<void> {
    await this.#db.insert(sandboxAms).values({ id: 'ams', does }).onConflictDoUpdate({ target: sandboxAms.id, set: { does } })
  }

  async keepAmsNote({ cell, ...row }: AmsNoteRow): Promise<void> {
    await this.#db.insert(sandboxAmsNotes).values({ ...row, content: cell.sealed, sealVersion: cell.sealVersion })
  }

  async amsNotesOf(reference: string): Promise<AmsNoteRow[]> {
    return (await this.#db.select().from(sandboxAmsNotes).where(eq(sandboxAmsNotes.reference, reference))).map(amsNoteRow)
  }

  /** The notes that the stand-in AMS was handed, newest first. */
  async amsNotes(limit: number): Promise<AmsNoteRow[]> {
    return (await this.#db.select().from(sandboxAmsNotes).orderBy(desc(sandboxAmsNotes.at), desc(sandboxAmsNotes.id)).limit(limit)).map(amsNoteRow)
  }

  async keepAccount(account: AccountRow): Promise<void> {
    const values = { id: account.id, seats: JSON.stringify(account.seats), content: account.cell.sealed, sealVersion: account.cell.sealVersion }
    const { id: _, ...rest } = values
    await this.#db.insert(sandboxAccounts).values(values).onConflictDoUpdate({ target: sandboxAccounts.id, set: rest })
  }

  /** The demo sign-ins in the order they were made. */
  async accounts(): Promise<AccountRow[]> {
    const rows = await this.#db.select().from(sandboxAccounts).orderBy(sql`rowid`)
    return rows.map((row) => ({
      id: row.id,
      seats: JSON.parse(row.seats) as DemoSeat[], // `as`: written by keepAccount
      cell: { sealed: row.content, sealVersion: row.sealVersion },
    }))
  }

  /** The first key that is kept for a carrier stays. */
  async keepCarrierKey({ id, cell }: { readonly id: string; readonly cell: SealedCell }): Promise<void> {
    await this.#db.insert(sandboxCarrierKeys).values({ id, content: cell.sealed, sealVersion: cell.sealVersion }).onConflictDoNothing()
  }

  /** The demo carriers' keys in the order they were made. */
  async carrierKeys(): Promise<{ readonly id: string; readonly cell: SealedCell }[]> {
    const rows = await this.#db.select().from(sandboxCarrierKeys).orderBy(sql`rowid`)
    return rows.map(({ id, content, sealVersion }) => ({ id, cell: { sealed: content, sealVersion } }))
  }

  /** Everybody whom moving the clock wakes. */
  async everybody(reach: Reach): Promise<Everybody> {
    const [tenantRows, accountRows] = await this.#db.batch([this.#db.select({ id: tenants.id, state: tenants.state }).from(tenants).where(ne(tenants.state, 'creating')), this.#db.select({ id: accounts.id }).from(accounts)])
    const keys = await Promise.all(reach.shardNames.map((name) => drizzle(reach.shard(name)).select({ id: apiKeys.id }).from(apiKeys)))
    return {
      tenants: tenantRows.filter(({ state }) => state !== 'closed').map(({ id }) => id),
      logs: [...tenantRows.map(({ id }) => id), PLATFORM],
      accounts: accountRows.map(({ id }) => id),
      keys: keys.flat().map(({ id }) => id),
    }
  }

  /** What waits in the directory: events not sealed or not followed, mail that is due, sweeps that their budget cut off, tenants half made or on the move. */
  async waits(now: number): Promise<{ events: number; mail: number; retention: number; tenancy: number }> {
    const newest = alias(jobRuns, 'newest')
    const last = this.#db.select({ at: max(newest.at) }).from(newest).where(eq(newest.job, jobRuns.job))
    const [fences, rows, mails, cutOff, changing] = await this.#db.batch([
      this.#db.select({ n: sql<number>`${directoryFence.eventN} - ${directoryFence.sealedN}` }).from(directoryFence),
      this.#db.select({ n: count() }).from(directoryOutbox),
      this.#db.select({ n: count() }).from(platformDeliveries).where(and(eq(platformDeliveries.state, 'queued'), lte(platformDeliveries.dueAt, now))),
      this.#db.select({ n: count() }).from(jobRuns).where(and(like(jobRuns.job, `${RUN_JOB} %`), isNotNull(jobRuns.cursor), eq(jobRuns.at, last))),
      this.#db.select({ n: count() }).from(tenants).where(inArray(tenants.state, ['creating', 'moving'])),
    ])
    return { events: (fences[0]?.n ?? 0) + (rows[0]?.n ?? 0), mail: mails[0]?.n ?? 0, retention: cutOff[0]?.n ?? 0, tenancy: changing[0]?.n ?? 0 }
  }
}

/** What waits on a shard: tenants with events not sealed and events not followed, and mail that is due. */
export async function shardWaits(shard: D1Database, now: number): Promise<{ events: number; mail: number }> {
  const db = drizzle(shard)
  const lives = inArray(tenantFence.state, ['open', 'moving', 'closed'])
  const [fences, rows, mails] = await db.batch([
    db.select({ n: count() }).from(tenantFence).where(and(lives, lt(tenantFence.sealedN, tenantFence.eventN))),
    db.select({ n: count() }).from(outbox).innerJoin(tenantFence, and(eq(tenantFence.tenantId, outbox.tenantId), lives)),
    db.select({ n: count() }).from(deliveries).innerJoin(tenantFence, and(eq(tenantFence.tenantId, deliveries.tenantId), eq(tenantFence.state, 'open'))).where(and(eq(deliveries.state, 'queued'), lte(deliveries.dueAt, now))),
  ])
  return { events: (fences[0]?.n ?? 0) + (rows[0]?.n ?? 0), mail: mails[0]?.n ?? 0 }
}

const mailRow = (row: typeof sandboxMail.$inferSelect): MailRow => ({
  id: row.id,
  at: row.at,
  idempotencyKey: row.idempotencyKey,
  payloadHash: row.payloadHash,
  cell: { sealed: row.content, sealVersion: row.sealVersion },
})

const amsNoteRow = (row: typeof sandboxAmsNotes.$inferSelect): AmsNoteRow => ({ id: row.id, at: row.at, reference: row.reference, wire: row.wire, cell: { sealed: row.content, sealVersion: row.sealVersion } })
