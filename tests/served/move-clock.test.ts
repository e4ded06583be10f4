import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import type { TrustView } from '../../worker/core/trust/read-trust.ts'
import { Person, seeded, type SignIn } from '../harness/person.ts'
import { ServedSandbox } from './sandbox.ts'

const DAY_S = 86_400
/** How long readings are kept. */
const KEPT_MS = 30 * DAY_S * 1000

type Moved = { readonly now: string; readonly ahead_s: number; readonly waiting: number; readonly waits: Record<string, number> }

let sandbox: ServedSandbox
let people: SignIn[]

beforeAll(async () => {
  sandbox = await ServedSandbox.start(inject('demoState'))
  people = await seeded(sandbox.origin)
}, 120_000)
afterAll(() => sandbox.stop())

async function moveClock(seconds: number): Promise<Moved> {
  const answer = await fetch(`${sandbox.origin}/sandbox/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: sandbox.origin }, body: JSON.stringify({ advance_s: seconds }) })
  expect(answer.status).toBe(200)
  return (await answer.json()) as Moved // `as`: what this suite is about
}

const trustPage = async (): Promise<TrustView> => (await fetch(`${sandbox.origin}/trust.json`)).json() as Promise<TrustView>

/** Everything that is due at a moment and not done, asked of each store itself. */
async function leftAt(now: number): Promise<Record<string, number>> {
  const count = async (sql: string, among?: Parameters<ServedSandbox['everywhere']>[1]) => (await sandbox.everywhere<{ n: number }>(sql, among)).reduce((sum, { n }) => sum + n, 0)
  const shards = ['SHARD_1', 'SHARD_2'] as const
  return {
    'events in an outbox': (await count('SELECT count(*) AS n FROM directory_outbox', ['DIRECTORY'])) + (await count('SELECT count(*) AS n FROM outbox', shards)),
    'events in a guard': await sandbox.waitingInGuards(),
    'entries not signed': (await sandbox.logs()).reduce((sum, { size, signed }) => sum + size - signed, 0),
    'mail of the deployment': await count(`SELECT count(*) AS n FROM platform_deliveries WHERE state = 'queued' AND due_at <= ${now}`, ['DIRECTORY']),
    'mail of tenants': await count(`SELECT count(*) AS n FROM deliveries WHERE state = 'queued' AND due_at <= ${now}`, shards),
    'readings past their time': await count(`SELECT count(*) AS n FROM probe_readings WHERE at < ${now - KEPT_MS}`, ['DIRECTORY']),
    'documents past their time': await count(`SELECT count(*) AS n FROM documents WHERE due_at <= ${now}`, shards),
    'rotations under way': await count("SELECT count(*) AS n FROM key_rotations WHERE state = 'sweeping'", shards),
  }
}

const nothing = { 'events in an outbox': 0, 'events in a guard': 0, 'entries not signed': 0, 'mail of the deployment': 0, 'mail of tenants': 0, 'readings past their time': 0, 'documents past their time': 0, 'rotations under way': 0 }

async function signedInOwner(): Promise<Person> {
  const dana = people.find(({ role, tenant }) => role === 'owner' && tenant === 'Harbor FMO')
  const person = new Person(sandbox.origin)
  await person.signIn(dana?.email ?? '', dana?.password ?? '')
  return person
}

test('the trust page has a reading of every probe when the sandbox says that it is ready, and none fails', async () => {
  const { controls } = await trustPage()
  const probed = controls.filter(({ probe }) => probe !== null)
  expect(probed.length).toBeGreaterThan(12)
  expect(probed.filter(({ status }) => status !== 'active').map(({ id, probe }) => [id, probe?.latest])).toEqual([])
})

test('what was just done is sealed and signed, and mail whose next try falls due is tried, before the clock answers', async () => {
  const owner = await signedInOwner()
  // The stand-in for the provider answers 503 to this one: the message stays queued, due again a little later.
  const invited = await owner.call('/api/v1/invitations', { name: 'Una Available', email: 'unavailable@people.test', role: 'member' })
  expect(invited.status).toBe(201)
  const moved = await moveClock(3600)
  expect([moved.waiting, await leftAt(Date.parse(moved.now))]).toEqual([0, nothing])
  const again = await moveClock(3600)
  const [mail] = await sandbox.everywhere<{ attempts: number; due_at: number }>("SELECT attempts, due_at FROM deliveries WHERE state = 'queued'", ['SHARD_1', 'SHARD_2'])
  expect(mail?.attempts).toBeGreaterThanOrEqual(3)
  expect(mail?.due_at).toBeGreaterThan(Date.parse(again.now))
  expect(again.ahead_s).toBe(7200)
})

test('a hundred days later nothing is due: retention beyond one run’s budget, rotation and trash are done, and the page was read then', async () => {
  // More than two runs may remove.
  await sandbox.rows('DIRECTORY', `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 45000)
    INSERT INTO probe_readings (id, control, at, passed, value) SELECT 'old' || i, 'planted', ?, 1, 'x' FROM n`, Date.now())
  const trashed = await sandbox.everywhere<{ n: number }>("SELECT count(*) AS n FROM documents WHERE state = 'trashed'", ['SHARD_1', 'SHARD_2'])
  expect(trashed.reduce((sum, { n }) => sum + n, 0)).toBeGreaterThan(0)

  const moved = await moveClock(100 * DAY_S)
  const now = Date.parse(moved.now)
  expect([moved.waiting, moved.waits]).toEqual([0, { events: 0, mail: 0, guards: 0, logs: 0, retention: 0, tenancy: 0 }])
  expect(await leftAt(now)).toEqual(nothing)
  const rotated = await sandbox.everywhere<{ finished_at: number }>("SELECT finished_at FROM key_rotations WHERE state = 'done'", ['SHARD_1', 'SHARD_2'])
  const tenants = await sandbox.everywhere<{ tenant_id: string }>('SELECT tenant_id FROM tenant_fence', ['SHARD_1', 'SHARD_2'])
  expect([tenants.length > 1, rotated.length]).toEqual([true, tenants.length]) // a root each, at ninety days
  for (const { finished_at: at } of rotated) expect(Math.abs(at - now)).toBeLessThan(60_000)

  const { controls, readAt } = await trustPage()
  expect(readAt).toBeGreaterThanOrEqual(now)
  const probed = controls.flatMap(({ id, status, probe }) => (probe ? [{ id, status, ageMs: readAt - (probe.latest?.at ?? 0) }] : []))
  expect(probed.filter(({ status, ageMs }) => status !== 'active' || ageMs > 60_000)).toEqual([])
})

test('probes are read by the age of the last reading: the minute after a jump reads none again, the fifth does', async () => {
  const readings = async () => (await sandbox.rows<{ n: number }>('DIRECTORY', 'SELECT count(DISTINCT at) AS n FROM probe_readings'))[0]?.n
  const before = await readings()
  await sandbox.fireCron('* * * * *')
  expect(await readings()).toBe(before)
  await moveClock(300)
  expect(await readings()).toBe((before ?? 0) + 1)
})

test('the clock moves forward only, by a whole number of seconds', async () => {
  for (const advance of [-1, 1.5, 'soon', null]) {
    const answer = await fetch(`${sandbox.origin}/sandbox/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: sandbox.origin }, body: JSON.stringify({ advance_s: advance }) })
    expect([advance, answer.status]).toEqual([advance, advance === null ? 200 : 422])
  }
})
