import { expect, test } from 'vitest'
import { bareTenant, newReach, outboxState, record, recordInDirectory, type BareTenant } from '../../../tests/support/audit-scene.ts'
import { chainOf, namesOf, NOON } from '../../../tests/support/chain-scene.ts'
import { bindings } from '../../../tests/support/scene.ts'
import { newIsolate, PLATFORM, reachOf, type Reach } from '../reach.ts'
import type { ChainEntry } from '../../../durable-objects/chain-link.ts'
import { drainOutbox } from './drain-outbox.ts'
import { defineEvent, meta } from './event.ts'
import { type Follower } from './follower.ts'
import { pokeUndrained } from './poke-undrained.ts'

// `!`: what the scene of the test made is there.

const noticed = defineEvent('core.test.noticed', 'Something was noticed.', { number: meta.count() })
const other = defineEvent('core.test.passed', 'Something went by.', {})
const nobody = new Map()
const drain = (tenant: BareTenant, followers: Map<string, Follower[]> = nobody) => drainOutbox(tenant.reach, followers, NOON, tenant.id)
const events = (tenant: BareTenant, from: number, to: number) => Array.from({ length: to - from + 1 }, (_, at) => noticed(tenant.id, { number: from + at }))

async function numbersOf(log: string): Promise<unknown[]> {
  const { entries: rows } = await chainOf(log).query(log, { name: 'core.test.noticed' }, null, 200)
  return rows.toReversed().map(({ line }) => (JSON.parse(line) as ChainEntry).meta.number) // `as`: a canonical entry
}

test('committed events reach the chain in order and leave the outbox', async () => {
  const [mine, theirs] = [await bareTenant(NOON), await bareTenant(NOON, 'SHARD_2')]
  await record(mine, NOON, events(mine, 1, 3))
  await record(theirs, NOON, events(theirs, 7, 7))
  await record(mine, NOON, events(mine, 4, 5))
  await Promise.all([drain(mine), drain(theirs)])
  expect(await numbersOf(mine.id)).toEqual([1, 2, 3, 4, 5])
  expect(await numbersOf(theirs.id)).toEqual([7])
  expect(await outboxState(mine)).toEqual({ rows: 0, eventN: 5, sealedN: 5 })
})

test('more rows than one batch holds are drained to the end', async () => {
  const tenant = await bareTenant(NOON)
  for (let from = 1; from <= 450; from += 90) await record(tenant, NOON, events(tenant, from, from + 89))
  await drain(tenant)
  expect(await outboxState(tenant)).toEqual({ rows: 0, eventN: 450, sealedN: 450 })
  expect(await chainOf(tenant.id).status(tenant.id)).toMatchObject({ size: 450 })
})

test('an isolate that knows no key yet fetches the tenant’s once, not once for each of ninety rows', async () => {
  const tenant = await bareTenant(NOON)
  await record(tenant, NOON, events(tenant, 1, 90))
  const fetched: string[] = []
  const bucket = new Proxy(bindings.KEYS, {
    get: (target, name) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...given: unknown[]) => (name === 'get' && fetched.push(String(given[0])), Reflect.apply(member, target, given))
    },
  })
  await drainOutbox(await reachOf({ ...bindings, KEYS: bucket }, newIsolate()), nobody, NOON, tenant.id)
  expect(await outboxState(tenant)).toEqual({ rows: 0, eventN: 90, sealedN: 90 })
  expect(fetched.filter((key) => key.includes(tenant.id))).toHaveLength(1)
})

test('drains at the same time, and a drain after a crash between any two steps, seal each event once', async () => {
  const tenant = await bareTenant(NOON)
  await record(tenant, NOON, events(tenant, 1, 4))
  await Promise.all([drain(tenant), drain(tenant), drain(tenant), record(tenant, NOON, events(tenant, 5, 6)).then(() => drain(tenant))])
  await drain(tenant)
  expect(await numbersOf(tenant.id)).toEqual([1, 2, 3, 4, 5, 6])
  // A crash after the chain took the rows and before the fence learned of it.
  await record(tenant, NOON, events(tenant, 7, 8))
  const { release } = await crashBeforeRelease(tenant)
  expect(release).toBe(1)
  expect(await outboxState(tenant)).toEqual({ rows: 2, eventN: 8, sealedN: 6 })
  await drain(tenant)
  expect(await numbersOf(tenant.id)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  expect(await outboxState(tenant)).toEqual({ rows: 0, eventN: 8, sealedN: 8 })
  expect((await namesOf(tenant.id)).filter((name) => name.startsWith('core.audit'))).toEqual([])
})

/** The same clients but for one. */
const standIn = (reach: Reach, name: keyof Reach, other: () => unknown): Reach =>
  new Proxy(reach, {
    get: (target, key) => {
      const real: unknown = key === name ? other() : Reflect.get(target, key)
      return typeof real === 'function' ? real.bind(target) : real
    },
  })

/** Drains with a shard that fails at its first write. */
async function crashBeforeRelease(tenant: BareTenant): Promise<{ release: number }> {
  let release = 0
  const shard = (name: string): D1Database => {
    const real = tenant.reach.shard(name)
    let batches = 0
    return new Proxy(real, {
      get: (target, key) => {
        if (key !== 'batch') return Reflect.get(target, key).bind(target)
        return (statements: D1PreparedStatement[]) => {
          batches += 1
          if (batches === 1) return target.batch(statements)
          release += 1
          throw new Error('the power went out')
        }
      },
    })
  }
  const reach = standIn(tenant.reach, 'shard', () => shard)
  await expect(drainOutbox(reach, nobody, NOON, tenant.id)).rejects.toThrow('the power went out')
  return { release }
}

test('a row changed or planted by someone who can only write the database is reported, and its neighbours are sealed', async () => {
  const [mine, theirs] = [await bareTenant(NOON), await bareTenant(NOON)]
  const [row] = await record(mine, NOON, events(mine, 1, 1))
  const plant = (tenant: BareTenant, body: string, personal: string | null, mac: string, id: string) =>
    tenant.shard.batch([
      tenant.shard.prepare('UPDATE tenant_fence SET event_n = event_n + 1 WHERE tenant_id = ?').bind(tenant.id),
      tenant.shard
        .prepare('INSERT INTO outbox (tenant_id, n, id, body, personal, mac, seal_version, urgent, at) SELECT tenant_id, event_n, ?, ?, ?, ?, 1, 0, ? FROM tenant_fence WHERE tenant_id = ?')
        .bind(id, body, personal, mac, NOON, tenant.id),
    ])
  await plant(mine, row!.body.replace('"number":1', '"number":9'), null, row!.mac, 'evt_planted')
  // A genuine row of one tenant is no row of another.
  await plant(theirs, row!.body, null, row!.mac, row!.id)
  await record(mine, NOON, events(mine, 2, 2))
  await Promise.all([drain(mine), drain(theirs)])
  expect(await numbersOf(mine.id)).toEqual([1, 2])
  expect(await namesOf(mine.id)).toEqual(['core.test.noticed', 'core.audit.forged', 'core.test.noticed'])
  expect(await namesOf(theirs.id)).toEqual(['core.audit.forged'])
  expect(await outboxState(mine)).toEqual({ rows: 0, eventN: 3, sealedN: 3 })
})

test('the outbox cannot be changed, replaced or emptied early, and a raised mark hides nothing', async () => {
  const [mine, theirs] = [await bareTenant(NOON), await bareTenant(NOON)]
  await record(mine, NOON, events(mine, 1, 3))
  await record(theirs, NOON, events(theirs, 1, 1))
  const raw = (query: string) => mine.shard.prepare(query).bind(mine.id).run()
  await expect(raw("UPDATE outbox SET body = 'x' WHERE tenant_id = ?")).rejects.toThrow(/append_only/)
  await expect(raw('DELETE FROM outbox WHERE tenant_id = ?')).rejects.toThrow(/append_only/)
  await expect(raw('INSERT OR REPLACE INTO outbox SELECT * FROM outbox WHERE tenant_id = ?')).rejects.toThrow(/append_only/)
  await raw('UPDATE tenant_fence SET sealed_n = 3 WHERE tenant_id = ?')
  await raw('DELETE FROM outbox WHERE tenant_id = ? AND n = 2')
  await Promise.all([drain(mine), drain(theirs)])
  expect(await namesOf(mine.id)).toEqual(['core.test.noticed', 'core.audit.gap', 'core.test.noticed'])
  expect(await namesOf(theirs.id)).toEqual(['core.test.noticed'])
})

test('a shard put back to an older state is said in the log of the tenant it happened to, and nowhere else', async () => {
  const [mine, theirs] = [await bareTenant(NOON), await bareTenant(NOON)]
  await record(mine, NOON, events(mine, 1, 4))
  await record(theirs, NOON, events(theirs, 1, 4))
  await Promise.all([drain(mine), drain(theirs)])
  // What a restore of the database does: the fence is as it was, and no trigger was asked.
  await mine.shard.batch([
    mine.shard.prepare("UPDATE tenant_fence SET state = 'closed' WHERE tenant_id = ?").bind(mine.id),
    mine.shard.prepare('DELETE FROM tenant_fence WHERE tenant_id = ?').bind(mine.id),
    mine.shard.prepare("INSERT INTO tenant_fence (tenant_id, state, seal_version, sessions_after, policy_version, event_n, sealed_n) VALUES (?, 'open', 1, 0, 1, 2, 2)").bind(mine.id),
  ])
  await record(mine, NOON, events(mine, 5, 5))
  await Promise.all([drain(mine), drain(theirs)])
  await drain(mine)
  expect((await namesOf(mine.id)).slice(4)).toEqual(['core.audit.source_rewound', 'core.test.noticed'])
  expect((await namesOf(theirs.id)).filter((name) => name.startsWith('core.audit'))).toEqual([])
})

test('a follower that fails keeps its row and holds up neither the seal nor the others, and is asked again', async () => {
  const tenant = await bareTenant(NOON)
  await record(tenant, NOON, [noticed(tenant.id, { number: 1 }), other(tenant.id, {}), noticed(tenant.id, { number: 2 })])
  const seen: unknown[] = []
  let broken = true
  const followers = new Map<string, Follower[]>([
    ['core.test.noticed', [async (_reach, log, body) => {
      seen.push([log === tenant.id, body.meta.number])
      if (broken && body.meta.number === 1) throw new TypeError('not now')
    }]],
  ])
  await expect(drain(tenant, followers)).rejects.toMatchObject({ failure: { code: 'unavailable' } })
  expect(await outboxState(tenant)).toEqual({ rows: 1, eventN: 3, sealedN: 3 })
  await record(tenant, NOON, events(tenant, 3, 3))
  broken = false
  await drain(tenant, followers)
  expect(seen).toEqual([[true, 1], [true, 2], [true, 3], [true, 1]])
  expect(await outboxState(tenant)).toEqual({ rows: 0, eventN: 4, sealedN: 4 })
  expect(await numbersOf(tenant.id)).toEqual([1, 2, 3])
})

test('a planted row is followed by nobody', async () => {
  const tenant = await bareTenant(NOON)
  const [row] = await record(tenant, NOON, events(tenant, 1, 1))
  await tenant.shard.batch([
    tenant.shard.prepare('UPDATE tenant_fence SET event_n = event_n + 1 WHERE tenant_id = ?').bind(tenant.id),
    tenant.shard
      .prepare("INSERT INTO outbox (tenant_id, n, id, body, mac, seal_version, urgent, at) VALUES (?, 2, 'evt_planted', ?, ?, 1, 0, ?)")
      .bind(tenant.id, row!.body, row!.mac, NOON),
  ])
  const seen: unknown[] = []
  const followers = new Map<string, Follower[]>([['core.test.noticed', [async (_reach, _log, body) => void seen.push(body.id)]]])
  await drain(tenant, followers)
  expect(seen).toEqual([row!.id])
})

test('the directory’s events go to the deployment’s own log', async () => {
  const reach = await newReach()
  const [row] = await recordInDirectory(reach, NOON, [noticed(PLATFORM, { number: 41 })])
  await drainOutbox(reach, nobody, NOON, PLATFORM)
  expect(await chainOf(PLATFORM).entryOf(PLATFORM, row!.id)).toMatchObject({ entry: { tenant: PLATFORM, meta: { number: 41 } } })
  expect(await reach.env.DIRECTORY.prepare('SELECT count(*) AS rows FROM directory_outbox WHERE id = ?').bind(row!.id).first('rows')).toBe(0)
})

test('the chain’s own alarm drains what a lost wake-up left behind, and the cron finds every such tenant', async () => {
  const [mine, theirs] = [await bareTenant(NOON), await bareTenant(NOON, 'SHARD_2')]
  await record(mine, NOON, events(mine, 1, 2))
  await record(theirs, NOON, events(theirs, 1, 1))
  await pokeUndrained(mine.reach, Date.now())
  await expect.poll(() => outboxState(mine), { timeout: 10_000 }).toEqual({ rows: 0, eventN: 2, sealedN: 2 })
  await expect.poll(() => outboxState(theirs), { timeout: 10_000 }).toEqual({ rows: 0, eventN: 1, sealedN: 1 })
})

test('while the chain cannot be reached writes go on, and everything is sealed in order afterwards', async () => {
  const tenant = await bareTenant(NOON)
  const away = standIn(tenant.reach, 'chain', () => {
    throw new Error('away')
  })
  await record(tenant, NOON, events(tenant, 1, 2))
  await expect(drainOutbox(away, nobody, NOON, tenant.id)).rejects.toThrow('away')
  await record(tenant, NOON + 60_000, events(tenant, 3, 3))
  expect(await outboxState(tenant)).toEqual({ rows: 3, eventN: 3, sealedN: 0 })
  await drain(tenant)
  expect(await numbersOf(tenant.id)).toEqual([1, 2, 3])
})

test('once the oldest unsealed event is fifteen minutes old a change is refused, unless it is urgent', async () => {
  const [mine, theirs] = [await bareTenant(NOON), await bareTenant(NOON)]
  const urgent = defineEvent('core.test.revoked', 'Something was taken away.', {}, { urgent: true })
  await record(mine, NOON, events(mine, 1, 1))
  const late = NOON + 15 * 60_000 + 1
  await expect(record(mine, late, events(mine, 2, 2))).rejects.toMatchObject({ failure: { code: 'audit_lagging' } })
  await record(theirs, late, events(theirs, 1, 1))
  await record(mine, late, [urgent(mine.id, {})])
  await drain(mine)
  await record(mine, late, events(mine, 2, 2))
  await drain(mine)
  expect(await numbersOf(mine.id)).toEqual([1, 2])
})
