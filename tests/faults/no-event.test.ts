import { beforeAll, expect, test } from 'vitest'
import { PLATFORM } from '../../worker/core/reach.ts'
import { evidence } from '../support/evidence.ts'
import { seed } from '../support/figures.ts'
import { asStranger, bindings, drained } from '../support/scene.ts'
import { send } from '../tenancy/ask.ts'
import { newHome, type Home } from '../tenancy/home.ts'
import type { Case } from '../tenancy/case.ts'
import { cases } from '../tenancy/route-cases.ts'
import { senderOf } from '../tenancy/senders.ts'
import { rowsAndLogOf } from '../tenancy/snapshot.ts'
import { entranceNamed } from './act.ts'
import { shardOf, wrongAtOnce } from './invariants.ts'

const CASES_A_HOME = 8
/** What changes something, and what reads something sensitive. */
const recording = cases.filter(({ entrance, records }) => !entrance.startsWith('GET ') || records)
const scene = { refused: 0, let: [] as string[], changed: [] as string[], silent: [] as string[], stuck: [] as string[] }

beforeAll(async () => {
  await asStranger().call('/healthz')
  let home = await newHome('silent')
  for (const [index, each] of recording.entries()) {
    await tryOne(home, each)
    if (index % CASES_A_HOME === CASES_A_HOME - 1 || each.ends) home = await newHome(`silent${index}`)
  }
}, 600_000)

async function tryOne(home: Home, each: Case): Promise<void> {
  const title = `${each.entrance}${each.which ? ` (${each.which})` : ''}`
  const [entrance, sender] = [entranceNamed(each.entrance), await senderOf(home, each)]
  const ask = await each.ask(home, sender)
  const log = each.log && each.log !== PLATFORM ? each.log(ask) : home.tenant.id
  const tenant = { ...home.tenant, id: log, shard: (await shardNamed(log)) }
  for (let times = 1; times <= 2; times += 1) await drained(log) // what a follower commits is drained by the next
  // Without the buckets: what lies there before the batch that names it (a root that the next rotation takes up, bytes under a
  // key that was never kept, which go with their document) is nothing of the tenant's until a row says so.
  const before = await rowsAndLogOf(tenant)
  // What reaches through a link happens at the other end, and stands in that log first.
  const answer = await withoutOutbox([log, ...(each.bridges ? home.linkedTo : [])], () => send(sender, entrance, ask))
  const after = await rowsAndLogOf(tenant)
  if (answer.status < 400) scene.let.push(`${title}: ${answer.status}`)
  else scene.refused += 1
  if (answer.status !== 503 || !answer.headers.has('Retry-After')) scene.silent.push(`${title}: ${answer.status}`)
  scene.changed.push(...Object.keys(before).filter((part) => before[part] !== after[part]).map((part) => `${title} changed ${part}`), ...(await wrongAtOnce(tenant)).map((wrong) => `${title}: ${wrong}`))
  const { status } = await send(sender, entrance, ask)
  if (status >= 400) scene.stuck.push(`${title}: ${status} once events are taken again`)
}

/** Nothing can be put into the outbox of these tenants meanwhile: the statement fails inside its batch, as a full disk makes it fail. */
async function withoutOutbox<T>(tenantIds: readonly string[], work: () => Promise<T>): Promise<T> {
  const shards = [bindings.SHARD_1, bindings.SHARD_2]
  for (const shard of shards) await shard.prepare(`CREATE TRIGGER fault_no_outbox BEFORE INSERT ON outbox WHEN NEW.tenant_id IN (${tenantIds.map((id) => `'${id}'`).join()}) BEGIN SELECT RAISE(ABORT, 'the disk is full'); END`).run()
  try {
    return await work()
  } finally {
    for (const shard of shards) await shard.prepare('DROP TRIGGER fault_no_outbox').run()
  }
}

async function shardNamed(tenantId: string): Promise<string> {
  return (await shardOf(tenantId)) === bindings.SHARD_1 ? 'SHARD_1' : 'SHARD_2'
}

test('without an event nothing happens: when the outbox takes none, every route that changes or opens something refuses and leaves all as it was', () => {
  expect(scene.let).toEqual([])
  expect(scene.changed).toEqual([])
  evidence('G5', 'the outbox insert fails on every mutating route', { seed, routes: recording.length, refused: scene.refused, changed: scene.changed.length })
})

test('whoever is refused for it is told when to try again, and then succeeds', () => {
  expect(scene.silent).toEqual([])
  expect(scene.stuck).toEqual([])
})
