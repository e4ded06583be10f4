import canonicalize from 'canonicalize'
import type { Source, SourceRow } from '../../../durable-objects/audit-words.ts'
import type { Reach } from '../reach.ts'
import { sha256Hex } from '../vault/digest.ts'
import type { EventBody } from './event.ts'
import { follow, type Followers } from './follower.ts'
import type { GuardRow, GuardSource } from './guard-row.ts'

const ROWS = 200

/**
 * Hands the events of one guard object (`account:<id>` or `key:<id>`) to the chains they are for. The object may let a row go
 * only when its chain has sealed it and its followers are through. True when every follower got through.
 */
export async function drainGuard(reach: Reach, followers: Followers, now: number, id: string): Promise<boolean> {
  const guard = guardOf(reach, id)
  const source = id as Source // `as`: the caller tells guards by this very prefix
  for (;;) {
    const first = await guard.outbox(1)
    if (first.rows.length === 0) return true
    const seen = new Map(await Promise.all(Object.keys(first.highs).map(async (log) => [log, await reach.chain.sealed(log, source)] as const)))
    // Read again after asking the chains: only then does a lower number mean that the object was put back.
    const { rows, highs } = await guard.outbox(ROWS)
    let through = true
    for (const [log, state] of seen) {
      const own = rows.filter((row) => row.destination === log)
      if (own.length === 0) continue
      const batch = await Promise.all(own.map((row) => sourceRow(log, row)))
      const high = highs[log] ?? 0
      const done = await reach.chain.append(log, now, { source, seen: state, high, complete: own.at(-1)?.n === high, rows: batch })
      if (done.stale) continue
      through = (await release(reach, followers, now, log, guard, batch.filter((row) => row.n <= done.sealedN))) && through
    }
    if (!through || rows.length < ROWS) return through
  }
}

/** Rows in order up to the first whose follower did not get through. */
async function release(reach: Reach, followers: Followers, now: number, log: string, guard: GuardSource, sealed: readonly SourceRow[]): Promise<boolean> {
  let last = 0
  let through = true
  for (const row of sealed) {
    through = await follow.row(reach, followers, now, log, row.body)
    if (!through) break
    last = row.n
  }
  if (last > 0) await guard.released(log, last)
  return through
}

async function sourceRow(log: string, row: GuardRow): Promise<SourceRow> {
  const { n, id, name, subject, actor, at, meta, personal } = row
  const body: EventBody = { v: 1, id, tenant: log, name, subject, actor, at, meta, personal: personal === null ? null : await sha256Hex(personal) }
  return { n, id, body: canonicalize(body) ?? '', personal, genuine: true } // canonicalize answers undefined for undefined only
}

function guardOf(reach: Reach, id: string): GuardSource {
  const [kind, ...rest] = id.split(':')
  const name = rest.join(':')
  return kind === 'key' ? reach.keyGuards.of(name) : reach.guards.of(name)
}
