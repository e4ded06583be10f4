import { lt } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { union } from 'drizzle-orm/sqlite-core'
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

/** Everything up to `sealedN` is sealed, and the rows numbered in `gone` may go. */
export type LetGo = { readonly sealedN: number; readonly gone: readonly number[] }

/** An outbox for the drain alone: read past the fence, whatever state it is in, and let go of what is sealed. */
export type Outbox = {
  /** Null where the outbox is not here (any more). `after` is what the chain has sealed. In the same batch, and before it is read, it lets go of what is `owed`. */
  readonly read: (after: number, limit: number, owed: LetGo | null) => Promise<Pending | null>
  readonly release: (letGo: LetGo) => Promise<void>
}

/**
 * The outbox of a tenant on the shard where it lives, or the directory's for `platform`; null for a tenant that lives
 * nowhere. Ask the chain how far it has sealed before asking this: a move switches the directory before the new shard writes.
 */
export async function outboxOf(reach: Reach, tenantId: string): Promise<Outbox | null> {
  if (tenantId === PLATFORM) return ofDirectory(reach.env.DIRECTORY)
  const place = await reach.directory.read(tenantPlace(reach.directory, tenantId))
  return place ? ofShard(reach.shard(place.shard), tenantId) : null
}

/** Plain SQL: hundreds of rows at a time, and the builder would take longer over each than the database. */
function ofShard(shard: D1Database, tenantId: string): Outbox {
  // The smaller of both marks: a `sealed_n` raised by hand hides nothing from the chain.
  const mark = 'min(?2, (select sealed_n from tenant_fence where tenant_id = ?1))'
  const fence = shard.prepare('select event_n as high, state from tenant_fence where tenant_id = ?1').bind(tenantId)
  return outboxAt(shard, {
    fence,
    unsealed: (after, limit) => shard.prepare(`select ${COLUMNS} from outbox where tenant_id = ?1 and n > ${mark} order by n limit ${limit}`).bind(tenantId, after),
    waiting: (after, limit) => shard.prepare(`select ${COLUMNS} from outbox where tenant_id = ?1 and n <= ${mark} order by n limit ${limit}`).bind(tenantId, after),
    letGo: ({ sealedN, gone }) => [
      shard.prepare('update tenant_fence set sealed_n = min(?2, event_n) where tenant_id = ?1 and min(?2, event_n) > sealed_n').bind(tenantId, sealedN),
      shard.prepare(`delete from outbox where tenant_id = ?1 and n in ${among('?2')}`).bind(tenantId, JSON.stringify(gone)),
    ],
  })
}

function ofDirectory(directory: D1Database): Outbox {
  const mark = 'min(?1, (select sealed_n from directory_fence))'
  const fence = directory.prepare('select event_n as high, null as state from directory_fence where id = ?1').bind(DIRECTORY_ROW)
  return outboxAt(directory, {
    fence,
    unsealed: (after, limit) => directory.prepare(`select ${COLUMNS} from directory_outbox where n > ${mark} order by n limit ${limit}`).bind(after),
    waiting: (after, limit) => directory.prepare(`select ${COLUMNS} from directory_outbox where n <= ${mark} order by n limit ${limit}`).bind(after),
    letGo: ({ sealedN, gone }) => [
      directory.prepare('update directory_fence set sealed_n = min(?2, event_n) where id = ?1 and min(?2, event_n) > sealed_n').bind(DIRECTORY_ROW, sealedN),
      directory.prepare(`delete from directory_outbox where n in ${among('?1')}`).bind(JSON.stringify(gone)),
    ],
  })
}

const COLUMNS = 'n, id, body, personal, mac'

/** The statements of one outbox. */
type Statements = {
  readonly fence: D1PreparedStatement
  readonly unsealed: (after: number, limit: number) => D1PreparedStatement
  readonly waiting: (after: number, limit: number) => D1PreparedStatement
  readonly letGo: (letGo: LetGo) => D1PreparedStatement[]
}

function outboxAt(database: D1Database, { fence, unsealed, waiting, letGo }: Statements): Outbox {
  return {
    read: async (after, limit, owed) => {
      const before = owed ? letGo(owed) : []
      const results = await database.batch([...before, fence, unsealed(after, limit), waiting(after, limit)])
      const [fences, rows, others] = results.slice(before.length).map((result) => result.results) as [{ high: number; state: string | null }[], PendingRow[], PendingRow[]] // `as`: as they were asked
      return fences[0] && fences[0].state !== 'moved' ? { high: fences[0].high, unsealed: rows, waiting: others } : null
    },
    release: async (done) => {
      await database.batch(letGo(done))
    },
  }
}

/** As one JSON value: D1 binds at most 100 parameters. */
const among = (parameter: string): string => `(select value from json_each(${parameter}))`

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
