import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { headersOf, type Place, seeding, type Session } from './seeding.ts'
import { Server } from './server.ts'

const ROWS = 10_000
const READERS = isFull ? 32 : 4
const WRITERS = isFull ? 8 : 2
const KILLS = isFull ? 20 : 3
/** Between two pages of one reader: on two cores the sweep must get a word in. */
const PAUSE_MS = isFull ? 10 : 500
/** Sessions that take turns: each may send a hundred requests a minute. */
const PEOPLE = isFull ? 60 : 24

const scene = {} as { server: Server; place: Place }

beforeAll(async () => {
  const server = await Server.make()
  Object.assign(scene, { server })
  const place = await seeding(server, async (ask) => {
    const made = await ask<Place>('/place', { members: 1, people: PEOPLE })
    await ask('/sealed-rows', { tenantId: made.tenantId, rows: ROWS })
    return made
  })
  Object.assign(scene, { place })
  await server.start()
}, 600_000)
afterAll(() => scene.server?.remove(), 60_000)

test(`${ROWS.toLocaleString('en')} sealed rows go to a new key under readers and writers, through ${KILLS} kills: every read is whole, none stays behind`, async () => {
  const { server, place } = scene
  const random = randomFrom(seed)
  const state = { done: false, next: 0, reads: 0, rows: 0, writes: 0, wrong: [] as string[] }
  const someone = (): Session => place.people[state.next++ % place.people.length] as Session // `as`: there are people
  const headers = (session: Session) => headersOf(server.origin, session)

  const reader = async (): Promise<void> => {
    let path = '/api/v1/invitations?limit=100'
    while (!state.done) {
      const answered = await read(path)
      await wait(answered === null ? 100 : PAUSE_MS)
      path = answered?.next ? `/api/v1/invitations?limit=100&cursor=${encodeURIComponent(answered.next)}` : '/api/v1/invitations?limit=100'
    }
  }
  const read = async (path: string): Promise<{ next: string | null } | null> => {
    try {
      const answer = await fetch(`${server.origin}${path}`, { headers: headers(someone()) })
      const text = await answer.text()
      if (answer.status === 429) return null
      if (answer.status !== 200) {
        state.wrong.push(`${path.slice(0, 40)}: ${answer.status} ${text.slice(0, 200)}`)
        return null
      }
      const { invitations, next } = JSON.parse(text) as { invitations: { name: string; email: string }[]; next: string | null } // `as`: the route's own answer
      for (const { name, email } of invitations) {
        const number = /^Row (\d+)$/.exec(name)?.[1]
        if (number !== undefined && email !== `row.${number}@people.test`) state.wrong.push(`${name} has ${email}`)
        if (number === undefined && !name.startsWith('Written')) state.wrong.push(`a row opened as ${name}`)
      }
      state.reads += 1
      state.rows += invitations.length
      return { next }
    } catch {
      return null // the server is gone, or going
    }
  }
  const writer = async (who: number): Promise<void> => {
    while (!state.done) {
      try {
        const answer = await fetch(`${server.origin}/api/v1/invitations`, { method: 'POST', headers: { ...headers(someone()), 'Content-Type': 'application/json' }, body: JSON.stringify({ name: `Written ${who}`, email: `written.${who}.${state.next}@people.test`, role: 'viewer' }) })
        const text = await answer.text()
        if (answer.status === 201) state.writes += 1
        else if (answer.status !== 429) state.wrong.push(`a write: ${answer.status} ${text.slice(0, 200)}`)
        await wait(100)
      } catch {
        await wait(50)
      }
    }
  }
  const working = [...Array.from({ length: READERS }, reader), ...Array.from({ length: WRITERS }, (_, who) => writer(who))]

  const started = await fetch(`${server.origin}/keys`, { method: 'POST', redirect: 'manual', headers: { ...headers(place.owner), Accept: 'text/html' }, body: new URLSearchParams({ csrf: place.owner.csrf }) })
  expect([started.status, started.headers.get('Location')]).toEqual([302, '/keys#rotation'])
  for (let kill = 0; kill < KILLS; kill += 1) {
    await wait(200 + random() * 500)
    await server.kill()
    await server.start()
  }
  const sweeping = async (): Promise<boolean> => /sweeping/.test(await (await fetch(`${server.origin}/keys`, { headers: { ...headers(place.owner), Accept: 'text/html' } })).text())
  for (let tries = 1; tries < 600 && !state.done; tries += 1) {
    state.done = !(await sweeping())
    if (!state.done) await wait(500)
    // The cron finds what an alarm that died with the server would have done.
    if (tries % 10 === 0) await fetch(`${server.origin}/sandbox/clock`, { method: 'POST', headers: { 'Content-Type': 'application/json', Origin: server.origin }, body: '{"advance_s":0}' })
  }
  const finished = state.done
  state.done = true
  await Promise.all(working)
  await server.kill()

  const left = await seeding(server, (ask) => ask<Record<string, number>>('/versions', { tenantId: place.tenantId, shard: place.shard }))
  expect(finished).toBe(true)
  expect(state.wrong.slice(0, 5)).toEqual([])
  expect(Object.keys(left)).toEqual(['2'])
  expect(left['2']).toBeGreaterThanOrEqual(ROWS)
  expect(state.reads).toBeGreaterThan(20)
  expect(state.writes).toBeGreaterThan(0)
  evidence('G9', 'rotation of the seal root', { rows: left['2'] ?? 0, kills: KILLS, readers: READERS, writers: WRITERS, reads: state.reads, 'rows read': state.rows, writes: state.writes, 'failed reads': 0, 'left on the old key': 0 })
}, 900_000)
