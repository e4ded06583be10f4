import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advance } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { headersOf, type Place, seeding } from './seeding.ts'
import { Server } from './server.ts'

/** Each has four roots of its own: more than one run wraps again. */
const TENANTS = 55
const READERS = isFull ? 32 : 8
const WRITERS = isFull ? 8 : 3
/** A pass wraps all roots in well under a second: a fourth kill finds nothing under way. */
const KILLS = 3
/** Between two requests of one of them: on two cores the rotation must get a word in. */
const PAUSE_MS = isFull ? 20 : 60
const scene = {} as { server: Server; places: Place[]; keks: Readonly<Record<string, string>> }

beforeAll(async () => {
  const server = await Server.make()
  const { KEK_1 = '', KEK_2 = '' } = server.bindings
  Object.assign(scene, { server, keks: { KEK_1, KEK_2 } })
  hold('KEK_1')
  const places = await seeding(server, async (ask) => {
    const made: Place[] = []
    for (let each = 0; each < TENANTS; each += 1) made.push(await ask<Place>('/place', { members: 1, people: 0 }))
    return made
  })
  Object.assign(scene, { places })
}, 600_000)
afterAll(() => scene.server?.remove(), 60_000)

/** The key-encryption keys that the server has from its next start on. */
function hold(...names: readonly string[]): void {
  const { server, keks } = scene
  for (const name of Object.keys(keks)) delete server.bindings[name]
  for (const name of names) server.bindings[name] = keks[name] ?? ''
}

async function serveWith(...names: readonly string[]): Promise<void> {
  await scene.server.kill()
  hold(...names)
  await scene.server.start()
}

/** How many tenants can be read as things stand. */
async function readable(): Promise<number> {
  const { server, places } = scene
  const statuses = await Promise.all(places.map(async ({ owner }) => (await fetch(`${server.origin}/api/v1/members`, { headers: headersOf(server.origin, owner) })).status))
  return statuses.filter((status) => status === 200).length
}

test(`the roots of ${TENANTS} tenants go to a new key-encryption key under readers and writers, through ${KILLS} kills: every read is whole, and the old key may be withdrawn`, async () => {
  const { server, places } = scene
  await serveWith('KEK_2')
  expect(await readable(), 'without the key that everything lies under').toBe(0)
  await serveWith('KEK_1', 'KEK_2')

  const random = randomFrom(seed)
  const state = { done: false, next: 0, reads: 0, writes: 0, wrong: [] as string[] }
  const somewhere = (): Place => places[state.next++ % places.length] as Place // `as`: there are places
  const working = async (send: (place: Place) => Promise<Response>, wanted: number, count: () => void): Promise<void> => {
    while (!state.done) {
      try {
        const answer = await send(somewhere())
        const text = await answer.text()
        if (answer.status === wanted && !/"name":""/.test(text)) count()
        else if (answer.status !== 429) state.wrong.push(`${answer.status} ${text.slice(0, 200)}`)
      } catch {
        await wait(50) // the server is gone, or going
      }
      await wait(PAUSE_MS)
    }
  }
  const read = ({ owner }: Place) => fetch(`${server.origin}/api/v1/members`, { headers: headersOf(server.origin, owner) })
  const write = ({ owner }: Place) => fetch(`${server.origin}/api/v1/documents`, { method: 'POST', headers: { ...headersOf(server.origin, owner), 'Content-Type': 'application/json' }, body: JSON.stringify({ name: `Written ${state.next}.txt`, category: 'other', phi_ack: true }) })
  const everybody = [...Array.from({ length: READERS }, () => working(read, 200, () => (state.reads += 1))), ...Array.from({ length: WRITERS }, () => working(write, 201, () => (state.writes += 1)))]

  for (let kill = 0; kill < KILLS; kill += 1) {
    const running = advance(server.origin, 0).catch(() => 0) // cut off by the kill
    await wait(300 + random() * 1500)
    await server.kill()
    await running
    await server.start()
  }
  await advance(server.origin, 0)
  state.done = true
  await Promise.all(everybody)
  // What was wrapped under the older key while the pass went on is looked for once more after an hour.
  for (const seconds of [0, 3700, 0]) await advance(server.origin, seconds)
  expect(state.wrong.slice(0, 5)).toEqual([])
  expect(state.reads).toBeGreaterThan(20)
  expect(state.writes).toBeGreaterThan(0)

  await serveWith('KEK_2')
  expect(await readable(), 'with the old key withdrawn').toBe(TENANTS)
  await serveWith('KEK_1')
  expect(await readable(), 'with the old key alone').toBe(0)
  evidence('G9', 'rotation of the key-encryption key', { tenants: TENANTS, roots: TENANTS * 4, kills: KILLS, readers: READERS, writers: WRITERS, reads: state.reads, writes: state.writes, 'failed reads': 0, 'unreadable once the old key is withdrawn': 0, 'readable with the old key alone': 0 })
}, 900_000)
