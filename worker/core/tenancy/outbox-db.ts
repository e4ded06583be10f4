import { and, asc, eq, gt, lt, lte, sql } from 'drizzle-orm'
import { drizzle, type DrizzleD1Database } from 'drizzle-orm/d1'
import { union, type SQLiteColumn } from 'drizzle-orm/sqlite-core'
import { directoryFence, directoryOutbox } from '../../../db/schema/directory.ts'
import { outbox, tenantFence } from '../../../db/schema/fence.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { DIRECTORY_ROW } from './directory-db.ts'
import { tenantPlace } from './store.ts'

/** One row of an outbox on its way to the chain. */
export type PendingRow = { readonly n: number; readonly id: string; readonly body: string; readonly personal: string | null; readonly mac: string }

/** What lies in an outbox at one moment. */
export type Pending = {
  /** The last number handed out. */
  readonly high: number
  /** Rows after `after`, in order. */
  readonly unsealed: readonly PendingRow[]
  /** Sealed rows that stay because a follower of theirs has not got through yet. */
  readonly waiting: readonly PendingRow[]
}

/** An outbox for the drain alone: read past the fence, whatever state it is in, and let go of what is sealed. */
export type Outbox = {
  /** Null where the outbox is not here (any more). `after` is what the chain has sealed. */
  readonly read: (after: number, limit: number) => Promise<Pending | null>
  /** Everything up to `n` is sealed, and the rows numbered in `gone` may go. */
  readonly release: (n: number, gone: readonly number[]) => Promise<void>
}

/**
 * The outbox of a tenant on the shard where it lives, or the directory's for `platform`; null for a tenant that lives
 * nowhere. Ask the chain how far it has sealed before asking this: a move switches the directory before the new shard writes.
 */
export async function outboxOf(reach: Reach, tenantId: string): Promise<Outbox | null> {
  if (tenantId === PLATFORM) return ofDirectory(drizzle(reach.env.DIRECTORY))
  const place = await reach.directory.read(tenantPlace(reach.directory, tenantId))
  return place ? ofShard(drizzle(reach.shard(place.shard)), tenantId) : null
}

function ofShard(db: DrizzleD1Database, tenantId: string): Outbox {
  const mine = eq(outbox.tenantId, tenantId)
  const columns = { n: outbox.n, id: outbox.id, body: outbox.body, personal: outbox.personal, mac: outbox.mac }
  return {
    read: async (after, limit) => {
      // The smaller of both marks: a `sealed_n` raised by hand hides nothing from the chain.
      const mark = sql`min(${after}, (select ${tenantFence.sealedN} from ${tenantFence} where ${tenantFence.tenantId} = ${tenantId}))`
      const [fence, unsealed, waiting] = await db.batch([
        db.select({ state: tenantFence.state, high: tenantFence.eventN }).from(tenantFence).where(eq(tenantFence.tenantId, tenantId)),
        db.select(columns).from(outbox).where(and(mine, gt(outbox.n, mark))).orderBy(asc(outbox.n)).limit(limit),
        db.select(columns).from(outbox).where(and(mine, lte(outbox.n, mark))).orderBy(asc(outbox.n)).limit(limit),
      ])
      return fence[0] && fence[0].state !== 'moved' ? { high: fence[0].high, unsealed, waiting } : null
    },
    release: async (n, gone) => {
      const reached = sql`min(${n}, ${tenantFence.eventN})`
      await db.batch([
        db.update(tenantFence).set({ sealedN: reached }).where(and(eq(tenantFence.tenantId, tenantId), gt(reached, tenantFence.sealedN))),
        db.delete(outbox).where(and(mine, among(outbox.n, gone))),
      ])
    },
  }
}

function ofDirectory(db: DrizzleD1Database): Outbox {
  const columns = { n: directoryOutbox.n, id: directoryOutbox.id, body: directoryOutbox.body, personal: directoryOutbox.personal, mac: directoryOutbox.mac }
  return {
    read: async (after, limit) => {
      const mark = sql`min(${after}, (select ${directoryFence.sealedN} from ${directoryFence}))`
      const [fence, unsealed, waiting] = await db.batch([
        db.select({ high: directoryFence.eventN }).from(directoryFence).where(eq(directoryFence.id, DIRECTORY_ROW)),
        db.select(columns).from(directoryOutbox).where(gt(directoryOutbox.n, mark)).orderBy(asc(directoryOutbox.n)).limit(limit),
        db.select(columns).from(directoryOutbox).where(lte(directoryOutbox.n, mark)).orderBy(asc(directoryOutbox.n)).limit(limit),
      ])
      return fence[0] ? { high: fence[0].high, unsealed, waiting } : null
    },
    release: async (n, gone) => {
      const reached = sql`min(${n}, ${directoryFence.eventN})`
      await db.batch([
        db.update(directoryFence).set({ sealedN: reached }).where(and(eq(directoryFence.id, DIRECTORY_ROW), gt(reached, directoryFence.sealedN))),
        db.delete(directoryOutbox).where(among(directoryOutbox.n, gone)),
      ])
    },
  }
}

/** As one JSON value: D1 binds at most 100 parameters. */
const among = (column: SQLiteColumn, numbers: readonly number[]) => sql`${column} in (select value from json_each(${JSON.stringify(numbers)}))`

/**
 * Tenants of a shard with events that the chain has not sealed, or rows that wait for a follower. For the minute cron. The
 * fence is asked too: whoever deletes rows from the outbox does not thereby hide that their numbers were handed out.
 */
export async function tenantsToDrain(reach: Reach, shard: string): Promise<string[]> {
  const db = drizzle(reach.shard(shard))
  const behind = db.select({ tenantId: tenantFence.tenantId }).from(tenantFence).where(lt(tenantFence.sealedN, tenantFence.eventN))
  const rows = await union(db.select({ tenantId: outbox.tenantId }).from(outbox), behind)
  return rows.map(({ tenantId }) => tenantId)
}
