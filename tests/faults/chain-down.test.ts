import { afterEach, beforeAll, expect, test } from 'vitest'
import { newIsolate } from '../../worker/core/reach.ts'
import { wake } from '../../worker/wake.ts'
import { cheapHashes } from '../support/cheap-hashes.ts'
import { clock, testClock } from '../support/clock.ts'
import { evidence } from '../support/evidence.ts'
import { randomFrom, seed } from '../support/figures.ts'
import { newTenant } from '../support/new-tenant.ts'
import { asOwner, asStranger, bindings, drained, entriesOf, reachNow } from '../support/scene.ts'
import { withBrowser } from '../tenancy/ask.ts'
import { entranceNamed, sent, worked } from './act.ts'
import { eventsSoFar } from './events-so-far.ts'
import { shardOf } from './invariants.ts'

const MINUTES = 10
const STEP_MS = 10_000

beforeAll(() => asStranger().call('/healthz'))
afterEach(() => void (clock.aheadMs = 0))

/** The bindings while nothing reaches any chain. */
const downFor = (env: typeof bindings): typeof bindings =>
  new Proxy(env, {
    get: (target, name) =>
      name === 'AUDIT_CHAIN' ? { idFromName: (log: string) => log, get: () => new Proxy({}, { get: () => () => Promise.reject(Object.assign(new Error('Network connection lost.'), { retryable: true })) }) } : Reflect.get(target, name),
  })

test('the chain out of reach for ten minutes: every change is taken, none is lost, and afterwards they stand in the log once, in the order in which they were taken', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const random = randomFrom(seed)
  await drained(tenant.id)
  const owner = withBrowser(await asOwner(tenant))
  const { chain } = await reachNow()
  // What making the tenants set the objects' alarms for: ringing later, they would reach a log that is to be out of reach.
  for (const { id } of [tenant, other]) await chain.runDue(id, (await testClock()) + STEP_MS)
  const sizes = [(await chain.status(tenant.id)).size, (await chain.status(other.id)).size]
  const stage = { env: downFor(bindings), isolate: newIsolate(cheapHashes()) }
  const taken: string[] = []
  let [failed, drains] = [0, 0]
  for (let at = 0; at < MINUTES * 60_000; at += STEP_MS) {
    clock.aheadMs = at
    const name = `after ${at / 1000} seconds`
    const answer = await sent(owner, entranceNamed('POST /security'), { form: { intent: 'name', name } })(stage)
    if (answer.status < 400) taken.push(name)
    else failed += 1
    if (random() < 0.2) drains += (await worked((parts) => wake(parts, 'drain-outbox', tenant.id))(stage)).status === 503 ? 1 : 0
  }
  expect((await chain.status(tenant.id)).size).toBe(sizes[0])
  const shard = await shardOf(tenant.id)
  const waiting = shard ? (await eventsSoFar(tenant.id, shard)).filter(({ name }) => name === 'core.tenant.renamed') : []
  expect([failed, taken.length, waiting.length]).toEqual([0, (MINUTES * 60_000) / STEP_MS, taken.length])

  await worked((parts) => wake(parts, 'drain-outbox', tenant.id))({ ...stage, env: bindings })
  const sealed = await entriesOf(tenant.id, 'core.tenant.renamed')
  const { entries } = await chain.query(tenant.id, { name: 'core.tenant.renamed' }, null, 200)
  const [order, lost] = [entries.map(({ id }) => id).toReversed(), taken.length - new Set(entries.map(({ id }) => id)).size]
  expect(order).toEqual(waiting.map(({ id }) => id))
  expect([sealed.length, lost]).toEqual([taken.length, 0])
  expect(await entriesOf(tenant.id, 'core.audit.gap')).toEqual([])
  expect((await chain.status(other.id)).size).toBe(sizes[1])
  expect(await testClock()).toBeGreaterThan(0)
  evidence('G5', 'the chain object is out of reach for ten minutes', { seed, minutes: MINUTES, taken: taken.length, drainsThatFailed: drains, lost, outOfOrder: 0 })
}, 240_000)
