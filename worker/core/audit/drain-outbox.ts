import type { Source, SourceRow } from '../../../durable-objects/audit-words.ts'
import { Fault } from '../failure.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { outboxOf, type Outbox, type PendingRow } from '../tenancy/outbox-db.ts'
import { drainGuard } from './drain-guard.ts'
import { follow, type Followers } from './follower.ts'
import { isGenuine } from './outbox-mac.ts'

/** Rows handed over at once, and how often before the rest is left to the next alarm. */
const ROWS = 500
const ROUNDS = 20

/**
 * Hands committed events to the chain, in order, until none is left; then runs their followers and lets the rows go. Safe to
 * run twice, at once, and again after a crash between any two steps. `id` is a tenant, `platform`, or a guard object
 * (`account:<id>`, `key:<id>`). Throws `unavailable` when a follower did not get through: its row stays for the next time.
 */
export async function drainOutbox(reach: Reach, followers: Followers, now: number, id: string): Promise<void> {
  const guard = /^(account|key):/.test(id)
  const allFollowed = guard ? await drainGuard(reach, followers, now, id) : await drainDatabase(reach, followers, now, id)
  if (!allFollowed) throw new Fault({ code: 'unavailable', reason: 'a follower did not get through' })
}

async function drainDatabase(reach: Reach, followers: Followers, now: number, tenantId: string): Promise<boolean> {
  const source: Source = tenantId === PLATFORM ? 'directory' : 'shard'
  // The chain first, then where the tenant lives, then its rows: what the chain has sealed must still be found there.
  let seen = await reach.chain.sealed(tenantId, source)
  const outbox = await outboxOf(reach, tenantId)
  if (!outbox) return true
  let allFollowed = true
  for (let round = 1; ; round += 1) {
    const pending = await outbox.read(seen.sealedN, ROWS)
    if (!pending) return true
    const { high, unsealed, waiting } = pending
    const rows = await checked(reach, tenantId, now, unsealed)
    const idle = rows.length === 0 && high === seen.sealedN
    const done = idle ? null : await reach.chain.append(tenantId, now, { source, seen, high, complete: rows.length < ROWS, rows })
    if (done && !done.stale) {
      const sealed = unsealed.filter((row) => row.n <= done.sealedN)
      const forged = new Set(rows.filter((row) => !row.genuine).map(({ n }) => n))
      allFollowed = (await settle({ reach, followers, now, tenantId, outbox }, done.sealedN, sealed, forged)) && allFollowed
    }
    if (round === 1 && waiting.length > 0) {
      const rows = await checked(reach, tenantId, now, waiting)
      const forged = new Set(rows.filter((row) => !row.genuine).map(({ n }) => n))
      allFollowed = (await settle({ reach, followers, now, tenantId, outbox }, 0, waiting, forged)) && allFollowed
    }
    if (idle || (!done?.stale && rows.length < ROWS)) return allFollowed
    if (round >= ROUNDS) {
      await reach.chain.poke(tenantId, now)
      return allFollowed
    }
    if (done) seen = done
  }
}

/** Under one vault: it fetches a key that the isolate does not know once, and one for each row would fetch it for each. */
function checked(reach: Reach, tenantId: string, now: number, rows: readonly PendingRow[]): Promise<SourceRow[]> {
  const vault = reach.vault(tenantId, 1, now)
  return Promise.all(rows.map(async (row) => ({ n: row.n, id: row.id, body: row.body, personal: row.personal, genuine: await isGenuine(vault, row) })))
}

type Drain = { readonly reach: Reach; readonly followers: Followers; readonly now: number; readonly tenantId: string; readonly outbox: Outbox }

/**
 * Lets sealed rows go: those that nobody follows at once, the others when their followers are through, one after the other,
 * so that two events of one subject are followed in the order in which they happened. A forged row is followed by nobody.
 */
async function settle(drain: Drain, sealedN: number, rows: readonly PendingRow[], forged: ReadonlySet<number>): Promise<boolean> {
  const { reach, followers, now, tenantId, outbox } = drain
  const isFollowed = (row: PendingRow): boolean => !forged.has(row.n) && follow.anyOf(followers, row.body)
  const followed = rows.filter(isFollowed)
  if (sealedN > 0 || followed.length < rows.length) await outbox.release(sealedN, rows.filter((row) => !isFollowed(row)).map(({ n }) => n))
  const through: number[] = []
  for (const row of followed) if (await follow.row(reach, followers, now, tenantId, row.body)) through.push(row.n)
  if (through.length > 0) await outbox.release(sealedN, through)
  return through.length === followed.length
}
