import { afterAll, beforeAll, expect, test } from 'vitest'
import { Person, seeded, type SignIn } from '../harness/person.ts'
import { ServedSandbox } from './sandbox.ts'

const DAY_S = 86_400

let sandbox: ServedSandbox
let people: SignIn[]

beforeAll(async () => {
  sandbox = await ServedSandbox.start()
  people = await seeded(sandbox.origin)
}, 120_000)
afterAll(() => sandbox.stop())

type Row = { state: string; content: string | null; phone_last4: string | null; outcome: string; member_id: string | null; has_transcript: number }

const calls = () => sandbox.everywhere<Row>('SELECT state, content, phone_last4, outcome, member_id, has_transcript FROM calls', ['SHARD_1', 'SHARD_2'])
const ring = async () => (await (await fetch(`${sandbox.origin}/sandbox/calls`, { method: 'POST', headers: { Origin: sandbox.origin } })).json()) as { statuses: number[] } // `as`: the sandbox's own answer

test('the calls that the demo begins with went to the AMS minutes after each ended, and are forgotten', async () => {
  const begun = await sandbox.everywhere<{ ended_at: number; synced_at: number; purged_at: number; state: string }>('SELECT ended_at, synced_at, purged_at, state FROM calls', ['SHARD_1', 'SHARD_2'])
  expect(begun).toHaveLength(4)
  for (const { state, ended_at, synced_at, purged_at } of begun) {
    expect([state, purged_at]).toEqual(['purged', synced_at])
    expect(synced_at - ended_at).toBeGreaterThanOrEqual(3 * 60_000)
    expect(synced_at - ended_at).toBeLessThan(5 * 60_000)
  }
})

test('one button rings a call through the real endpoint: four signed messages make one call of whoever answers, sealed', async () => {
  const before = await calls()
  expect(before.length).toBeGreaterThan(0)
  expect((await ring()).statuses).toEqual([200, 200, 200, 200])
  const after = await calls()
  expect(after).toHaveLength(before.length + 1)
  expect(after.filter(({ has_transcript, phone_last4, outcome, member_id }) => has_transcript === 1 && phone_last4 === '0132' && outcome === 'answered' && member_id !== null).length).toBeGreaterThan(0)
  expect(JSON.stringify(after)).not.toMatch(/renewal went through|4155550132/)

  const priya = people.find(({ email }) => email === 'priya@harbor.example')
  if (!priya) throw new Error('the demo has no Priya')
  const her = new Person(sandbox.origin)
  await her.signIn(priya.email, priya.password)
  const page = await (await her.fetch('/calls', { headers: { Accept: 'text/html' } })).text()
  expect(page).toContain('***-***-0132')
})

test('thirty days later nothing of any call’s other party is left but four digits', async () => {
  const answer = await fetch(`${sandbox.origin}/sandbox/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: sandbox.origin }, body: JSON.stringify({ advance_s: 31 * DAY_S }) })
  expect(answer.status).toBe(200)
  const after = await calls()
  expect([...new Set(after.map(({ state }) => state))]).toEqual(['purged'])
  expect(after.filter(({ content }) => content !== null)).toEqual([])
}, 120_000)
