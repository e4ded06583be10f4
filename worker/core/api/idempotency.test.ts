import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, expect, test } from 'vitest'
import { cheapHashes } from '../../../tests/support/cheap-hashes.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { newHome, type Home } from '../../../tests/tenancy/home.ts'
import { bindings, drained, entriesOf, ORIGIN, type Browser } from '../../../tests/support/scene.ts'
import { handlersOf } from '../../entry.ts'
import type { Env } from '../env.ts'
import { newIsolate } from '../reach.ts'
import { apiRoutes } from '../../modules.ts'
import { IDEMPOTENCY_MS } from './idempotency.ts'

const scene = {} as { home: Home; other: Home }
beforeAll(async () => void Object.assign(scene, { home: await newHome('repeated'), other: await newHome('elsewhere') }))

/** Somebody new each time, so that nobody's hundred requests a minute are used up. */
const anAdmin = async (home = scene.home): Promise<Browser> => (await home.someone('admin')).browser
const announced = (name: string) => ({ name: `${name}.pdf`, category: 'agreement', phi_ack: true })
const post = (by: Browser, path: string, key: string, json: unknown = {}) => by.call(path, { method: 'POST', json, headers: { 'Idempotency-Key': key } })
const announce = (by: Browser, key: string, name = key) => post(by, '/api/v1/documents', key, announced(name))
const codeOf = async (answer: Response): Promise<[number, string]> => [answer.status, ((await answer.json()) as { code: string }).code] // `as`: a problem
const begun = async (home = scene.home): Promise<number> => (await entriesOf(home.tenant.id, 'core.document.begun')).length
const rows = async (home: Home) => (await bindings[home.tenant.shard as 'SHARD_1'].prepare('SELECT answer, status FROM idempotency_keys WHERE tenant_id = ?').bind(home.tenant.id).all<{ answer: string | null; status: number }>()).results // `as`: a shard's binding

test('a repeat gets the first answer byte for byte, and nothing is done a second time', async () => {
  const admin = await anAdmin()
  const before = await begun()
  const first = await announce(admin, 'once')
  const text = await first.text()
  for (const _ of [1, 2]) {
    const again = await announce(admin, 'once')
    expect([again.status, await again.text(), again.headers.get('Content-Type')]).toEqual([201, text, 'application/json'])
  }
  expect(await begun()).toBe(before + 1)
  expect((await announce(admin, 'another')).status).toBe(201)
  expect(await begun()).toBe(before + 2)
})

test('the answer kept for a repeat is sealed: nothing of it can be read in the database', async () => {
  const admin = await anAdmin()
  await announce(admin, 'sealed', 'canary-of-an-answer')
  const kept = await rows(scene.home)
  expect(kept.length).toBeGreaterThan(0)
  expect(JSON.stringify(kept)).not.toContain('canary')
  expect(kept.every(({ answer }) => answer === null || /^[A-Za-z0-9+/=]{40,}$/.test(answer))).toBe(true)
})

test('the same key with another body is 422, and what was asked first stays', async () => {
  const admin = await anAdmin()
  const before = await begun()
  const first = await (await announce(admin, 'mine', 'one')).text()
  expect(await codeOf(await announce(admin, 'mine', 'two'))).toEqual([422, 'idempotency_mismatch'])
  expect(await (await announce(admin, 'mine', 'one')).text()).toBe(first)
  expect(await begun()).toBe(before + 1)
})

test('of a hundred at once under one key exactly one has an effect, and every one of them gets its answer', async () => {
  const before = await begun()
  // One person's limit is a hundred a minute, and one more would be refused for that.
  const admin = await anAdmin()
  const answers = await Promise.all(Array.from({ length: 100 }, () => announce(admin, 'a hundred')))
  const bodies = await Promise.all(answers.map((answer) => answer.text()))
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([201])
  expect(new Set(bodies).size).toBe(1)
  expect(await begun()).toBe(before + 1)
}, 60_000)

test('a key belongs to one caller, one route and one tenant', async () => {
  const [one, two, foreign] = [await anAdmin(), await anAdmin(), await anAdmin(scene.other)]
  const [before, there] = [await begun(), await begun(scene.other)]
  const ids = await Promise.all([one, two, foreign].map(async (by) => ((await (await announce(by, 'shared')).json()) as { id: string }).id)) // `as`: the route's own answer
  expect(new Set(ids).size).toBe(3)
  expect([await begun(), await begun(scene.other)]).toEqual([before + 2, there + 1])
  const invited = await post(one, '/api/v1/invitations', 'shared', { email: `${crypto.randomUUID().slice(0, 8)}@people.test`, name: 'N', role: 'member' })
  expect([invited.status, await invited.text()]).toEqual([201, expect.stringContaining('"inv_')])

  const { token } = await scene.home.apiKey()
  const byProgram = await one.call('/api/v1/documents', { json: announced('shared'), headers: { 'Idempotency-Key': 'shared', Authorization: `Bearer ${token}` } })
  expect(byProgram.status).toBe(400) // two credentials: the key is nobody's way around the session
})

test('after 24 hours the same key is free again, whether or not anything was swept meanwhile', async () => {
  const home = await newHome('a day later')
  const idOf = async (answer: Response) => ((await answer.json()) as { id: string }).id // `as`: the route's own answer
  const { token } = await home.apiKey()
  const byProgram = () => fetchWith(bindings, new Request(`${ORIGIN}/api/v1/documents`, { method: 'POST', body: JSON.stringify(announced('daily')), headers: { 'Content-Type': 'application/json', 'Idempotency-Key': 'daily', Authorization: `Bearer ${token}` } }))
  const first = await idOf(await byProgram())
  expect(await idOf(await byProgram())).toBe(first)
  await drained(home.tenant.id) // a log that lags a day behind would refuse every change
  clock.aheadMs += IDEMPOTENCY_MS - 60_000
  try {
    expect(await idOf(await byProgram())).toBe(first)
    clock.aheadMs += 60_000
    const second = await byProgram()
    expect(second.status).toBe(201)
    const id = await idOf(second)
    expect(id).not.toBe(first)
    expect(await idOf(await byProgram())).toBe(id)
    expect((await rows(home)).length).toBe(1)
  } finally {
    clock.aheadMs -= IDEMPOTENCY_MS
  }
})

test('a key that names nothing, or more than 255 characters, is refused before anything is done', async () => {
  const admin = await anAdmin()
  const before = await begun()
  for (const key of ['', 'k'.repeat(256)]) {
    const refused = await announce(admin, key, 'refused')
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining('/header/Idempotency-Key')])
  }
  expect((await announce(admin, 'k'.repeat(255), 'longest')).status).toBe(201)
  expect(await begun()).toBe(before + 1)
})

test('a refusal claims nothing: the same key works once the reason is gone', async () => {
  const admin = await anAdmin()
  const document = await scene.home.document('trashed')
  const trash = `/api/v1/documents/${document}/trash`
  expect(await codeOf(await post(admin, trash, 'early'))).toEqual([409, 'conflict'])
  expect((await admin.call(trash, { method: 'DELETE' })).status).toBe(200)
  expect((await post(admin, trash, 'early')).status).toBe(201)
})

test('an answer without a body, and a secret shown once, repeat as what they are', async () => {
  const admin = await anAdmin()
  const { id } = await scene.home.invitation()
  for (const _ of [1, 2]) {
    const taken = await post(admin, `/api/v1/invitations/${id}/revocation`, 'taken back')
    expect([taken.status, await taken.text()]).toEqual([204, ''])
  }
  expect(await codeOf(await post(admin, `/api/v1/invitations/${id}/revocation`, 'another key'))).toEqual([409, 'conflict'])
  const document = await scene.home.document()
  const link = await post(admin, `/api/v1/documents/${document}/links`, 'a link')
  expect(link.status).toBe(201)
  expect(await codeOf(await post(admin, `/api/v1/documents/${document}/links`, 'a link'))).toEqual([409, 'already_issued'])
})

test('whoever lost the right meanwhile gets the refusal, not yesterday’s answer', async () => {
  const { seated, browser } = await scene.home.someone('admin')
  const person = { email: `${crypto.randomUUID().slice(0, 8)}@people.test`, name: 'N', role: 'member' }
  expect((await post(browser, '/api/v1/invitations', 'lost', person)).status).toBe(201)
  expect((await post(browser, '/api/v1/invitations', 'lost', person)).status).toBe(201)
  const owner = await scene.home.ownerAnew()
  const path = `/api/v1/members/${seated.memberId}`
  expect((await owner.call(`${path}/role`, { method: 'PUT', json: { role: 'viewer' }, headers: { 'If-Match': (await owner.call(path)).headers.get('ETag') ?? '' } })).status).toBe(204)
  expect(await codeOf(await post(browser, '/api/v1/invitations', 'lost', person))).toEqual([403, 'role_required'])
})

const entry = { isolate: newIsolate(cheapHashes()), clock: testClock }

async function fetchWith(env: Env, request: Request): Promise<Response> {
  const context = createExecutionContext()
  const answer = await handlersOf(entry).fetch!(request as Request<unknown, IncomingRequestCfProperties>, env, context) // `as`: a test has no edge in front of it
  const whole = new Response(await answer.arrayBuffer(), answer)
  await waitOnExecutionContext(context)
  return whole
}

/** The bindings of a Worker that dies as soon as a batch with a claim is through: whatever it asks of the shard after that never arrives. */
function dying(shard: string): Env {
  const state = { dead: false }
  const real = bindings[shard as 'SHARD_1'] // `as`: a shard's binding
  const saidClaim = new WeakSet<object>()
  const database = new Proxy(real, {
    get: (target, name: string) => {
      const member: unknown = Reflect.get(target, name)
      if (typeof member !== 'function') return member
      return (...given: unknown[]) => {
        if (state.dead) throw new Error('the Worker is gone')
        if (name === 'prepare' && /insert into "idempotency_keys"/.test(String(given[0]))) {
          const statement = real.prepare(String(given[0]))
          const bind = statement.bind.bind(statement)
          statement.bind = (...params) => {
            const bound = bind(...params)
            saidClaim.add(bound)
            return bound
          }
          return statement
        }
        const answer: unknown = Reflect.apply(member, target, given)
        if (name !== 'batch' || !(given[0] as object[]).some((each) => saidClaim.has(each))) return answer // `as`: its one argument
        return (answer as Promise<unknown>).then((results) => ((state.dead = true), results)) // `as`: what a batch answers
      }
    },
  })
  return new Proxy(bindings, { get: (target, name) => (name === shard ? database : Reflect.get(target, name)) })
}

test('should the Worker die between the change and the keeping of its answer, no key is lost: the repeat is answered, and nothing is done twice', async () => {
  const home = await newHome('dying')
  const admin = await anAdmin(home)
  const document = await home.document()
  const { id: key } = await home.apiKey()
  const owner = await home.ownerAnew()
  const asks: [Browser, string, string, unknown][] = [
    [admin, '/api/v1/documents', 'core.document.begun', announced('lost')],
    [admin, `/api/v1/documents/${document}/trash`, 'core.document.trashed', {}],
    [admin, '/api/v1/invitations', 'core.member.invited', { email: `${crypto.randomUUID().slice(0, 8)}@people.test`, name: 'N', role: 'member' }],
    [owner, `/api/v1/api-keys/${key}/revocation`, 'core.api_key.revoked', {}],
  ]
  for (const [by, path, event, json] of asks) {
    const before = (await entriesOf(home.tenant.id, event)).length
    const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': 'lost', Cookie: by.cookies, Origin: ORIGIN, 'X-CSRF-Token': by.csrf, 'CF-Connecting-IP': '203.0.113.7', 'User-Agent': 'a test' }
    const unheard = await fetchWith(dying(home.tenant.shard), new Request(`${ORIGIN}${path}`, { method: 'POST', body: JSON.stringify(json), headers }))
    const heard = await post(by, path, 'lost', json)
    expect([heard.status, await heard.json()], path).toEqual([201, await unheard.json()])
    expect((await entriesOf(home.tenant.id, event)).length, path).toBe(before + 1)
    const later = await post(by, path, 'lost', json)
    expect([later.status, (await later.json()) as unknown], path).toEqual([201, await (await post(by, path, 'lost', json)).json()])
    expect((await entriesOf(home.tenant.id, event)).length, path).toBe(before + 1)
  }
})

test('every POST of the API takes a key', async () => {
  const posts = apiRoutes.filter(({ method }) => method === 'post').map(({ path }) => path)
  expect(posts.length).toBeGreaterThan(6)
  const admin = await anAdmin()
  for (const path of posts) expect((await post(admin, path.replaceAll(/\{\w+\}/g, 'x'), '')).status, path).toBe(422)
})
