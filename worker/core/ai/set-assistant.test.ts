import { afterEach, expect, test, vi } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, entriesOf, failureOf, ORIGIN, reachNow } from '../../../tests/support/scene.ts'
import { askAssistant } from './ask-assistant.ts'
import type { SetAssistant } from './contract.ts'
import { readAssistant } from './read-assistant.ts'
import { removeAssistant } from './remove-assistant.ts'
import { setAssistant } from './set-assistant.ts'
import { testAssistant } from './test-assistant.ts'

const wanted: SetAssistant = { base: 'https://models.example.org/v1/', model: 'small-1', key: 'sk-canary-41', on: true }

async function agency(preset: 'callintel' | 'inforcedesk' = 'callintel') {
  const tenant = await newTenant({ preset })
  return { tenant, owner: await asOwner(tenant) }
}

/** An endpoint that answers this, and what it heard. */
function endpoint(content = 'They moved.') {
  const heard: { url: string; authorization: string | null; body: string }[] = []
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const request = new Request(input as string, init as RequestInit) // `as`: egress calls with an address
    heard.push({ url: request.url, authorization: request.headers.get('Authorization'), body: await request.text() })
    return Response.json({ choices: [{ message: { content } }] })
  })
  return heard
}

afterEach(() => vi.restoreAllMocks())

test('no assistant is connected until its owner connects one, and one that is connected is off until it is switched on', async () => {
  const { tenant, owner } = await agency()
  const heard = endpoint()
  const ask = () => tenant.asJob((ctx) => askAssistant(ctx, tenant.id, { transcript: 'Hello.', known: [] }))
  expect(await owner.run(readAssistant)).toEqual({ assistant: null, version: 0 })
  expect(await ask()).toBeNull()
  await owner.run((ctx) => setAssistant(ctx, { ...wanted, on: false }, 0))
  expect(await ask()).toBeNull()
  expect(heard).toEqual([])
  await owner.run((ctx) => setAssistant(ctx, { ...wanted, key: undefined }, 1))
  expect(await ask()).toBe('They moved.')
  expect(heard).toMatchObject([{ url: 'https://models.example.org/v1/chat/completions', authorization: 'Bearer sk-canary-41' }])
})

test('the key is sealed in its row and in no answer; the log says what was changed and how much was asked', async () => {
  const { tenant, owner } = await agency()
  endpoint()
  await owner.run((ctx) => setAssistant(ctx, wanted, 0))
  expect(JSON.stringify(await (await owner.call('/api/v1/assistant')).json())).not.toContain('sk-canary-41')
  expect(await (await owner.page('/assistant')).text()).not.toContain('sk-canary-41')
  const row = await (await reachNow()).shard(tenant.shard).prepare('select * from assistants where tenant_id = ?').bind(tenant.id).first()
  expect(JSON.stringify(row)).not.toContain('sk-canary-41')
  await tenant.asJob((ctx) => askAssistant(ctx, tenant.id, { transcript: 'Casey Canary is on 415-555-0132.', known: ['Casey Canary'] }))
  expect((await entriesOf(tenant.id, 'core.assistant.set')).map(({ meta }) => meta)).toEqual([{ on: true, new_key: true }])
  expect((await entriesOf(tenant.id, 'core.assistant.asked')).map(({ subject, meta }) => [subject, meta])).toEqual([[tenant.id, { outcome: 'answered', sent_chars: expect.any(Number), withheld: 2, answer_chars: 11 }]])
})

test('a key goes to the origin it was given for: another origin needs another key, another path does not', async () => {
  const { owner } = await agency()
  const of = (change: Partial<SetAssistant>, version: number) => owner.run((ctx) => setAssistant(ctx, { ...wanted, ...change }, version))
  expect(await failureOf(of({ key: undefined }, 0))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/key' }] })
  await of({}, 0)
  expect(await failureOf(of({ base: 'https://elsewhere.example.org/v1', key: undefined }, 1))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/key' }] })
  expect(await of({ base: 'https://models.example.org/v2/chat/completions', key: undefined }, 1)).toMatchObject({ assistant: { base: 'https://models.example.org/v2' }, version: 2 })
  for (const base of ['http://models.example.org/v1', 'https://127.0.0.1/v1', `${ORIGIN}/v1`, 'https://models.example.org/v1?key=1', 'models'])
    expect(await failureOf(of({ base }, 2)), base).toMatchObject({ code: 'invalid', errors: [{ pointer: '/base' }] })
})

test('of two people who change it, the second is told: nobody’s change is written over', async () => {
  const { owner } = await agency()
  await owner.run((ctx) => setAssistant(ctx, wanted, 0))
  expect(await failureOf(owner.run((ctx) => setAssistant(ctx, { ...wanted, model: 'other' }, 0)))).toMatchObject({ code: 'precondition_failed' })
  expect(await owner.run(readAssistant)).toMatchObject({ assistant: { model: 'small-1' } })
})

test('under CallIntel’s preset it is the owner’s, under InforceDesk’s an admin’s too; members and viewers, and another agency, have no part in it', async () => {
  const [strict, wide] = [await agency(), await agency('inforcedesk')]
  const refused = { code: 'role_required' }
  for (const browser of [await asAdmin(strict.tenant), await asMember(strict.tenant), await asViewer(strict.tenant), await asMember(wide.tenant)]) {
    for (const verb of [readAssistant, testAssistant, removeAssistant] as const) expect(await failureOf(browser.run<unknown>((ctx) => verb(ctx)))).toMatchObject(refused)
    expect(await failureOf(browser.run((ctx) => setAssistant(ctx, wanted, 0)))).toMatchObject(refused)
  }
  const admin = await asAdmin(wide.tenant)
  await admin.run((ctx) => setAssistant(ctx, wanted, 0))
  expect(await strict.owner.run(readAssistant)).toEqual({ assistant: null, version: 0 })
  expect(await failureOf(strict.owner.run(testAssistant))).toEqual({ code: 'not_found' })
})

test('a test asks about a conversation that nobody had, and says what came of it', async () => {
  const { tenant, owner } = await agency()
  const heard = endpoint()
  await owner.run((ctx) => setAssistant(ctx, { ...wanted, on: false }, 0))
  expect(await owner.run(testAssistant)).toEqual({ outcome: 'answered' })
  expect(heard).toHaveLength(1)
  vi.spyOn(globalThis, 'fetch').mockImplementation(async () => new Response('no', { status: 401 }))
  expect(await owner.run(testAssistant)).toEqual({ outcome: 'refused' })
  expect(await owner.run(readAssistant)).toMatchObject({ assistant: { testOutcome: 'refused', on: false }, version: 1 })
  expect((await entriesOf(tenant.id, 'core.assistant.tested')).map(({ meta }) => meta)).toEqual([{ outcome: 'answered' }, { outcome: 'refused' }])
})

test('a removed assistant is gone with its key, and is asked nothing', async () => {
  const { tenant, owner } = await agency()
  const heard = endpoint()
  await owner.run((ctx) => setAssistant(ctx, wanted, 0))
  await owner.run(removeAssistant)
  expect(await tenant.asJob((ctx) => askAssistant(ctx, tenant.id, { transcript: 'Hello.', known: [] }))).toBeNull()
  expect(heard).toEqual([])
  expect(await (await reachNow()).shard(tenant.shard).prepare('select count(*) as n from assistants where tenant_id = ?').bind(tenant.id).first('n')).toBe(0)
  expect(await failureOf(owner.run(removeAssistant))).toEqual({ code: 'not_found' })
})
