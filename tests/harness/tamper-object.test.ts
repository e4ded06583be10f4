import { cpSync, readdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { appendEntry, EMPTY_HEAD, type ChainEntry, type EntryBody } from '../../durable-objects/chain-link.ts'
import { footerLine, headerLine, verifyExport } from '../../durable-objects/chain-export.ts'
import { serve } from '../../scripts/serve.ts'
import { evidence } from '../support/evidence.ts'
import { sha256 } from '../support/export-scene.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { verifyRaw } from '../support/verify-raw.ts'
import { Person, seeded } from './person.ts'
import { Server } from './server.ts'

/** How often each way is tried: the file is edited while nobody serves it, then the product wakes on it. */
const ROUNDS = isFull ? 4 : 1
/** Entries of the log that is edited, at least. */
const ENTRIES = 12

/** The log is in its object's own SQLite file; `n` is an entry that is neither its first nor its last. */
type Way = (file: DatabaseSync, n: number, size: number) => void

const ways: Record<string, Way> = {
  edit: (file, n) => file.prepare("UPDATE entries SET line = replace(line, '\"v\":1', '\"v\":2') WHERE n = ?").run(n),
  delete: (file, n) => file.prepare('DELETE FROM entries WHERE n = ?').run(n),
  insert: (file, n, size) => {
    file.prepare('UPDATE entries SET n = -n - 1 WHERE n >= ?').run(n)
    file.exec('UPDATE entries SET n = -n WHERE n < 0')
    file.prepare("INSERT INTO entries SELECT ?, id || 'x', source, NULL, at, sealed_at, name, subject, actor_id, line FROM entries WHERE n = ?").run(n, n - 1)
    file.prepare('UPDATE head SET size = ?').run(size + 1)
  },
  swap: (file, n) => {
    const line = (at: number) => String(file.prepare('SELECT line FROM entries WHERE n = ?').get(at)?.line)
    const [one, other] = [line(n), line(n + 1)]
    const put = file.prepare('UPDATE entries SET line = ? WHERE n = ?')
    put.run(other, n)
    put.run(one, n + 1)
  },
  'hash again from here': (file, n) => rehash(file, n),
  'tail truncation': (file, n) => rehash(file, n, true),
}

/** An entry changed and everything after it made to fit it again, tree and head too: what somebody does who knows the format. Or everything from it on cut off. */
function rehash(file: DatabaseSync, from: number, cut = false): void {
  const lines = (file.prepare('SELECT line FROM entries ORDER BY n').all() as { line: string }[]).map(({ line }) => line) // `as`: one text column
  let head = EMPTY_HEAD
  const hashes: Uint8Array[] = []
  const nodes = new Map<string, Uint8Array>()
  for (const [at, line] of (cut ? lines.slice(0, from - 1) : lines).entries()) {
    const { n: _, prev: __, ...body } = JSON.parse(line) as ChainEntry // `as`: an entry of ours
    const changed: EntryBody = at + 1 === from ? { ...body, subject: 'mem_00000000000000000000000000' } : body
    const next = appendEntry(head, changed, sha256)
    file.prepare('UPDATE entries SET line = ? WHERE n = ?').run(next.line, at + 1)
    for (const node of next.nodes) nodes.set(`${node.level}/${node.index}`, node.hash)
    hashes.push(next.hash)
    head = next.head
  }
  if (cut) file.prepare('DELETE FROM entries WHERE n >= ?').run(from)
  file.exec('DELETE FROM tiles')
  const tiles = Map.groupBy(nodes, ([place]) => `${place.split('/')[0]}/${Math.floor(Number(place.split('/')[1]) / 64)}`)
  for (const [tile, held] of tiles) {
    const [level, idx] = tile.split('/').map(Number)
    const sorted = held.toSorted(([a], [b]) => Number(a.split('/')[1]) - Number(b.split('/')[1]))
    file.prepare('INSERT INTO tiles (level, idx, hashes) VALUES (?, ?, ?)').run(level ?? 0, idx ?? 0, Buffer.concat(sorted.map(([, hash]) => hash)))
  }
  file.prepare('UPDATE head SET size = ?, prev = ?, peaks = ?').run(head.frontier.size, head.prev, Buffer.concat(head.frontier.peaks))
  if (!cut) return
  // Whoever cuts the end off also takes away what the object knows of having signed it.
  file.prepare('DELETE FROM checkpoints WHERE size >= ?').run(from)
  file.prepare('DELETE FROM segments WHERE to_n >= ?').run(from)
  file.exec(`UPDATE verified SET n = ${from - 1}, swept_n = 0`)
}

let server: Server
let tenant = ''
let person: Person

beforeAll(async () => {
  server = await Server.make(inject('demoState'))
  await server.start()
  const owner = (await seeded(server.origin)).find(({ role }) => role === 'owner')
  if (!owner) throw new Error('the demo has no owner')
  person = new Person(server.origin)
  await person.signIn(owner.email, owner.password)
  for (let n = 0; n < ENTRIES; n += 1) await written(person, `tamper-${n}`)
  await server.kill()
  tenant = (await looked()).tenant
}, 300_000)
afterAll(() => server.remove(), 60_000)

async function written(by: Person, key: string): Promise<void> {
  const answer = await by.call('/api/v1/documents', { name: `${key}.txt`, category: 'other', phi_ack: true }, key)
  if (answer.status !== 201) throw new Error(`a document was answered ${answer.status}`)
  await answer.text()
}

type Looked = { readonly tenant: string; readonly signed: number; readonly refusal: string | null; readonly brokenAt: number | null; readonly verdict: string }

/**
 * Serve the state, let the clock go on until the log was signed or refused to be, and look: what the object says of itself, how
 * large the newest checkpoint in the bucket is, and what the verifier says of the object's own entries under that checkpoint.
 */
async function looked(): Promise<Looked> {
  const served = await serve({ entry: 'sandbox', module: server.module, state: server.state, port: server.port, bindings: server.bindings })
  try {
    const key = ((await (await fetch(`${server.origin}/trust.json`)).json()) as { log: { publicKey: string } }).log.publicKey // `as`: our own document
    const directory = await served.miniflare.getD1Database('DIRECTORY')
    const { results } = await directory.prepare("SELECT id FROM tenants WHERE state = 'open' ORDER BY id").all<{ id: string }>()
    const logs = await served.miniflare.getDurableObjectNamespace('AUDIT_CHAIN')
    const bucket = await served.miniflare.getR2Bucket('AUDIT')
    const sizes = new Map<string, number>()
    type Stub = { status: (log: string) => Promise<{ size: number; refusal: string | null; brokenAt: number | null }>; checkpoint: (log: string, now: number) => Promise<unknown>; exportRun: (log: string, filter: object, from: number, to: number) => Promise<{ rows: { line: string | null }[]; next: number | null }> }
    const stubOf = (log: string) => logs.get(logs.idFromName(log)) as unknown as Stub // `as`: the object's own methods
    for (let tries = 0; tries < (tenant ? 1 : 3); tries += 1) {
      await served.fireCron('* * * * *')
      await wait(400)
    }
    for (const { id } of results) sizes.set(id, (await stubOf(id).status(id)).size)
    const log = tenant || ([...sizes].toSorted(([, a], [, b]) => b - a)[0]?.[0] ?? '')
    await stubOf(log).checkpoint(log, Date.now())
    const status = await stubOf(log).status(log)
    const newest = (await bucket.list({ prefix: `checkpoints/${log}/` })).objects.at(-1)
    const note = (await (await bucket.get(newest?.key ?? ''))?.text()) ?? ''
    const [origin = '', size = '0'] = note.split('\n')
    const lines: string[] = []
    for (let from: number | null = 1; from !== null && from <= Number(size); ) {
      const run: Awaited<ReturnType<Stub['exportRun']>> = await stubOf(log).exportRun(log, {}, from, Number(size))
      lines.push(...run.rows.map(({ line }) => line ?? ''))
      from = run.next
    }
    const verdict = await verifyExport([headerLine({ tenant: log, origin, size: Number(size), filter: null, exportedAt: 0 }), ...lines, footerLine(note)], key, { sha256, verify: verifyRaw })
    return { tenant: log, signed: Number(size), refusal: status.refusal, brokenAt: status.brokenAt, verdict: verdict.state }
  } finally {
    await served.stop()
  }
}

/** The SQLite file of the log's object: the one whose head names it. */
function fileOf(log: string): string {
  const files = readdirSync(path.join(server.state, 'v3'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && entry.name.endsWith('.sqlite')).map((entry) => path.join(entry.parentPath, entry.name))
  const found = files.find((file) => {
    const database = new DatabaseSync(file)
    try {
      return database.prepare('SELECT log FROM head').get()?.log === log
    } catch {
      return false // another object's, or another kind of database
    } finally {
      database.close()
    }
  })
  if (!found) throw new Error('the log has no file')
  return found
}

function edited(log: string, way: Way, random: () => number): void {
  const database = new DatabaseSync(fileOf(log))
  try {
    for (const { name } of database.prepare("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()) database.exec(`DROP TRIGGER "${String(name)}"`)
    const size = Number(database.prepare('SELECT size FROM head').get()?.size)
    way(database, 2 + Math.floor(random() * (size - 4)), size)
  } finally {
    database.close()
  }
}

test('a log edited in its own file behind the product’s back is found when its object wakes, which signs nothing more, or by the verifier', async () => {
  const random = randomFrom(seed)
  const before = await looked()
  expect(before).toMatchObject({ refusal: null, brokenAt: null, verdict: 'complete' })
  expect(before.signed).toBeGreaterThan(ENTRIES)
  const [lying, kept] = [path.join(server.state, 'v3'), path.join(server.state, 'kept')]
  cpSync(lying, kept, { recursive: true })
  const missed: string[] = []
  let [tried, byObject, byVerifier] = [0, 0, 0]
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, way] of Object.entries(ways)) {
      edited(tenant, way, random)
      const { signed, refusal, brokenAt, verdict } = await looked()
      tried += 1
      if (refusal !== null || brokenAt !== null) byObject += 1
      if (verdict !== 'complete') byVerifier += 1
      if ((refusal === null && brokenAt === null && verdict === 'complete') || signed > before.signed) missed.push(`${name}: signed ${signed} after ${before.signed}, refusal ${refusal}, broken at ${brokenAt}, ${verdict}`)
      rmSync(lying, { recursive: true }) // with its side files: what stands in them would be written into the old file again
      cpSync(kept, lying, { recursive: true })
    }
  }
  expect(missed).toEqual([])
  expect(await looked()).toMatchObject({ refusal: null, brokenAt: null, verdict: 'complete' })
  evidence('G6', 'edits of the object’s own file', { entries: before.signed, tried, 'told by the object': byObject, 'told by the verifier': byVerifier, missed: 0, 'false alarms': 0 })
}, 900_000)
