import { Webhook } from 'standardwebhooks'
import { afterEach, beforeAll, expect, test, vi } from 'vitest'
import { entryLoaded, type Fmo, newFmo, newProgram } from '../../../tests/support/carrier-scene.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { newApplicant, signedRequest, transmit } from '../../../tests/support/request-scene.ts'
import { asMember, drained, failureOf } from '../../../tests/support/scene.ts'
import { hookTemplates } from '../../modules.ts'
import { deliverDue } from '../../core/delivery/deliver-due.ts'
import { hookAttemptOf } from '../../core/delivery/hook.ts'
import { listDeliveries } from '../../core/delivery/list-deliveries.ts'
import { replayDelivery } from '../../core/delivery/replay-delivery.ts'
import { endWebhook, setWebhook, webhookOf } from './set-webhook.ts'

beforeAll(entryLoaded, 120_000)

const URL_OF = 'https://hooks.summit.example/contracting'

afterEach(() => vi.restoreAllMocks())

type Call = { url: string; headers: Record<string, string>; body: string }

/** A carrier's receiver that answers as told and keeps what it was sent. */
function receiver(answer: (n: number) => Response): Call[] {
  const calls: Call[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    calls.push({ url: String(url), headers: Object.fromEntries(new Headers(init?.headers)), body: String(init?.body) })
    return answer(calls.length)
  })
  return calls
}

const taken = () => new Response(null, { status: 204 })
const set = (fmo: Fmo, carrierId: string, url = URL_OF) => fmo.admin.run((ctx) => setWebhook(ctx, carrierId, { url }))
const deliver = async (fmo: Fmo, now?: number) => deliverDue(await testParts(now), fmo.tenant.id, { mails: [], hooks: hookTemplates })
const listed = async (fmo: Fmo) => (await fmo.admin.run((ctx) => listDeliveries(ctx, hookTemplates, {}, { limit: 10 }))).deliveries

async function handedOver(fmo: Fmo, carrierId: string): Promise<string> {
  const { id } = await signedRequest(fmo, carrierId, (await newApplicant(fmo)).linkId)
  await transmit(fmo, id)
  return id
}

test('a carrier is told of a new application, signed so that the kept library of Standard Webhooks takes it, and naming nobody', async () => {
  const fmo = await newFmo()
  const [{ carrierId }, other] = [await newProgram(fmo), await newProgram(fmo)]
  const { secret } = await set(fmo, carrierId)
  await set(fmo, other.carrierId, 'https://hooks.other.example/')
  const id = await handedOver(fmo, carrierId)
  const calls = receiver(taken)
  expect([await deliver(fmo), await deliver(fmo)]).toEqual([1, 0])
  expect(calls.map(({ url }) => url)).toEqual([URL_OF])
  expect(new Webhook(secret).verify(calls[0]!.body, calls[0]!.headers)).toMatchObject({ type: 'application.submitted', data: { applicationId: id, kind: 'contract' } })
  expect(calls[0]!.body).not.toMatch(/Maria|Alvarez|6789/)
  expect(() => new Webhook(secret).verify(calls[0]!.body.replace('contract', 'transfer'), calls[0]!.headers)).toThrow()
  expect(await listed(fmo)).toMatchObject([{ channel: 'webhook', state: 'sent', says: 'A carrier is told that an application is there' }])
})

test('what is not taken is tried again under one id with a fresh signature, lies as a dead letter after eight tries, and is sent again by hand', async () => {
  const fmo = await newFmo()
  const { carrierId } = await newProgram(fmo)
  const { secret } = await set(fmo, carrierId)
  await handedOver(fmo, carrierId)
  const calls = receiver((n) => new Response(null, { status: n <= 8 ? 500 : 200 }))
  let now = (await testParts()).now
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    await deliver(fmo, now)
    await drained(fmo.tenant.id)
    now = (await listed(fmo))[0]?.nextAt ?? now
  }
  const [dead] = await listed(fmo)
  expect(dead).toMatchObject({ state: 'dead', attempts: 8, problem: 'The receiver had a problem of its own.' })
  expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  expect(new Set(calls.map(({ headers }) => headers['webhook-signature'])).size).toBe(8)
  await fmo.admin.run((ctx) => replayDelivery(ctx, dead?.id ?? ''))
  expect(await deliver(fmo)).toBe(1)
  expect((await listed(fmo))[0]).toMatchObject({ state: 'sent' })
  const last = calls.at(-1)!
  expect(new Webhook(secret).verify(last.body, last.headers)).toMatchObject({ type: 'application.submitted' })
})

test('a new address has a new secret, the older one is called no more, and what waited goes to the new one', async () => {
  const fmo = await newFmo()
  const { carrierId } = await newProgram(fmo)
  const first = await set(fmo, carrierId)
  await handedOver(fmo, carrierId)
  const second = await set(fmo, carrierId, 'https://hooks.summit.example/new')
  expect(second.secret).not.toBe(first.secret)
  const calls = receiver(taken)
  await deliver(fmo)
  expect(calls.map(({ url }) => url)).toEqual(['https://hooks.summit.example/new'])
  expect(() => new Webhook(first.secret).verify(calls[0]!.body, calls[0]!.headers)).toThrow()
  expect(new Webhook(second.secret).verify(calls[0]!.body, calls[0]!.headers)).toBeTruthy()
})

test('whose webhooks were switched off is called for nothing, and what waited is dropped', async () => {
  const fmo = await newFmo()
  const { carrierId } = await newProgram(fmo)
  await set(fmo, carrierId)
  await handedOver(fmo, carrierId)
  await fmo.admin.run((ctx) => endWebhook(ctx, carrierId))
  const calls = receiver(taken)
  await deliver(fmo)
  expect([calls, (await listed(fmo))[0]?.state]).toEqual([[], 'dropped'])
  await handedOver(fmo, carrierId)
  expect(await listed(fmo)).toHaveLength(1)
  expect(await fmo.admin.run((ctx) => webhookOf(ctx, carrierId))).toBeNull()
})

test('an address that may not be called is refused where it is typed; members and another FMO set none', async () => {
  const [fmo, there] = [await newFmo(), await newFmo()]
  const { carrierId } = await newProgram(fmo)
  for (const url of ['http://hooks.summit.example/', 'https://127.0.0.1/', 'https://localhost/', 'https://169.254.169.254/latest', 'nothing', 'https://user:pass@hooks.summit.example/']) expect(await failureOf(set(fmo, carrierId, url)), url).toMatchObject({ code: 'invalid', errors: [{ pointer: '/url' }] })
  expect(await failureOf((await asMember(fmo.tenant)).run((ctx) => setWebhook(ctx, carrierId, { url: URL_OF })))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(set(there, carrierId))).toEqual({ code: 'not_found' })
  expect(await failureOf(there.admin.run((ctx) => endWebhook(ctx, carrierId)))).toEqual({ code: 'not_found' })
})

test('the API shows a secret once and answers a repeat with already_issued', async () => {
  const fmo = await newFmo()
  const { carrierId } = await newProgram(fmo)
  const call = () => fmo.admin.call(`/api/v1/carriers/${carrierId}/webhooks`, { json: { url: URL_OF }, headers: { 'Idempotency-Key': `hook ${carrierId}` } })
  expect(((await (await call()).json()) as { secret: string }).secret).toMatch(/^whsec_/) // `as`: the route's answer
  expect(await (await call()).json()).toMatchObject({ code: 'already_issued' })
})

test('a receiver that is gone for good is told nothing more; every other refusal is tried again', () => {
  expect([200, 204, 410].map((status) => hookAttemptOf(status, null))).toEqual([{ sent: true }, { sent: true }, { sent: false, error: 'rejected', again: false }])
  for (const status of [400, 401, 404, 408, 422, 429, 500, 503]) expect(hookAttemptOf(status, null), String(status)).toMatchObject({ sent: false, again: true })
  expect(hookAttemptOf(429, '120')).toMatchObject({ afterMs: 120_000 })
})
