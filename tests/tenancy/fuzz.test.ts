import fc from 'fast-check'
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newIsolate } from '../../worker/core/reach.ts'
import { PLATFORM } from '../../worker/core/reach.ts'
import { handlersOf } from '../../worker/entry.ts'
import { apiRoutes, carrierApiRoutes } from '../../worker/modules.ts'
import { wake } from '../../worker/wake.ts'
import { cheapHashes } from '../support/cheap-hashes.ts'
import { evidence } from '../support/evidence.ts'
import { isFull, seed } from '../support/figures.ts'
import { asStranger, bindings, ORIGIN, reachNow, signedIn } from '../support/scene.ts'
import { inputs, type Document, type Input } from './fuzz-input.ts'
import { carrierKey, standingCarrier } from './carrier-cases.ts'
import { newHome, type Home } from './home.ts'
import { handedOver } from './request-cases.ts'
import { passportIds } from './passport-cases.ts'

const runs = isFull ? 100_000 : 10_000
/** After so many milliseconds an answer counts as hanging. */
const HANG_MS = 2_000
/** Milliseconds, once a Worker's clock, which stands still while it computes, has caught up. */
const caughtUp = async (): Promise<number> => {
  await scheduler.wait(0)
  return performance.now()
}

/** Sent side by side: whoever waits for a database holds up nobody. */
const AT_ONCE = 20

/** Each request is a fifth of a second after the one before it, so that three senders stay below their hundred a minute. */
const STEP_MS = 220
const clock = { now: Date.now() }
const entry = { isolate: newIsolate(cheapHashes()), clock: async () => clock.now }

const scene = {} as { home: Home; tokens: string[]; /** A carrier's key: what is asked of the carriers' API is asked with it. */ program: string; cookies: { jar: string; csrf: string }[]; failures: string[]; byStatus: Map<number, number>; sent: number; slowestMs: number; named: Map<string, ReadonlySet<string>>; carriedOut: Set<string> }

beforeAll(async () => {
  const home = await newHome('fuzzed')
  const tag = (await home.owner.call('/api/v1/policy')).headers.get('ETag') ?? ''
  const known = [await home.document(), await home.document('trashed'), await home.document('awaiting'), (await home.invitation()).id, (await home.member()).memberId, (await home.apiKey()).id, tag, ...(await passportIds(home)), await standingCarrier(home), (await carrierKey(home)).id, ...(await handedOver(home))]
  Object.assign(scene, { home, tokens: [(await home.apiKey()).token], program: (await carrierKey(home)).token, failures: [], byStatus: new Map(), sent: 0, slowestMs: 0, carriedOut: new Set() })
  const documents = await Promise.all(['/api/openapi.json', '/api/carrier/openapi.json'].map(async (path) => (await (await asStranger().call(path)).json()) as Document)) // `as`: our own documents
  const document: Document = { paths: Object.assign({}, ...documents.map(({ paths }) => paths)) }
  scene.named = new Map(Object.values(document.paths).flatMap((methods) => Object.values(methods).map(({ operationId, responses }) => [operationId, new Set(Object.keys(responses))] as const)))
  const made = fc.sample(inputs(document, known), { numRuns: runs, seed })
  for (let from = 0; from < runs; from += AT_ONCE) {
    if (from % 500 === 0) await settle()
    const begun = await caughtUp()
    await Promise.all(made.slice(from, from + AT_ONCE).map((input, at) => tryOne(input, from + at, begun)))
  }
  await settle()
}, isFull ? 7_200_000 : 1_800_000)

afterAll(() => console.log(`statuses: ${[...scene.byStatus].toSorted(([a], [b]) => a - b).map(([status, n]) => `${status} × ${n}`).join(', ')}`))

/** New sessions, so that every proof is recent, and the log sealed, so that it does not lag behind this clock. */
async function settle(): Promise<void> {
  const { tenant } = scene.home
  scene.cookies = []
  for (const seated of [tenant.owner, await tenant.someone('admin')]) {
    const browser = await signedIn(seated, tenant.id, { now: clock.now })
    scene.cookies.push({ jar: browser.cookies, csrf: browser.csrf })
  }
  for (const log of [tenant.id, PLATFORM]) await wake({ reach: await reachNow(), now: clock.now, later: (work) => void work().catch(() => undefined) }, 'drain-outbox', log)
}

async function tryOne(input: Input, index: number, since: number): Promise<void> {
  clock.now += STEP_MS
  const headers = new Headers({ 'CF-Connecting-IP': `203.0.113.${index % 250}`, ...input.headers })
  const sender = index % 20 === 0 ? null : index % 3
  if (sender !== null && input.path.startsWith('/api/carrier/')) headers.set('Authorization', `Bearer ${scene.program}`)
  else if (sender === 2) headers.set('Authorization', `Bearer ${scene.tokens[0]}`)
  else if (sender !== null) {
    headers.set('Cookie', scene.cookies[sender]?.jar ?? '')
    headers.set('Origin', ORIGIN)
    headers.set('X-CSRF-Token', scene.cookies[sender]?.csrf ?? '')
  }
  const ask = async (begun: number) => {
    const mayHaveBody = input.method !== 'GET' && input.method !== 'HEAD'
    const request = new Request(`${ORIGIN}${input.path}`, { method: input.method, headers, body: mayHaveBody ? input.body : null, redirect: 'manual' })
    const context = createExecutionContext()
    const answer = await handlersOf(entry).fetch!(request as Request<unknown, IncomingRequestCfProperties>, bindings, context) // `as`: no edge in front of a test
    const body = new TextDecoder().decode(await answer.arrayBuffer())
    const tookMs = (await caughtUp()) - begun
    await waitOnExecutionContext(context)
    return { answer, body, tookMs }
  }
  const first = await ask(since)
  // A machine with much to do may stand still for a while: what hangs does it again.
  const { answer, body, tookMs } = first.tookMs > HANG_MS ? await ask(await caughtUp()) : first
  scene.sent += 1
  scene.slowestMs = Math.max(scene.slowestMs, tookMs)
  if (input.straight && answer.status < 400) scene.carriedOut.add(input.operation)
  scene.byStatus.set(answer.status, (scene.byStatus.get(answer.status) ?? 0) + 1)
  const wrong = tookMs > HANG_MS ? `no answer for ${Math.round(tookMs)} ms` : whatIsWrong(input, answer, body)
  if (wrong) scene.failures.push(`${wrong} (seed ${seed}, input ${index}): ${input.method} ${input.path.slice(0, 200)} ${JSON.stringify(input.headers).slice(0, 200)} ${new TextDecoder().decode(input.body ?? new Uint8Array()).slice(0, 300)}`)
}

/** What no answer may hold: where our code lies, what the database said, a key, a hash. */
const telling = [/\bat [\w.<> ]+\(?[^ ]*\.(ts|js):\d+/, /node_modules/, /D1_ERROR|SQLITE_|no such (table|column)/i, /\b(TypeError|SyntaxError|ReferenceError|RangeError)\b/, /\$scrypt\$|\$2b\$|-----BEGIN/]
const secrets = [bindings.KEK_1, bindings.KEK_2, bindings.SESSION_MAC_KEY, bindings.AUDIT_SIGNING_KEY].flatMap((secret) => (secret ? [secret] : []))

function whatIsWrong(input: Input, answer: Response, body: string): string | null {
  if (answer.status >= 500) return `${answer.status}: ${body.slice(0, 200)}`
  if (telling.some((pattern) => pattern.test(body)) || secrets.some((secret) => body.includes(secret))) return `the answer tells too much: ${body.slice(0, 300)}`
  const type = answer.headers.get('Content-Type') ?? ''
  if (answer.status >= 400 && !type.startsWith('application/problem+json')) return `${answer.status} without a problem (${type})`
  if (input.straight && !scene.named.get(input.operation)?.has(String(answer.status))) return `${answer.status} is not named for ${input.operation}: ${body.slice(0, 200)}`
  const route = [...apiRoutes, ...carrierApiRoutes].find(({ operationId }) => operationId === input.operation)
  if (answer.status === route?.status && route.answer && input.straight && input.method === route.method.toUpperCase() && !route.answer.safeParse(JSON.parse(body)).success) return `the answer does not fit its own schema: ${body.slice(0, 200)}`
  return null
}

test('of every ten thousand inputs made from the API’s own document, none is answered with a 5xx, a trace, a secret, a status that the document does not name, or not at all', () => {
  const failures = scene.failures.slice(0, 10)
  evidence('G3', 'inputs made from the OpenAPI document', { inputs: scene.sent, seed, wrong: scene.failures.length, operations_carried_out: scene.carriedOut.size, slowest_ms: Math.round(scene.slowestMs) })
  expect(failures).toEqual([])
  expect(scene.sent).toBe(runs)
})

test('the inputs reach the verbs: many are carried out, and every kind of refusal is among the rest', () => {
  const kinds = [200, 201, 204, 304, 400, 401, 403, 404, 405, 409, 412, 413, 415, 422]
  expect(kinds.filter((status) => !scene.byStatus.has(status))).toEqual([])
  expect((scene.byStatus.get(200) ?? 0) + (scene.byStatus.get(201) ?? 0)).toBeGreaterThan(runs / 20)
  expect(scene.byStatus.get(429) ?? 0).toBe(0)
  expect(scene.carriedOut.size).toBeGreaterThan(apiRoutes.length / 2)
})
