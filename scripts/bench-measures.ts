import { performance } from 'node:perf_hooks'

import { call, inTurn, median, timed, type Measured } from './bench-rounds.ts'
import type { Served } from './serve.ts'

/** A seeded tenant, where it lives, and people with sessions in it. */
export type Place = { readonly tenantId: string; readonly shard: string; readonly people: readonly { cookie: string; csrf: string }[] }
export type Facts = { readonly listed: Place; readonly small: Place; readonly large: Place; readonly sought: string; /** Keys of a carrier with a hundred applications, and of one with a hundred thousand. */ readonly carriers: { readonly few: readonly string[]; readonly many: readonly string[] } }

/** Requests of one round, and how many are under way at a time. */
const A_ROUND = 60
const LANES = 4

/** Reads, writes and searches over HTTP, each side in turn. */
export async function measureRequests(ours: URL, naked: URL, facts: Facts, rounds: number, notes: string[]): Promise<{ list: number; create: number; find_growth: number }> {
  const senders = new Senders(ours)
  const list = await inTurn(
    rounds,
    () => timed(A_ROUND, LANES, async () => void (await call(new URL('/api/v1/members?limit=25', ours), 200, { headers: senders.next(facts.listed) }))),
    () => timed(A_ROUND, LANES, async () => void (await call(new URL('/members', naked), 200))),
  )
  notes.push(`${inWords('list', list)}; 25 of 49 rows, each with name, e-mail and telephone sealed in one cell, all three opened, two shown`)
  const document = { name: 'Agreement.pdf', category: 'agreement' }
  const create = await inTurn(
    rounds,
    () => timed(A_ROUND, LANES, async () => void (await call(new URL('/api/v1/documents', ours), 201, { method: 'POST', headers: senders.next(facts.listed), json: { ...document, phi_ack: true } }))),
    () => timed(A_ROUND, LANES, async () => void (await call(new URL('/documents', naked), 201, { method: 'POST', json: document }))),
  )
  notes.push(inWords('create', create))
  // An address with an open invitation is found by its blind index and refused for it: a search, and nothing else.
  const find = (place: Place) => () => timed(A_ROUND, LANES, async () => void (await call(new URL('/api/v1/invitations', ours), 422, { method: 'POST', headers: senders.next(place), json: { name: 'Ivy', email: facts.sought, role: 'member' } })))
  const growth = await inTurn(rounds, find(facts.large), find(facts.small))
  notes.push(`${inWords('find among 100,000 and among 1,000', growth)}; an invitation to an address that has one open: found by its blind index, refused, nothing written`)
  return { list: list.ratio, create: create.ratio, find_growth: growth.ratio }
}

/** A carrier's list over HTTP, of a hundred thousand applications and of a hundred: each call writes its activity besides. */
export async function measureCarrierList(ours: URL, { few, many }: Facts['carriers'], rounds: number, notes: string[]): Promise<number> {
  let next = 0
  const list = (tokens: readonly string[]) => () =>
    timed(A_ROUND, LANES, async () => void (await call(new URL('/api/carrier/v1/applications?limit=25', ours), 200, { headers: { Authorization: `Bearer ${tokens[next++ % tokens.length]}`, Host: `localhost:${ours.port}` } })))
  const growth = await inTurn(rounds, list(many), list(few))
  notes.push(`${inWords('a carrier’s list among 100,000 and among 100 applications', growth)}; 25 shown, the call written to the log`)
  return growth.ratio
}

/** People of a place in turn, so that nobody sends more than its hundred a minute. */
class Senders {
  readonly #origin: string
  #next = 0
  constructor(url: URL) {
    this.#origin = `http://localhost:${url.port}`
  }
  next({ people }: Place): Record<string, string> {
    const person = people[this.#next++ % people.length]
    if (!person) throw new Error('nobody was seeded')
    return { Cookie: person.cookie, 'X-CSRF-Token': person.csrf, Origin: this.#origin, Host: new URL(this.#origin).host }
  }
}

/** Ten thousand rows past their time among a hundred thousand on one shard and a million on the other, removed by the hourly cron. */
export async function measurePurge(served: Served, facts: Facts, notes: string[], rounds = 3): Promise<number> {
  const due = 10_000
  const sides = { small: { place: facts.small, rows: 100_000 }, large: { place: facts.large, rows: 1_000_000 } }
  if (facts.small.shard === facts.large.shard) throw new Error('the two tenants share a shard')
  for (const { place, rows } of Object.values(sides)) await fill(served, place, rows - due, Date.now() + 86_400_000)
  const purge = ({ place }: { place: Place }) => async (round: number) => {
    await fill(served, place, due, Date.now() - 1000, `due${round}`)
    const began = performance.now()
    await served.fireCron('0 * * * *')
    const took = performance.now() - began
    const left = await (await served.miniflare.getD1Database(place.shard)).prepare('SELECT count(*) AS n FROM idempotency_keys WHERE expires_at < ?').bind(Date.now()).first<{ n: number }>()
    if (left?.n !== 0) throw new Error(`${left?.n} rows past their time are left`)
    return took
  }
  const measured = await inTurn(rounds, purge(sides.large), purge(sides.small))
  notes.push(inWords('purge of 10,000 among 1,000,000 and among 100,000', measured))
  return measured.ratio
}

async function fill(served: Served, { tenantId, shard }: Place, rows: number, expiresAt: number, prefix = 'kept'): Promise<void> {
  const database = await served.miniflare.getD1Database(shard)
  for (let made = 0; made < rows; made += 50_000) {
    await database
      .prepare(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ?1)
        INSERT INTO idempotency_keys (tenant_id, id, body_hash, status, answer, seal_version, created_at, expires_at)
        SELECT ?2, ?3 || (?4 + i), '0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef', 201, 'c2VhbGVkIGFuc3dlciBvZiBvbmUgQVBJIHJlcXVlc3QsIGFzIGxvbmcgYXMgdGhleSBhcmU=', 1, 0, ?5 FROM n`)
      .bind(Math.min(50_000, rows - made), tenantId, prefix, made, expiresAt)
      .run()
  }
}

/**
 * Events a second from a shard's outbox into the sealed chain, against the same rows a second
 * into an object's SQLite, under the same indexes and as many at a time, with nothing else done.
 */
export async function measureDrain(ours: URL, naked: URL, facts: Facts, notes: string[], events = 2000, rounds = 5): Promise<number> {
  const { tenantId } = facts.listed
  const perEvent = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now()
    await work()
    return (performance.now() - began) / events
  }
  const measured = await inTurn(
    rounds,
    (round) => perEvent(() => call(new URL('/append', naked), 200, { method: 'POST', json: { rows: events, batch: 500, round } })),
    async () => {
      await call(new URL('/pile', ours), 200, { method: 'POST', json: { tenantId, events } })
      return perEvent(() => call(new URL('/drain', ours), 200, { method: 'POST', json: { tenantId } }))
    },
  )
  notes.push(`audit drain: ${Math.round(1000 / measured.besideMs)} events/s sealed, ${Math.round(1000 / measured.oursMs)} rows/s inserted raw, medians of ${measured.rounds} rounds`)
  return measured.ratio
}

/** Calls of bindings that a warm signed-in list makes: counted, not timed. */
export async function measureSubrequests(url: URL, facts: Facts): Promise<number> {
  const headers = new Senders(url).next(facts.listed)
  const counts: number[] = []
  for (let warm = 0; warm < 3; warm += 1) {
    const answer = await fetch(new URL('/api/v1/members?limit=25', url), { headers: { ...headers, 'User-Agent': 'a test' } })
    if (answer.status !== 200) throw new Error(`the counted list answered ${answer.status}`)
    counts.push((answer.headers.get('X-Subrequests') ?? '').split(' ').filter(Boolean).length)
  }
  return median(counts.slice(1))
}

const inWords = (name: string, { ratio, oursMs, besideMs, rounds }: Measured): string => `${name}: ${oursMs.toFixed(2)} ms against ${besideMs.toFixed(2)} ms, ratio ${ratio.toFixed(2)}, medians of ${rounds} rounds`
