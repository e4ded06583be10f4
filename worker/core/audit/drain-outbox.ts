import type { Source, SourceRow } from '../../../durable-objects/audit-words.ts'
import { Fault } from '../failure.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import { outboxOf, type LetGo, type Outbox, type Pending, type PendingRow } from '../tenancy/outbox-db.ts'
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
  const drain: Drain = { reach, followers, now, tenantId, outbox }
  let allFollowed = true
  let owed: LetGo | null = null
  for (let round = 1; ; round += 1) {
    const pending: Pending | null = await outbox.read(seen.sealedN, ROWS, owed)
    owed = null
    if (!pending) return true
    const { high, unsealed, waiting } = pending
    const rows = await checked(reach, tenantId, now, unsealed)
    const idle = rows.length === 0 && high === seen.sealedN
    const done = idle ? null : await reach.chain.append(tenantId, now, { source, seen, high, complete: rows.length < ROWS, rows })
    if (done && !done.stale) {
      const settled = await settle(drain, done.sealedN, unsealed.filter((row) => row.n <= done.sealedN), forgedOf(rows))
      allFollowed = settled.through && allFollowed
      owed = settled.owed
    }
    if (round === 1 && waiting.length > 0) {
      const settled = await settle(drain, 0, waiting, forgedOf(await checked(reach, tenantId, now, waiting)))
      allFollowed = settled.through && allFollowed
      if (settled.owed) await outbox.release(settled.owed)
    }
    const last = idle || (!done?.stale && rows.length < ROWS)
    if (owed && (last || round >= ROUNDS)) await outbox.release(owed)
    if (last) return allFollowed
    if (round >= ROUNDS) {
      await reach.chain.poke(tenantId, now)
      return allFollowed
    }
    if (done) seen = done
  }
}

const forgedOf = (rows: readonly SourceRow[]): ReadonlySet<number> => new Set(rows.filter((row) => !row.genuine).map(({ n }) => n))

/** Under one vault: it fetches a key that the isolate does not know once, and one for each row would fetch it for each. */
function checked(reach: Reach, tenantId: string, now: number, rows: readonly PendingRow[]): Promise<SourceRow[]> {
  const vault = reach.vault(tenantId, 1, now)
  return Promise.all(rows.map(async (row) => ({ n: row.n, id: row.id, body: row.body, personal: row.personal, genuine: await isGenuine(vault, row) })))
}

type Drain = { readonly reach: Reach; readonly followers: Followers; readonly now: number; readonly tenantId: string; readonly outbox: Outbox }

/**
 * Lets sealed rows go: those that nobody follows at once, the others when their followers are through, one after the other,
 * so that two events of one subject are followed in the order in which they happened. A forged row is followed by nobody.
 * Where none is followed, what may go is `owed`: it goes with the next question.
 */
async function settle(drain: Drain, sealedN: number, rows: readonly PendingRow[], forged: ReadonlySet<number>): Promise<{ through: boolean; owed: LetGo | null }> {
  const { reach, followers, now, tenantId, outbox } = drain
  const [followed, gone]: [PendingRow[], number[]] = [[], []]
  for (const row of rows) {
    if (!forged.has(row.n) && follow.anyOf(followers, row.body)) followed.push(row)
    else gone.push(row.n)
  }
  const letGo = sealedN > 0 || gone.length > 0 ? { sealedN, gone } : null
  if (followed.length === 0) return { through: true, owed: letGo }
  if (letGo) await outbox.release(letGo)
  const through: number[] = []
  for (const row of followed) if (await follow.row(reach, followers, now, tenantId, row.body)) through.push(row.n)
  if (through.length > 0) await outbox.release({ sealedN, gone: through })
  return { through: through.length === followed.length, owed: null }
}
