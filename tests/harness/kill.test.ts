import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { footerLine, headerLine, verifyExport } from '../../durable-objects/chain-export.ts'
import { serve } from '../../scripts/serve.ts'
import { tenants } from '../../worker/sandbox/cast.ts'
import { sha256 } from '../support/export-scene.ts'
import { verifyRaw } from '../support/verify-raw.ts'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { advance } from './acts.ts'
import { Person, seeded, type SignIn } from './person.ts'
import { Server } from './server.ts'

const KILLS = isFull ? 100 : 20
/** Documents that the demo begins with. */
const seededFiles = tenants.reduce((sum, { files }) => sum + files.length, 0)
/** Writers at once. */
const WRITERS = 4

let server: Server
let people: SignIn[]

beforeAll(async () => {
  server = await Server.make(inject('demoState'))
  await server.start()
  const accounts = (await seeded(server.origin)).filter(({ role }) => role !== 'viewer')
  people = [...new Map(accounts.map((account) => [account.email, account])).values()]
}, 300_000)
afterAll(() => server.remove(), 60_000)

/** One document's beginning, asked for under a key of its own until somebody answered. */
type Ask = { readonly key: string; readonly who: number; id: string | null; tries: number }

/** Tries after which an answer that never settles is a failure of its own. */
const MOST_TRIES = 600

test(`killed ${KILLS} times under writes, the log has every acknowledged event once, in an unbroken chain`, async () => {
  const random = randomFrom(seed)
  const writers = await signedIn()
  const asks: Ask[] = []
  for (let round = 0; round < KILLS; round += 1) {
    const stop = { now: false }
    const writing = writers.map(async (writer, who) => {
      while (!stop.now) {
        const ask = asks.find((each) => each.who === who && each.id === null) ?? { key: `kill-${who}-${asks.length}`, who, id: null, tries: 0 }
        if (ask.tries === 0) asks.push(ask)
        await write(writer, ask)
      }
    })
    await wait(300 + random() * 700)
    await server.kill()
    stop.now = true
    await Promise.all(writing)
    await server.start()
  }
  for (const ask of asks) while (ask.id === null) await write(writers[ask.who] as Person, ask) // `as`: a writer for each who
  const acknowledged = asks.flatMap(({ id }) => id ?? [])
  expect(acknowledged.length).toBeGreaterThan(KILLS)
  await advance(server.origin, 0) // sealed and signed
  await server.kill()

  const logs = await sealedLogs()
  const begun = logs.flatMap(({ entries }) => entries).filter(({ name }) => name === 'core.document.begun').map(({ subject }) => subject)
  const known = new Set(acknowledged)
  const counts = Map.groupBy(begun, (id) => id)
  expect(acknowledged.filter((id) => !counts.has(id)), 'acknowledged and lost').toEqual([])
  expect([...counts.values()].filter((ids) => ids.length > 1), 'in the log twice').toEqual([])
  expect(new Set(acknowledged).size, 'two keys, one document').toBe(acknowledged.length)
  expect(begun.filter((id) => !known.has(id)), 'begun by nobody who was answered').toHaveLength(seededFiles)
  expect(logs.length).toBeGreaterThanOrEqual(2)
  for (const { verdict, alarms } of logs) {
    expect(verdict).toMatchObject({ state: 'complete' })
    expect(alarms).toEqual([])
  }
  evidence('G4', 'killed under writes', { kills: KILLS, acknowledged: acknowledged.length, 'asked again': asks.filter(({ tries }) => tries > 1).length, lost: 0, twice: 0, 'chain breaks': 0 })
}, 900_000)

async function signedIn(): Promise<Person[]> {
  const writers: Person[] = []
  for (const { email, password } of people.slice(0, WRITERS)) {
    const writer = new Person(server.origin)
    await writer.signIn(email, password)
    writers.push(writer)
  }
  return writers
}

/** One try. An answer that never came, or said to come again, leaves the ask open under the same key. */
async function write(writer: Person, ask: Ask): Promise<void> {
  ask.tries += 1
  if (ask.tries > MOST_TRIES) throw new Error(`an ask was tried ${MOST_TRIES} times`)
  const answer = await writer.call('/api/v1/documents', { name: `${ask.key}.txt`, category: 'other', phi_ack: true }, ask.key).catch(() => null)
  const body = (await answer?.json().catch(() => null)) as { id?: string } | null // `as`: a document, or a problem
  if (!answer || !body) return void (await wait(50)) // the server is gone, or going
  const { status } = answer
  if (status === 201 && body.id) ask.id = body.id
  else if (status === 429 || status === 503) await wait(200)
  else throw new Error(`an ask was answered ${status}: ${JSON.stringify(body)}`)
}

/**
 * The log of every tenant that was written to, as the bucket has it, put together into an export and verified. The others are
 * signed under the name of the server that made the demo, which is not this one's.
 */
async function sealedLogs() {
  const served = await serve({ entry: 'sandbox', module: server.module, state: server.state, port: server.port, bindings: server.bindings })
  try {
    const key = ((await (await fetch(`${server.origin}/trust.json`)).json()) as { log: { publicKey: string } }).log.publicKey // `as`: our own document
    const bucket = await served.miniflare.getR2Bucket('AUDIT')
    const directory = await served.miniflare.getD1Database('DIRECTORY')
    const { results } = await directory.prepare("SELECT id, shard FROM tenants WHERE state = 'open'").all<{ id: string; shard: string }>()
    const waiting = await Promise.all(results.map(async ({ id, shard }) => (await (await served.miniflare.getD1Database(shard)).prepare('SELECT event_n - sealed_n AS n FROM tenant_fence WHERE tenant_id = ?').bind(id).first<number>('n')) ?? 0))
    expect(waiting).toEqual(waiting.map(() => 0))
    const logs = await Promise.all(results.map(async ({ id }) => {
      const lines: string[] = []
      for (const { key: segment } of (await bucket.list({ prefix: `entries/${id}/` })).objects) lines.push(...((await (await bucket.get(segment))?.text()) ?? '').trimEnd().split('\n'))
      const newest = (await bucket.list({ prefix: `checkpoints/${id}/` })).objects.at(-1)
      const note = (await (await bucket.get(newest?.key ?? ''))?.text()) ?? ''
      const [origin = '', size = '0'] = note.split('\n')
      const header = headerLine({ tenant: id, origin, size: Number(size), filter: null, exportedAt: 0 })
      const verdict = await verifyExport([header, ...lines, footerLine(note)], key, { sha256, verify: verifyRaw })
      const entries = lines.map((line) => JSON.parse(line) as { name: string; subject: string }) // `as`: verified above
      return { verdict, entries, written: origin.startsWith(new URL(server.origin).host), alarms: entries.filter(({ name }) => /^core\.audit\.(forged|gap|source_rewound)$/.test(name)) }
    }))
    return logs.filter(({ written }) => written)
  } finally {
    await served.stop()
  }
}
