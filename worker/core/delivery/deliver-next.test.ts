import { afterEach, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { newTenant, testParts, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { bindings, drained } from '../../../tests/support/scene.ts'
import type { JobParts } from '../job.ts'
import { newIsolate, reachOf } from '../reach.ts'
import { sha256Hex } from '../vault/digest.ts'
import { deliverDue } from './deliver-due.ts'
import { deliverNext, mailCourier } from './deliver-next.ts'
import { defineMail, type MailTemplate } from './mail.ts'
import { deliveryReplayed, SETTLED_MS } from './module.ts'
import { tenantOutgoing } from './outgoing.ts'
import { queueMail } from './queue-mail.ts'
import { countDeliveries, deliveriesPage, type DeliveryRow } from './store.ts'

const hello = defineMail({ name: 'test.hello', says: 'A greeting', scope: 'tenant', params: z.object({ who: z.string() }), write: ({ who }) => ({ subject: `Hello ${who}`, lines: [`Hello ${who}.`], why: 'A test wrote it.' }) })

type Sent = { url: string; headers: Headers; body: { to: string[]; subject: string; text: string; html: string } }

afterEach(() => vi.restoreAllMocks())

/** A provider that answers as told and keeps what it was sent. */
function provider(answer: (n: number) => Response): Sent[] {
  const sent: Sent[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    sent.push({ url: String(url), headers: new Headers(init?.headers), body: JSON.parse(String(init?.body)) })
    return answer(sent.length)
  })
  return sent
}

const accepted = () => Response.json({ id: 'e1' })
const failing = (status: number, name = 'x', headers: Record<string, string> = {}) => Response.json({ statusCode: status, name, message: 'canary of the provider' }, { status, headers })

/** What a cron has where a mail provider is configured. */
async function parts(now?: number): Promise<JobParts> {
  const env = { ...bindings, MAIL_PROVIDER: 'resend' as const, MAIL_FROM: 'Countersign <no-reply@countersign.test>', RESEND_API_KEY: 're_test' }
  return { ...(await testParts(now)), reach: await reachOf(env, newIsolate()) }
}

const queue = (tenant: TestTenant, template: typeof hello = hello, notBefore?: number) =>
  tenant.asJob(async (ctx) => ctx.commit([await queueMail(ctx, template, { to: 'dana@harbor.example', params: { who: 'Dana' }, ...(notBefore ? { notBefore } : {}) })], deliveryReplayed(ctx.tenant.id, { template: template.name })))

const rowsOf = (tenant: TestTenant): Promise<DeliveryRow[]> => tenant.asJob((ctx) => ctx.db.read(deliveriesPage(ctx.db, { before: null, limit: 50 })))
const deliver = (tenant: TestTenant, at: JobParts, templates: readonly MailTemplate[] = [hello]) => deliverDue(at, tenant.id, { mails: templates, hooks: [] })

test('a mail leaves once, as Resend wants it, from the tenant that queued it and no other', async () => {
  const [harbor, anchor] = [await newTenant(), await newTenant()]
  const sent = provider(accepted)
  await queue(harbor)
  const at = await parts()
  expect(await deliver(anchor, at)).toBe(0)
  expect(await deliver(harbor, at)).toBe(1)
  expect(await deliver(harbor, at)).toBe(0)
  const [row] = await rowsOf(harbor)
  expect(sent).toHaveLength(1)
  expect(sent[0]?.url).toBe('https://api.resend.com/emails')
  expect(sent[0]?.headers.get('Authorization')).toBe('Bearer re_test')
  expect(sent[0]?.headers.get('Idempotency-Key')).toBe(`countersign/${row?.id}`)
  expect(sent[0]?.body).toMatchObject({ to: ['dana@harbor.example'], subject: 'Hello Dana' })
  expect(sent[0]?.body.text).toContain(harbor.name)
  expect(row).toMatchObject({ state: 'sent', attempts: 1, lastError: null, settledAt: at.now, dueAt: at.now + SETTLED_MS })
})

test('a row keeps neither address nor words in clear', async () => {
  const tenant = await newTenant()
  await queue(tenant)
  const [row] = await rowsOf(tenant)
  expect(JSON.stringify(row)).not.toMatch(/dana|harbor\.example|Dana/)
})

test('what the provider cannot take now is tried again with growing waits, and after eight attempts lies as a dead letter', async () => {
  const tenant = await newTenant()
  const sent = provider(() => failing(503))
  await queue(tenant)
  let at = await parts()
  for (let attempt = 1; attempt <= 8; attempt += 1) {
    expect(await deliver(tenant, at)).toBe(1)
    expect(await deliver(tenant, at)).toBe(0)
    const [row] = await rowsOf(tenant)
    expect(row).toMatchObject({ attempts: attempt, lastError: 'provider_error', state: attempt < 8 ? 'queued' : 'dead' })
    await drained(tenant.id)
    at = { ...at, now: row!.dueAt }
  }
  expect(new Set(sent.map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(1)
  expect(await tenant.asJob((ctx) => ctx.db.read(countDeliveries(ctx.db, 'dead')))).toBe(1)
})

test('what the provider refuses for good is a dead letter at once, and nothing of its answer is kept', async () => {
  const tenant = await newTenant()
  provider(() => failing(422, 'validation_error'))
  await queue(tenant)
  await deliver(tenant, await parts())
  const [row] = await rowsOf(tenant)
  expect(row).toMatchObject({ state: 'dead', attempts: 1, lastError: 'rejected' })
  expect(JSON.stringify(row)).not.toContain('canary')
})

test('a provider that asks for patience gets it', async () => {
  const tenant = await newTenant()
  provider(() => failing(429, 'rate_limit_exceeded', { 'Retry-After': '600' }))
  await queue(tenant)
  const at = await parts()
  await deliver(tenant, at)
  expect((await rowsOf(tenant))[0]).toMatchObject({ state: 'queued', dueAt: at.now + 600_000, lastError: 'rate_limited' })
})

test('an answer that was lost is not a second mail: the provider knows the key, and the row says sent', async () => {
  const tenant = await newTenant()
  const sent = provider((n) => (n === 1 ? failing(500) : failing(409, 'invalid_idempotent_request')))
  await queue(tenant)
  const at = await parts()
  await deliver(tenant, at)
  await deliver(tenant, { ...at, now: at.now + 60_000 })
  expect((await rowsOf(tenant))[0]).toMatchObject({ state: 'sent', attempts: 2 })
  expect(sent[0]?.headers.get('Idempotency-Key')).toBe(sent[1]?.headers.get('Idempotency-Key'))
})

test('a bearer token exists only while the mail is made: the same at each attempt, its hash kept by whoever redeems it', async () => {
  const tenant = await newTenant()
  const armed: string[] = []
  const invite = defineMail({
    name: 'test.invite', says: 'An invitation', scope: 'tenant', params: z.object({ who: z.string() }),
    arm: async ({ token }) => armed.push(await sha256Hex(token)) > 0,
    write: ({ who }, { token, link }) => ({ subject: `Join, ${who}`, lines: ['Come.'], action: { label: 'Look', href: link(`/invitations/${token}`) }, why: 'w' }),
  })
  const sent = provider((n) => (n === 1 ? failing(500) : accepted()))
  await queue(tenant, invite)
  const at = await parts()
  await deliver(tenant, at, [invite])
  await deliver(tenant, { ...at, now: at.now + 60_000 }, [invite])
  const tokens = sent.map(({ body }) => /\/invitations\/([A-Za-z0-9_-]{43})\s/.exec(body.text)?.[1] ?? '')
  expect(tokens[0]).toBe(tokens[1])
  expect(armed).toEqual([await sha256Hex(tokens[0] ?? ''), await sha256Hex(tokens[0] ?? '')])
  expect(sent[0]?.body).toEqual(sent[1]?.body)
  expect(JSON.stringify(await rowsOf(tenant))).not.toContain(tokens[0])
})

test('two deliveries of one tenant, and one delivery of two tenants, never share a token', async () => {
  const seen: string[] = []
  const spy = defineMail({ name: 'test.token', says: 's', scope: 'tenant', params: z.object({ who: z.string() }), write: (_, { token }) => ({ subject: 's', lines: [String(seen.push(token))], why: 'w' }) })
  provider(accepted)
  for (const tenant of [await newTenant(), await newTenant()]) {
    await queue(tenant, spy)
    await queue(tenant, spy)
    await deliver(tenant, await parts(), [spy])
  }
  expect(new Set(seen).size).toBe(4)
})

test('a mail that is no longer wanted when its turn comes is dropped, and nobody is written to', async () => {
  const tenant = await newTenant()
  const sent = provider(accepted)
  const stale = defineMail({ name: 'test.stale', says: 's', scope: 'tenant', params: z.object({ who: z.string() }), arm: async () => false, write: () => ({ subject: 's', lines: [], why: 'w' }) })
  await queue(tenant, stale)
  await deliver(tenant, await parts(), [stale])
  expect(sent).toHaveLength(0)
  expect((await rowsOf(tenant))[0]).toMatchObject({ state: 'dropped' })
})

test('a template that is gone, and one whose preparation fails, leave a word behind and hold up nobody else', async () => {
  const tenant = await newTenant()
  const sent = provider(accepted)
  const broken = defineMail({ name: 'test.broken', says: 's', scope: 'tenant', params: z.object({ who: z.string() }), arm: () => Promise.reject(new TypeError('Dana Whitlock')), write: () => ({ subject: 's', lines: [], why: 'w' }) })
  const gone = { ...hello, name: 'test.gone' }
  for (const template of [broken, gone, hello]) await queue(tenant, template)
  await deliver(tenant, await parts(), [broken, hello])
  const states = Object.fromEntries((await rowsOf(tenant)).map((row) => [row.template, [row.state, row.lastError]]))
  expect(states).toEqual({ 'test.broken': ['queued', 'could_not_prepare'], 'test.gone': ['dead', 'unknown_template'], 'test.hello': ['sent', null] })
  expect(sent).toHaveLength(1)
})

test('a message waits for its time', async () => {
  const tenant = await newTenant()
  provider(accepted)
  const at = await parts()
  await queue(tenant, hello, at.now + 3_600_000)
  expect(await deliver(tenant, at)).toBe(0)
  await drained(tenant.id)
  expect(await deliver(tenant, { ...at, now: at.now + 3_600_000 })).toBe(1)
})

test('without a provider mail waits, and nothing is given up', async () => {
  const tenant = await newTenant()
  await queue(tenant)
  await deliver(tenant, await testParts())
  expect((await rowsOf(tenant))[0]).toMatchObject({ state: 'queued', attempts: 0 })
})

test('two that try at once hand over one key, and one of them records it', async () => {
  const tenant = await newTenant()
  const sent = provider(accepted)
  await queue(tenant)
  const at = await parts()
  await Promise.all([deliver(tenant, at), deliver(tenant, at)])
  expect(new Set(sent.map(({ headers }) => headers.get('Idempotency-Key'))).size).toBe(1)
  expect(await rowsOf(tenant)).toMatchObject([{ state: 'sent', attempts: 1 }])
  expect(await tenant.asJob((ctx) => deliverNext(tenantOutgoing(ctx), { mail: mailCourier(() => Promise.reject(new Error('never called')), [hello]) }))).toBe(false)
})
