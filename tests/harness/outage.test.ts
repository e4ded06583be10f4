import { setTimeout as wait } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { plainMapping } from '../../worker/calls/ams/plain-mapping.ts'
import { amsToken } from '../../worker/sandbox/ams-stand-in.ts'
import { evidence } from '../support/evidence.ts'
import { isFull } from '../support/figures.ts'
import { advance, confirmed, serverNow } from './acts.ts'
import { Person, seeded, type SignIn } from './person.ts'
import { rowsOf, type Row } from './rows-on-disk.ts'
import { Server } from './server.ts'

/** Calls that arrive while the AMS is away, and looks at the clock within that hour. */
const CALLS = isFull ? 1000 : 36
const STEPS = isFull ? 60 : 6
const STEP_S = 3600 / STEPS
/** Calls that are still there on their last day. */
const LATE = 5

/** Whom the stand-in AMS knows by which number: one of them has two. */
const contacts: Readonly<Record<string, string>> = { '+14155550132': 'Grace', '+14155550133': 'Grace', '+14155550134': 'Owen', '+15035550178': 'Marco', '+13605550145': 'Ada' }
const numbers = Object.keys(contacts)

let server: Server
let owner: SignIn
beforeAll(async () => {
  server = await Server.make(inject('demoState'))
  await server.start()
  const found = (await seeded(server.origin)).find(({ role, tenant }) => role === 'owner' && tenant === 'Harbor FMO')
  if (!found) throw new Error('the demo has no owner of Harbor FMO')
  owner = found
}, 300_000)
afterAll(() => server.remove(), 60_000)

type Line = { readonly url: string; readonly secret: string; readonly id: string }

/** A dialler, and the stand-in at this server's own address in place of the demo's. */
async function connected(): Promise<Line> {
  const person = new Person(server.origin)
  await person.signIn(owner.email, owner.password)
  const asked = <T>(path: string, json: unknown): Promise<T> => confirmed(person, owner.password, () => person.call(path, json)).then(async (answer) => {
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as T // `as`: the route's own answer
  })
  const { connection, url, secret } = await asked<{ connection: { id: string }; url: string; secret: string }>('/api/v1/call-connections', { provider: 'standard', label: 'Outage' })
  const { connections } = (await (await person.fetch('/api/v1/ams-connections')).json()) as { connections: { id: string; state: string }[] } // `as`: likewise
  for (const { id, state } of connections) if (state === 'active') await asked(`/api/v1/ams-connections/${id}/revocation`, {})
  await asked('/api/v1/ams-connections', { kind: 'rest', label: 'Outage', address: `${server.origin}/sandbox/ams/rest`, auth: { by: 'bearer', token: amsToken }, mapping: plainMapping })
  return { url, secret, id: connection.id }
}

const does = async (mood: 'answers' | 'down' | 'silent') => {
  const answer = await fetch(`${server.origin}/sandbox/ams`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: server.origin }, body: JSON.stringify({ does: mood }) })
  await answer.arrayBuffer()
  if (answer.status >= 400) throw new Error(`the AMS could not be told: ${answer.status}`)
}

/** A call that has just ended; sent again under its id until it is acknowledged. */
async function rings({ url, secret }: Line, n: number, now: number): Promise<void> {
  const at = new Date(now + n) // each began a moment after the one before
  const id = `outage-${n}`
  const body = JSON.stringify({ type: 'call.ended', timestamp: at.toISOString(), data: { call: id, direction: 'inbound', phone: numbers[n % numbers.length], duration: 30 } })
  for (let tries = 0; tries < 50; tries += 1) {
    const headers = { 'Content-Type': 'application/json', 'webhook-id': id, 'webhook-timestamp': String(Math.floor(at.getTime() / 1000)), 'webhook-signature': new Webhook(secret).sign(id, at, body) }
    const answer = await fetch(url, { method: 'POST', headers, body }).catch(() => null)
    await answer?.arrayBuffer().catch(() => undefined)
    if (answer?.status === 200) return
    await wait(200)
  }
  throw new Error(`call ${n} was never acknowledged`)
}

/** Something under way is cut off by a kill, and the server starts again on what is left. */
async function killedDuring(work: Promise<unknown>): Promise<void> {
  const cutOff = work.catch(() => undefined)
  await wait(400)
  await server.kill()
  await cutOff
  await server.start()
}

const callsOf = (line: Line): Row[] => rowsOf(server.state, 'calls').filter((row) => row['connection_id'] === line.id)

test(`an AMS that is away for an hour while ${CALLS} calls arrive, and two kills: each call is one note in the end, a contact's in their order, and what is past its last day is gone`, async () => {
  const line = await connected()
  await does('down')
  let [sent, now] = [0, await serverNow(server.origin)]
  for (let step = 0; step < STEPS; step += 1) {
    // Down, then silent for a while: it keeps a note and does not say so.
    if (step === Math.floor(STEPS / 2)) await does('silent')
    if (step === Math.floor((STEPS * 2) / 3)) await does('down')
    for (const until = Math.round((CALLS * (step + 1)) / STEPS); sent < until; sent += 1) await rings(line, sent, now)
    if (step === Math.floor(STEPS / 2) + 1) await killedDuring(advance(server.origin, STEP_S))
    now = await advance(server.origin, step === Math.floor(STEPS / 2) + 1 ? 0 : STEP_S)
  }
  expect(callsOf(line)).toHaveLength(CALLS)
  expect(callsOf(line).filter(({ state }) => state === 'live').length).toBeGreaterThan(CALLS / 2)

  await does('answers')
  const settled = () => callsOf(line).every(({ state, sync_state: stands }) => state === 'purged' && stands === 'synced')
  for (let minute = 0; minute < 240 && !settled(); minute += 1) {
    if (minute === 1) await killedDuring(advance(server.origin, 120))
    else await advance(server.origin, 120)
  }
  const calls = callsOf(line)
  const ids = new Map(calls.map((row) => [String(row['id']), row]))
  const notes = rowsOf(server.state, 'sandbox_ams_notes').filter(({ reference }) => ids.has(String(reference)))
  const counts = Map.groupBy(notes, ({ reference }) => reference)
  expect(calls.filter(({ id }) => !counts.has(id ?? '')).map(({ id }) => id), 'lost').toEqual([])
  expect([...counts.values()].filter((each) => each.length > 1).map((each) => each[0]?.['reference']), 'twice').toEqual([])
  expect(calls.filter(({ state, content, sync_state: stands }) => state !== 'purged' || content !== null || stands !== 'synced'), 'not settled').toEqual([])
  const byContact = Map.groupBy(notes.toSorted((one, other) => String(one['id']).localeCompare(String(other['id']))), ({ reference }) => contacts[numbers.find((number) => number.endsWith(String(ids.get(String(reference))?.['phone_last4']))) ?? ''])
  for (const [contact, theirs] of byContact) {
    const began = theirs.map(({ reference }) => Number(ids.get(String(reference))?.['started_at']))
    expect([contact, began]).toEqual([contact, began.toSorted((one, other) => one - other)])
  }

  await does('down')
  now = await serverNow(server.origin)
  for (let n = CALLS; n < CALLS + LATE; n += 1) await rings(line, n, now)
  await advance(server.origin, 600)
  await advance(server.origin, 31 * 86_400)
  const late = callsOf(line).filter(({ id }) => !ids.has(String(id)))
  expect(late.map(({ state, content, purged_by: by, sync_state: stands }) => [state, content, by, stands])).toEqual(Array(LATE).fill(['purged', null, 'cap', 'dead']))
  evidence('G14', 'an AMS away for an hour', { calls: CALLS, kills: 2, lost: 0, twice: 0, 'out of order': 0, 'past the cap and purged': LATE, 'attempts of all calls': calls.reduce((sum, row) => sum + Number(row['sync_attempts']), 0) })
}, 900_000)
