import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newDialler, type Dialler } from '../../../tests/support/call-scene.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { bindings, entriesOf, ORIGIN, reachNow } from '../../../tests/support/scene.ts'
import { newTrace, watched } from '../../../tests/support/watched-env.ts'
import { readConnection } from '../../core/hooks/list-connections.ts'
import { OVERLAP_MS } from '../../core/hooks/module.ts'
import { changePolicy } from '../../core/tenancy/change-policy.ts'
import { rotateSealRoot } from '../../core/tenancy/rotate-seal-root.ts'
import { sealedTables, sweepSealRoot } from '../../core/tenancy/sweep-seal-root.ts'
import { newIsolate } from '../../core/reach.ts'
import { handlersOf } from '../../entry.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import { manifests } from '../../modules.ts'
import { disconnectProvider, rotateProvider, testProvider } from './connect-provider.ts'
import { providers } from './contract.ts'
import { signAs } from './sign-as.ts'
import { takeCalls } from './take-calls.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

/** The clock runs ahead for one step. */
async function later<T>(ms: number, step: () => Promise<T>): Promise<T> {
  clock.aheadMs += ms
  try {
    return await step()
  } finally {
    clock.aheadMs -= ms
  }
}

test('[CAL-48] a signed message is durable when it is acknowledged: one call in the log, one entry, its id in the list', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  expect((await line.tell('ringing', 'one', {}, { id: 'first' })).status).toBe(200)
  expect(await line.calls()).toEqual([expect.objectContaining({ direction: 'inbound', outcome: 'ringing', number: '***-***-0132', state: 'live' })])
  expect(await other.calls()).toEqual([])
  expect(await entriesOf(line.tenant.id, 'calls.call.heard')).toHaveLength(1)
  expect((await line.owner.run((ctx) => readConnection(ctx, line.id))).events).toEqual([{ eventId: 'first', type: 'ringing', verdict: 'taken', at: expect.any(Number) }])
})

test('[CAL-67] a wrong signature, another agency’s secret and a changed byte are 401, change nothing, and are seen by whoever set it up', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  expect((await line.tell('ringing', 'x', {}, { secret: other.secret })).status).toBe(401)
  const message = await signAs('standard', line.secret, { id: 'changed', now: await testClock(), said: {} })
  expect((await worker.fetch(line.url, { method: 'POST', headers: message.headers, body: Uint8Array.from([...message.body, 32]) })).status).toBe(401)
  expect(await line.calls()).toEqual([])
  const { events } = await line.owner.run((ctx) => readConnection(ctx, line.id))
  expect(events.map(({ eventId, verdict }) => [eventId, verdict])).toEqual([[null, 'wrong_signature'], [null, 'wrong_signature']])
})

test('[CAL-04] Dialpad, RingCentral and Vonage each ring through their own proof, make the same call, and are refused with another secret', async () => {
  const now = await testClock()
  const said = {
    dialpad: { call_id: 7, state: 'ringing', direction: 'inbound', event_timestamp: now, external_number: '+14155550132', target: { type: 'user', id: 1 } },
    ringcentral: { timestamp: new Date(now).toISOString(), body: { telephonySessionId: 's-7', parties: [{ direction: 'Inbound', status: { code: 'Proceeding' }, from: { phoneNumber: '+14155550132' }, extensionId: '1' }] } },
    vonage: { status: 'ringing', direction: 'inbound', conversation_uuid: 'CON-7', from: '14155550132', to: '14155550100', timestamp: new Date(now).toISOString() },
  }
  for (const provider of ['dialpad', 'ringcentral', 'vonage'] as const) {
    const [line, other] = [await newDialler(provider), await newDialler(provider)]
    expect([provider, (await line.send(said[provider], { secret: other.secret })).status]).toEqual([provider, 401])
    expect([provider, (await line.send(said[provider])).status]).toEqual([provider, 200])
    expect(await line.calls()).toEqual([expect.objectContaining({ direction: 'inbound', outcome: 'ringing', number: '***-***-0132' })])
    expect(await other.calls()).toEqual([])
  }
})

test('a test of each dialler’s connection passes its own check and makes no call', async () => {
  for (const provider of providers) {
    const line = await newDialler(provider)
    expect([provider, await line.owner.run((ctx) => testProvider(ctx, line.id))]).toEqual([provider, { accepted: true, verdict: 'accepted' }])
    expect(await line.calls()).toEqual([])
  }
})

test('RingCentral’s first call is answered with its own token in at most 1,024 bytes, and takes no other token', async () => {
  const line = await newDialler('ringcentral')
  const greet = (token: string) => worker.fetch(line.url, { method: 'POST', headers: { 'Validation-Token': token } })
  const answer = await greet('0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0')
  expect([answer.status, answer.headers.get('Validation-Token')]).toEqual([200, '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'])
  const bytes = 'HTTP/1.1 200 OK\r\n'.length + [...answer.headers].reduce((sum, [name, value]) => sum + name.length + value.length + 4, 2) + (await answer.text()).length
  expect(bytes).toBeLessThanOrEqual(1024)
  expect((await greet('<script>')).status).toBe(401)
})

test('an address that is not ours, of another sender, of nobody, or revoked is nowhere, whatever is sent there', async () => {
  const line = await newDialler()
  const [, path = ''] = line.url.split(ORIGIN)
  const last = path.split('/').at(-1) ?? ''
  for (const wrong of ['/hooks/standard', '/hooks/standard/x', `/hooks/dialpad/${last}`, `/hooks/nobody/${last}`, `${path}x`, path.slice(0, -1)]) {
    expect([wrong, (await worker.fetch(`${ORIGIN}${wrong}`, { method: 'POST', body: '{}' })).status]).toEqual([wrong, 404])
  }
  await line.owner.run((ctx) => disconnectProvider(ctx, line.id))
  expect((await line.tell('ringing', 'x')).status).toBe(404)
})

test('of a hundred copies of one message at once one has an effect, all are acknowledged, and no key is left without its call', async () => {
  const line = await newDialler()
  const now = await testClock()
  const answers = await Promise.all(Array.from({ length: 100 }, () => line.tell('ringing', 'copied', { at: now }, { id: 'copied', now })))
  expect([...new Set(answers.map(({ status }) => status))]).toEqual([200])
  const calls = await line.calls()
  expect(calls).toHaveLength(1)
  expect(await entriesOf(line.tenant.id, 'calls.call.heard')).toHaveLength(1)
  const { env, hookGuards } = await reachNow()
  // What lies ready for calls to come is no key that was left: the burst may have had it filled up by now.
  const ready = await runInDurableObject(hookGuards.of(line.tenant.id), (_, { storage }) => storage.sql.exec<{ id: string }>('SELECT id FROM stock WHERE handed_at IS NULL').toArray().map(({ id }) => id))
  const { objects } = await env.KEYS.list({ prefix: `salts/${line.tenant.id}/call/`, limit: 1000 })
  expect(objects.map(({ key }) => key.split('/').at(-1) ?? '').filter((id) => !ready.includes(id))).toEqual([calls[0]?.id])
})

test('a ring is noted without a question before it, its handler and all; where nobody handles it and no AMS can be asked nothing is started', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const mila = await line.tenant.someone('member')
  await line.means('101', mila.memberId)
  const asked = async (each: Dialler, session: string) => {
    const trace = newTrace()
    const handlers = handlersOf({ isolate: newIsolate(), clock: testClock })
    const fetching = async (request: Request) => {
      const context = createExecutionContext()
      const answer = await handlers.fetch!(request as Request<unknown, IncomingRequestCfProperties>, watched(bindings, trace, { on: true }), context) // `as`: a test has no edge in front of it
      await waitOnExecutionContext(context)
      const noted = trace.batches.findIndex(({ statements }) => statements.some(({ sql }) => sql.startsWith('insert into "calls"')))
      return Response.json([answer.status, noted, trace.calls.some((call) => call.startsWith('SCREEN_POP'))])
    }
    return (await each.tell('ringing', session, { agent: '101' }, { fetching })).json()
  }
  expect(await asked(line, 'one')).toEqual([200, 0, true])
  expect(await asked(other, 'one')).toEqual([200, 0, false])
  expect([await line.calls(), await other.calls()].map(([call]) => call?.memberId)).toEqual([mila.memberId, null])
})

test('a ring that comes after its call was answered is folded into it, and the key that it took for nothing is destroyed', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const at = (await testClock()) - 5_000
  const say = (kind: string) => line.tell(kind, 'turned', { at: kind === 'ringing' ? at : at + 3_000 })
  expect([(await say('answered')).status, (await say('ringing')).status, (await say('ringing')).status]).toEqual([200, 200, 200])
  await other.tell('ringing', 'turned')
  expect(await line.calls()).toEqual([expect.objectContaining({ outcome: 'in_progress', startedAt: at })])
  const [call] = await line.calls()
  const { objects } = await bindings.KEYS.list({ prefix: `salts/${line.tenant.id}/call/` })
  expect(objects.map(({ key }) => key.split('/').at(-1))).toEqual([call?.id])
})

test('a ring taken under a policy that no longer holds is taken again under the next one, and the key made for the first attempt is destroyed', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  await line.owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'audit.retention_years': 12 } }))
  expect([(await line.tell('ringing', 'next')).status, (await other.tell('ringing', 'next')).status]).toEqual([200, 200])
  const keys = async ({ tenant }: Dialler) => (await bindings.KEYS.list({ prefix: `salts/${tenant.id}/call/` })).objects.map(({ key }) => key.split('/').at(-1))
  for (const each of [line, other]) expect(await keys(each)).toEqual((await each.calls()).map(({ id }) => id))
})

test('[CAL-49] the 201st message of a minute is told when to come back, another organisation’s go on, and the next minute is open again', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const second = await newDialler('generic', line.tenant)
  const statuses = new Set<number>()
  for (let n = 0; n < 10; n += 1) for (const answer of await Promise.all(Array.from({ length: 20 }, (_, at) => (n % 2 === 0 ? line : second).send({ test: `${n} ${at}` })))) statuses.add(answer.status)
  expect([...statuses]).toEqual([200])
  const refused = await line.tell('ringing', 'x')
  expect([refused.status, Number(refused.headers.get('Retry-After')) > 0]).toEqual([429, true])
  expect((await second.tell('ringing', 'x')).status).toBe(429)
  expect((await other.tell('ringing', 'x')).status).toBe(200)
  expect(await later(60_000, async () => (await line.tell('ringing', 'x')).status)).toBe(200)
})

test('signed just under five minutes ago is taken, half a minute more off either way is not; replayed within its time it does nothing', async () => {
  const line = await newDialler()
  const now = Math.floor((await testClock()) / 1000) * 1000
  for (const [off, status] of [[-270_000, 200], [-330_000, 401], [330_000, 401]] as const) expect([off, (await line.tell('ringing', `off${off}`, { at: now }, { now: now + off, id: `off${off}`.replace('-', 'm') })).status]).toEqual([off, status])
  expect((await line.tell('ringing', 'off-270000', { at: now }, { now: now - 270_000, id: 'offm270000' })).status).toBe(200)
  expect(await line.calls()).toHaveLength(1)
})

test('what a dialler that signs no time tells again after its id was forgotten is too old to make a call', async () => {
  const line = await newDialler('generic')
  const now = await testClock()
  const said = { provider: 'generic', eventId: 'e', sessionId: 's', kind: 'ringing', direction: 'inbound', at: now - 8 * 86_400_000, handler: null, phone: null, durationS: null, transcript: null, text: null } as const
  expect(await line.tenant.asJob((ctx) => takeCalls(ctx, line.id, [said]))).toEqual({ type: 'ringing', result: 'too_late', writes: [], events: [] })
  expect(await line.tenant.asJob((ctx) => takeCalls(ctx, line.id, []))).toMatchObject({ result: 'nothing', writes: [] })
})

test('after a rotation the old secret is good for a day more, and then no more', async () => {
  const line = await newDialler()
  const { secret } = await line.owner.run((ctx) => rotateProvider(ctx, line.id))
  expect([(await line.tell('ringing', 'a')).status, (await line.tell('ringing', 'b', {}, { secret })).status]).toEqual([200, 200])
  const after = await later(OVERLAP_MS, async () => [(await line.tell('ringing', 'c')).status, (await line.tell('ringing', 'd', {}, { secret })).status])
  expect(after).toEqual([401, 200])
})

test('a body over the limit is refused before anybody is asked', async () => {
  const line = await newDialler()
  expect((await worker.fetch(line.url, { method: 'POST', body: new Uint8Array(700 * 1024) })).status).toBe(413)
})

test('[CAL-81] the list of messages holds ids, type, result and time: no column of it could hold a number or a word that was said', async () => {
  const line = await newDialler()
  await line.tell('transcript', 'one', { transcript: 'Canary on the line.', recording_url: 'https://voip.example/canary.mp3' })
  const { results } = await (await reachNow()).shard(line.tenant.shard).prepare('select * from webhook_events where tenant_id = ?').bind(line.tenant.id).all()
  expect(results.map((row) => Object.keys(row).toSorted())).toEqual([['at', 'connection_id', 'event_id', 'id', 'result', 'sender', 'tenant_id', 'type']])
  expect(JSON.stringify(results)).not.toMatch(/canary|4155550132|0132/i)
})

test('what stays in clear of a message tells its number to nobody who tries every number: its id is no bare hash of what was said, and a dialler’s word for a call is a keyed hash', async () => {
  const now = await testClock()
  const session = 'pbx-14155550132-7'
  const said = {
    generic: { type: 'call.ringing', timestamp: new Date(now).toISOString(), data: { call: session, direction: 'inbound', phone: '+14155550132' } },
    vonage: { status: 'ringing', direction: 'inbound', conversation_uuid: session, from: '14155550132', to: '14155550100', timestamp: new Date(now).toISOString() },
    dialpad: { call_id: session, state: 'ringing', direction: 'inbound', event_timestamp: now, external_number: '+14155550132' },
  }
  for (const provider of ['generic', 'vonage', 'dialpad'] as const) {
    const [line, other] = [await newDialler(provider), await newDialler(provider)]
    for (const each of [line, other]) expect([provider, (await each.send(said[provider], { now })).status]).toEqual([provider, 200])
    const kept = async ({ tenant }: typeof line) => {
      const shard = (await reachNow()).shard(tenant.shard)
      const rows = await Promise.all(['calls', 'webhook_events'].map((table) => shard.prepare(`select * from ${table} where tenant_id = ?`).bind(tenant.id).all<Record<string, unknown>>()))
      return rows.flatMap(({ results }) => results)
    }
    const [own, others] = [await kept(line), await kept(other)]
    const bare = await Promise.all([JSON.stringify(said[provider]), JSON.stringify({ ...said[provider], iat: Math.floor(now / 1000) })].map((text) => sha256Hex(text)))
    expect([provider, [session, '4155550132', ...bare].filter((word) => JSON.stringify(own).includes(word))]).toEqual([provider, []])
    // The same message to another agency has another id, and its call another name.
    for (const column of ['event_id', 'session_id']) expect(own.map((row) => row[column]).find(Boolean)).not.toBe(others.map((row) => row[column]).find(Boolean))
    expect([provider, (await line.send(said[provider], { now })).status, (await line.calls()).length]).toEqual([provider, 200, 1])
  }
})

test('[CAL-40] what a dialler says of recordings is nowhere in its call’s row, nor in what can be opened of it', async () => {
  const line = await newDialler()
  await line.tell('ended', 'one', { recording_url: 'https://voip.example/canary.mp3', audio: 'Y2FuYXJ5', recordings: [{ url: 'canary' }] })
  const audio = { method: 'POST', body: new Uint8Array([0x49, 0x44, 0x33]), headers: { 'Content-Type': 'audio/mpeg' } }
  expect([(await line.owner.call('/api/v1/call-connections', audio)).status, (await worker.fetch(line.url, audio)).status]).toEqual([415, 401])
  const row = await (await reachNow()).shard(line.tenant.shard).prepare('select * from calls where tenant_id = ?').bind(line.tenant.id).first()
  const [call] = await line.calls()
  const opened = await line.owner.call(`/api/v1/calls/${call?.id}`)
  expect(opened.status).toBe(200)
  expect(`${JSON.stringify(row)} ${await opened.text()}`).not.toMatch(/canary|Y2FuYXJ5/i)
})

test('a dialler goes on while its agency’s keys turn over, and after the old one was destroyed', async () => {
  const line = await newDialler()
  await line.owner.runConfirmed((ctx) => rotateSealRoot(ctx, 'compromised'))
  expect((await line.tell('ringing', 'meanwhile')).status).toBe(200)
  for (let runs = 0; runs < 20; runs += 1) if (await sweepSealRoot(await testParts(), sealedTables(manifests), line.tenant.id)) break
  expect([(await line.tell('ringing', 'afterwards')).status, (await line.tell('answered', 'meanwhile')).status]).toEqual([200, 200])
  expect(await line.calls()).toHaveLength(2)
})
