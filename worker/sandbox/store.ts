import { and, desc, eq, inArray, lt, lte, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { accounts, directoryFence, platformDeliveries, tenants } from '../../db/schema/directory.ts'
import { tenantFence } from '../../db/schema/fence.ts'
import { sandboxAccounts, sandboxClock, sandboxMail } from '../../db/schema/sandbox.ts'
import type { SealedCell } from '../core/vault/sealed.ts'

/** A captured mail as it lies in the table. */
export type MailRow = { readonly id: string; readonly at: number; readonly idempotencyKey: string | null; readonly payloadHash: string; readonly cell: SealedCell }

/** A demo sign-in as it lies in the table. */
export type AccountRow = { readonly id: string; readonly seats: readonly DemoSeat[]; readonly cell: SealedCell }
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

  /** Every tenant and account of the directory, by id: whom moving the clock wakes. */
  async everybody(): Promise<{ tenants: string[]; accounts: string[] }> {
    const [tenantRows, accountRows] = await this.#db.batch([
      this.#db.select({ id: tenants.id }).from(tenants).where(inArray(tenants.state, ['open', 'moving', 'closing'])),
      this.#db.select({ id: accounts.id }).from(accounts),
    ])
    return { tenants: tenantRows.map(({ id }) => id), accounts: accountRows.map(({ id }) => id) }
  }

  /** How much waits in the directory: events not sealed, mail that is due. */
  async waiting(now: number): Promise<number> {
    const [fences, mails] = await this.#db.batch([
      this.#db.select({ n: sql<number>`${directoryFence.eventN} - ${directoryFence.sealedN}` }).from(directoryFence),
      this.#db.select({ n: sql<number>`count(*)` }).from(platformDeliveries).where(and(eq(platformDeliveries.state, 'queued'), lte(platformDeliveries.dueAt, now))),
    ])
    return (fences[0]?.n ?? 0) + (mails[0]?.n ?? 0)
  }
}

/** How many tenants of a shard have events that are not sealed yet. */
export async function unsealedTenants(shard: D1Database): Promise<number> {
  const [row] = await drizzle(shard)
    .select({ n: sql<number>`count(*)` })
    .from(tenantFence)
    .where(and(eq(tenantFence.state, 'open'), lt(tenantFence.sealedN, tenantFence.eventN)))
  return row?.n ?? 0
}

const mailRow = (row: typeof sandboxMail.$inferSelect): MailRow => ({
  id: row.id,
  at: row.at,
  idempotencyKey: row.idempotencyKey,
  payloadHash: row.payloadHash,
  cell: { sealed: row.content, sealVersion: row.sealVersion },
})
