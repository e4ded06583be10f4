// npm run bench [-- --json] [--rounds 9] [--only hook_ack] [--crowd]
// The built production Worker, and beside it a naked Hono+D1 Worker doing the same SQL with no security, measured in turn.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'

import { call, hangUp } from './bench-rounds.ts'
import { bundleTestWorker, serveNaked } from './bench-servers.ts'
import { measureSyncPurge } from './bench-calls.ts'
import { measureCrowd } from './bench-crowd.ts'
import { measureHooks, type Line } from './bench-hooks.ts'
import { measureCarrierList, measureDrain, measureRequests, measurePurge, measureSubrequests, type Facts, type Place } from './bench-measures.ts'
import { verifyPerSecond } from './bench-verify.ts'
import { buildPages, bundleWorker } from './bundle.ts'
import { freePort } from './free-port.ts'
import { serve, type Served } from './serve.ts'
import { secretFrom, workerSecrets } from './worker-secrets.ts'

/** What each figure should reach, and which way is better. */
const targets = { crowd: ['at most', 0], list: ['at most', 1.6], create: ['at most', 2], hook_ack: ['at most', 2.5], sync_purge: ['at least', 10], sync_growth: ['at most', 1.3], find_growth: ['at most', 1.3], carrier_growth: ['at most', 1.3], purge_growth: ['at most', 1.3], packet: ['at most', 1.3], subrequests: ['at most', 2], audit_drain: ['at least', 0.3], verify_per_s: ['at least', 20_000] } as const
/** Figures that are measured in places of many rows, which take longest to make. */
const ofPlaces = ['list', 'create', 'find_growth', 'carrier_growth', 'purge_growth', 'subrequests', 'audit_drain'] as const

type Figures = Partial<Record<keyof typeof targets, number>>

const { values: options } = parseArgs({ options: { json: { type: 'boolean', default: false }, rounds: { type: 'string', default: '9' }, only: { type: 'string', multiple: true }, crowd: { type: 'boolean', default: false } } })
const rounds = Number(options.rounds)
/** Whether one of these figures was asked for. */
const wanted = (...names: readonly (keyof typeof targets)[]): boolean => (options.only === undefined && !options.crowd) || names.some((name) => options.only?.includes(name))
const say = (sentence: string): void => console.error(sentence)

const folder = mkdtempSync(path.join(tmpdir(), 'countersign-bench-'))
try {
  const { figures, notes } = await bench()
  if (options.json) console.log(JSON.stringify(figures))
  else print(figures, notes)
} finally {
  hangUp()
  rmSync(folder, { recursive: true, force: true })
}

async function bench(): Promise<{ figures: Figures; notes: string[] }> {
  await buildPages()
  const production = await bundleWorker('production')
  say('Bundling the Workers it is measured with …')
  const seeding = await bundleTestWorker('tests/bench/seeding-worker.ts', 'wrangler.toml')
  const counting = await bundleTestWorker('tests/bench/counting-worker.ts', 'wrangler.toml')
  const nakedModule = await bundleTestWorker('tests/bench/naked-worker.ts', 'tests/bench/naked.toml')

  const port = await freePort()
  const state = path.join(folder, 'ours')
  const bindings = { ...Object.fromEntries(await Promise.all(workerSecrets.map(async ({ name, form }, index) => [name, await secretFrom(Buffer.alloc(32, index + 1), form)]))), ORIGIN: `http://localhost:${port}`, VERSION: 'bench' }
  const start = (module: string) => serve({ entry: 'production', module, state, port, bindings })

  const naked = await serveNaked(nakedModule, path.join(folder, 'naked'))
  const notes: string[] = []
  try {
    await call(new URL('/set-up', naked.url), 200, { method: 'POST', json: { members: 49 } })
    say('Seeding …')
    const seeded = await start(seeding)
    const { facts, lines, crowd, drained, synced } = await (async () => {
      const made = wanted(...ofPlaces) ? await seed(seeded.url) : null
      const connected = wanted('hook_ack') ? await seedLines(seeded.url, 40) : null
      const crowd = options.crowd ? await seedLines(seeded.url, 200) : null
      const synced = wanted('sync_purge', 'sync_growth') ? await measureSyncPurge(seeded.url, rounds, notes) : {}
      return { facts: made, lines: connected, crowd, synced, drained: made && wanted('audit_drain') ? { audit_drain: await measureDrain(seeded.url, naked.url, made, notes) } : {} }
    })().finally(() => seeded.stop())

    say('Measuring the production Worker …')
    const served = await start(production)
    const measured = await (async () => ({
      ...(facts && wanted('list', 'create', 'find_growth') ? await measureRequests(served.url, naked.url, facts, rounds, notes) : {}),
      ...(lines ? { hook_ack: await measureHooks(served.url, naked.url, lines, rounds, notes) } : {}),
      ...(crowd ? { crowd: await measureCrowd(served.url, naked.url, crowd, notes) } : {}),
      ...(facts && wanted('carrier_growth') ? { carrier_growth: await measureCarrierList(served.url, facts.carriers, rounds, notes) } : {}),
      ...(facts && wanted('purge_growth') ? { purge_growth: await measurePurge(served, facts, notes) } : {}),
    }))().finally(() => served.stop())

    const counted = facts && wanted('subrequests') ? await count(await start(counting), facts) : {}
    say('Filling and sealing packets, verifying an export …')
    const { measurePacket } = await import('./bench-packet.ts') // what it draws with is written by the build
    const packet = wanted('packet') ? { packet: await measurePacket(bindings['PDF_SEAL_KEY'] ?? '', rounds, notes) } : {}
    const verified = wanted('verify_per_s') ? { verify_per_s: Math.round(await verifyPerSecond(folder)) } : {}
    return { figures: { ...drained, ...synced, ...measured, ...counted, ...packet, ...verified }, notes }
  } finally {
    await naked.stop()
  }
}

async function count(counted: Served, facts: Facts): Promise<Figures> {
  return { subrequests: await measureSubrequests(counted.url, facts).finally(() => counted.stop()) }
}

/** Agencies with a dialler each, enough that none sends more than its limit. */
async function seedLines(url: URL, count: number): Promise<Line[]> {
  const { lines } = JSON.parse(await call(new URL('/lines', url), 200, { method: 'POST', json: { lines: count } })) as { lines: Line[] } // `as`: our own seeding Worker
  return lines
}

/** Three tenants: 25 people to list, a thousand invitations, a hundred thousand; and two carriers, of a hundred applications and of a hundred thousand. */
async function seed(url: URL): Promise<Facts> {
  const place = async (members: number, people: number) => JSON.parse(await call(new URL('/place', url), 200, { method: 'POST', json: { members, people } })) as Place // `as`: our own seeding Worker
  const [listed, small, large] = [await place(25, 24), await place(1, 12), await place(1, 12)]
  await call(new URL('/telephones', url), 200, { method: 'POST', json: { tenantId: listed.tenantId } })
  const sought = 'sought@people.test'
  await call(new URL('/invitations', url), 200, { method: 'POST', json: { tenantId: small.tenantId, rows: 1000, email: sought } })
  await call(new URL('/invitations', url), 200, { method: 'POST', json: { tenantId: large.tenantId, rows: 100_000, email: sought } })
  const carrier = async (rows: number) => (JSON.parse(await call(new URL('/applications', url), 200, { method: 'POST', json: { rows, keys: 12 } })) as { tokens: string[] }).tokens // `as`: likewise
  return { listed, small, large, sought, carriers: { few: await carrier(100), many: await carrier(100_000) } }
}

function print(figures: Figures, notes: readonly string[]): void {
  for (const [name, [way, target]] of Object.entries(targets)) {
    const figure = figures[name as keyof Figures] // `as`: the keys of targets
    if (figure === undefined) continue
    const met = way === 'at most' ? figure <= target : figure >= target
    console.log(`${met ? '✓' : '✗'} ${name.padEnd(13)} ${String(Math.round(figure * 100) / 100).padStart(9)}   ${way} ${target}`)
  }
  for (const note of notes) console.log(`  ${note}`)
}
