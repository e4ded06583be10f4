import { beforeAll, expect, test } from 'vitest'
import { wake } from '../../worker/wake.ts'
import { PLATFORM } from '../../worker/core/reach.ts'
import { testClock } from '../support/clock.ts'
import { asStranger, drained, reachNow, signedIn } from '../support/scene.ts'
import { send, theWorker, type Ask, type Sender } from './ask.ts'
import { newHome, type Home } from './home.ts'
import type { Case } from './case.ts'
import { cases } from './route-cases.ts'
import { entrances, type Entrance } from './route-table.ts'
import { senderOf } from './senders.ts'

const CASES_A_HOME = 8

/** What came of one change: the entries it added to the log under its name, and what the forged ones got. */
type Tried = { readonly title: string; readonly status: number; readonly added: number; readonly forged: readonly string[]; readonly addedByForged: number }

/** What changes something, and what reads something sensitive. */
const writes = cases.filter(({ entrance, records }) => !entrance.startsWith('GET ') || records)
const scene: { tried: Tried[] } = { tried: [] }

beforeAll(async () => {
  await asStranger().call('/healthz')
  let home = await newHome('writes')
  for (const [index, each] of writes.entries()) {
    const entrance = entrances().find(({ name }) => name === each.entrance)
    if (!entrance) continue
    if (index % CASES_A_HOME === CASES_A_HOME - 1 || each.ends) home = await newHome(`writes${index}`)
    scene.tried.push(await tryOne(home, each, entrance))
    if (each.ends) home = await newHome(`after${index}`)
  }
}, 600_000)

async function tryOne(home: Home, each: Case, entrance: Entrance): Promise<Tried> {
  const sender = await senderOf(home, each)
  const ask = await each.ask(home, sender)
  const log = each.log === 'platform' ? PLATFORM : each.log ? each.log(ask) : home.tenant.id
  const before = await recorded(log, each, sender)
  // A key is no cookie, and neither is a message's own signature: no other site can make a browser send one.
  const forged = entrance.method === 'GET' || sender.key !== null || each.unproven ? [] : await forgeries(entrance, ask, sender)
  const between = await recorded(log, each, sender)
  const { status } = await send(sender, entrance, ask)
  return { title: `${each.entrance}${each.which ? ` (${each.which})` : ''}`, status, added: (await recorded(log, each, sender)) - between, forged, addedByForged: between - before }
}

/** How many entries the log holds under the name that the case records. */
async function recorded(log: string, { records }: Case, { browser }: Sender): Promise<number> {
  const reach = await reachNow()
  const parts = { reach, now: await testClock(), later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  if (browser.session) await wake(parts, 'drain-guard', `account:${browser.session.accountId}`)
  await drained(log)
  const { size } = await reach.chain.status(log)
  return records ? reach.chain.count(log, { name: records }, size) : size
}

/** The same change as another site, another session or nobody would send it. Answers what was let through. */
async function forgeries(entrance: Entrance, ask: Ask, sender: Sender): Promise<string[]> {
  const other = sender.browser.session ? (await signedIn({ accountId: sender.browser.session.accountId }, null)).csrf : 'x'
  const own = sender.browser.csrf
  const flipped = `${own.slice(0, -1)}${own.endsWith('A') ? 'B' : 'A'}`
  const ways: Record<string, (request: Request) => void> = {
    'no token': ({ headers }) => headers.delete('X-CSRF-Token'),
    'another session’s token': ({ headers }) => headers.set('X-CSRF-Token', other),
    'a token with one bit changed': ({ headers }) => headers.set('X-CSRF-Token', flipped),
    'a cookie that is not the header': ({ headers }) => headers.set('Cookie', (headers.get('Cookie') ?? '').replace(/__Host-csrf=[^;]*/, `__Host-csrf=${flipped}`)),
    'both from another session': ({ headers }) => {
      headers.set('X-CSRF-Token', other)
      headers.set('Cookie', (headers.get('Cookie') ?? '').replace(/__Host-csrf=[^;]*/, `__Host-csrf=${other}`))
    },
    'another site’s Origin': ({ headers }) => (headers.set('Origin', 'https://evil.example'), headers.set('Sec-Fetch-Site', 'cross-site')),
    'another site’s Sec-Fetch-Site alone': ({ headers }) => headers.set('Sec-Fetch-Site', 'cross-site'),
    'a sandboxed frame’s Origin': ({ headers }) => headers.set('Origin', 'null'),
    'no Origin': ({ headers }) => headers.delete('Origin'),
  }
  const through: string[] = []
  for (const [way, forge] of Object.entries(ways)) {
    const fetching = async (request: Request): Promise<Response> => {
      const tampered = await inHeader(request)
      forge(tampered)
      return theWorker(tampered)
    }
    const { status, body } = await send(sender, entrance, ask, { fetching })
    if (status !== 403 || /step_up_required/.test(body)) through.push(`${way}: ${status}`)
  }
  // Where nothing is read from a body its kind decides nothing: what counts there is the token in the header.
  if (!ask.json && !ask.form) return through
  const { status } = await send(sender, entrance, ask, { fetching: async (request) => theWorker(await asText(request)) })
  return status === 403 || status === 415 ? through : [...through, `a text/plain body: ${status}`]
}

/** The same body as another site's form could send it without asking first (Fetch §2.2.2: text/plain is safelisted), token and all. */
async function asText(request: Request): Promise<Request> {
  const headers = new Headers(request.headers)
  headers.set('Content-Type', 'text/plain')
  return new Request(request.url, { method: request.method, headers, body: await request.arrayBuffer(), redirect: 'manual' })
}

/** A form's token moved into the header, where the ways above find it. */
async function inHeader(request: Request): Promise<Request> {
  if (!/urlencoded/.test(request.headers.get('Content-Type') ?? '')) return new Request(request)
  const form = new URLSearchParams(new TextDecoder().decode(await request.arrayBuffer()))
  const headers = new Headers(request.headers)
  headers.set('X-CSRF-Token', form.get('csrf') ?? '')
  form.delete('csrf')
  return new Request(request.url, { method: request.method, headers, body: form, redirect: 'manual' })
}

test('[CAL-19][CLN-42] every route that changes or opens something adds its entry to the log', () => {
  const silent = writes.filter(({ records }) => !records).map(({ entrance }) => `${entrance} records nothing: name its event in tests/tenancy/route-cases.ts.`)
  const missing = scene.tried.filter(({ added, status }) => added < 1 || status >= 400).map(({ title, status, added }) => `${title}: ${status}, ${added} entries`)
  expect([...silent, ...missing]).toEqual([])
  expect(scene.tried).toHaveLength(writes.length)
})

test('[IFD-65] every write is refused without the token of its own session and without our own Origin, and leaves nothing behind', () => {
  expect(scene.tried.flatMap(({ title, forged }) => forged.map((way) => `${title}: let through with ${way}`))).toEqual([])
  expect(scene.tried.filter(({ addedByForged }) => addedByForged > 0).map(({ title }) => title)).toEqual([])
})
