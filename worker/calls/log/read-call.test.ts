import { expect, test } from 'vitest'
import { newDialler } from '../../../tests/support/call-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { asAdmin, asMember, asViewer, entriesOf, failureOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { readConnection } from '../../core/hooks/list-connections.ts'
import { listCalls } from './list-calls.ts'
import { listNamedCalls, readNamedCall } from './list-named-calls.ts'
import { CAP_MS } from './module.ts'
import { noteCalls } from './note-calls.ts'
import { purgeCalls } from './purge-calls.ts'
import { readCall } from './read-call.ts'

/** An agency whose Mila takes one call and whose Max takes another. */
async function twoCalls() {
  const line = await newDialler()
  const [mila, max] = [await line.tenant.someone('member'), await line.tenant.newSomeone('member')]
  await line.means('101', mila.memberId)
  await line.means('102', max.memberId)
  await line.tell('ringing', 'one', { agent: '101' })
  await line.tell('ended', 'one', { agent: '101', duration: 60 })
  await line.tell('transcript', 'one', { transcript: 'Canary said hello.' })
  await line.tell('ringing', 'two', { agent: '102', phone: '+14155550177' })
  const calls = await line.calls()
  const of = (memberId: string) => calls.find((call) => call.memberId === memberId)?.id ?? ''
  return { line, mila, max, milas: of(mila.memberId), maxs: of(max.memberId) }
}

test('[CAL-12] messages of one session make one line of the log: time, way, duration, handler, outcome and a masked number', async () => {
  const { line, mila, milas } = await twoCalls()
  expect(await line.calls()).toHaveLength(2)
  expect((await line.calls()).find(({ id }) => id === milas)).toMatchObject({ direction: 'inbound', outcome: 'answered', durationS: 60, memberId: mila.memberId, number: '***-***-0132', hasTranscript: true })
  const { calls } = await line.owner.run((ctx) => listNamedCalls(ctx, { limit: 10 }))
  expect(calls.find(({ id }) => id === milas)?.member).toBe('Mila Member')
  expect(JSON.stringify(calls)).not.toMatch(/Canary|415555/)
})

test('[CAL-85] an agent has a log of its own calls: another agent’s is nowhere, on the list, in the API and on the page', async () => {
  const { line, mila, max, milas, maxs } = await twoCalls()
  const [her, him] = [await signedIn(mila, line.tenant.id), await signedIn(max, line.tenant.id)]
  expect((await her.run((ctx) => listCalls(ctx, { limit: 10 }))).calls.map(({ id }) => id)).toEqual([milas])
  expect((await him.run((ctx) => listCalls(ctx, { limit: 10 }))).calls.map(({ id }) => id)).toEqual([maxs])
  expect((await her.call(`/api/v1/calls/${milas}`)).status).toBe(200)
  expect([(await her.call(`/api/v1/calls/${maxs}`)).status, (await her.page(`/calls/${maxs}`)).status]).toEqual([404, 404])
  expect((await her.page('/call-connections')).status).toBe(403)
  expect(await (await her.page('/calls')).text()).not.toContain(maxs)
})

test('[CAL-84] an admin has team, settings and everybody’s calls, and no credentials; a viewer no call at all; another agency’s are nowhere', async () => {
  const [{ line, milas, maxs }, other] = [await twoCalls(), await newDialler()]
  const [admin, viewer] = [await asAdmin(line.tenant), await asViewer(line.tenant)]
  expect((await admin.run((ctx) => listCalls(ctx, { limit: 10 }))).calls.map(({ id }) => id).toSorted()).toEqual([milas, maxs].toSorted())
  expect([(await admin.page('/people')).status, (await admin.page('/policy')).status, (await admin.page('/calls')).status, (await admin.page('/call-connections')).status]).toEqual([200, 200, 200, 403])
  expect([(await viewer.page('/calls')).status, (await viewer.call('/api/v1/calls')).status, (await viewer.call(`/api/v1/calls/${milas}`)).status]).toEqual([403, 403, 403])
  expect(await failureOf(other.owner.run((ctx) => readCall(ctx, milas)))).toEqual({ code: 'not_found' })
  const someone = await asMember(other.tenant)
  expect((await someone.run((ctx) => listCalls(ctx, { limit: 10 }))).calls).toEqual([])
})

test('[CAL-78] opening a call shows number and transcript, and stands in the log with who did it, by page and by API; listing opens nothing, and another agency opens nothing either', async () => {
  const [{ line, mila, milas }, other] = [await twoCalls(), await newDialler()]
  const her = await signedIn(mila, line.tenant.id)
  for (const path of ['/calls', '/api/v1/calls?limit=10']) expect((await her.page(path)).status).toBe(200)
  expect([(await other.owner.page(`/calls/${milas}`)).status, (await other.owner.call(`/api/v1/calls/${milas}`)).status]).toEqual([404, 404])
  expect(await entriesOf(line.tenant.id, 'calls.call.read')).toEqual([])
  expect(await line.owner.run((ctx) => readNamedCall(ctx, milas))).toMatchObject({ member: 'Mila Member', content: { phone: '+14155550132', transcript: 'Canary said hello.', text: null } })
  expect(await (await her.page(`/calls/${milas}`)).text()).toContain('Canary said hello.')
  expect((await her.call(`/api/v1/calls/${milas}`)).status).toBe(200)
  const [owner, ...herself] = await entriesOf(line.tenant.id, 'calls.call.read')
  expect([owner, ...herself].map((entry) => entry?.subject)).toEqual([milas, milas, milas])
  expect(new Set(herself.map(({ actor }) => actor.id))).toEqual(new Set([mila.accountId]))
  expect(owner?.actor.id).not.toBe(mila.accountId)
  expect(await entriesOf(other.tenant.id, 'calls.call.read')).toEqual([])
})

test('at its cap a call’s content is out of its row and its key is gone; times and four digits stay, and nothing that comes later is sealed again', async () => {
  const { line, milas } = await twoCalls()
  const now = await testClock()
  const purgedAt = (at: number) => line.tenant.asJob((ctx) => purgeCalls(ctx, 50), at)
  expect(await purgedAt(now + CAP_MS - 120_000)).toBe(0)
  expect(await purgedAt(now + CAP_MS + 120_000)).toBe(2)
  expect(await purgedAt(now + CAP_MS + 120_000)).toBe(0)
  const row = () => reachNow().then((reach) => reach.shard(line.tenant.shard).prepare('select * from calls where id = ?').bind(milas).first<Record<string, unknown>>())
  expect(await row()).toMatchObject({ state: 'purged', content: null, phone_last4: '0132', duration_s: 60, content_digest: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const { objects } = await (await reachNow()).env.KEYS.list({ limit: 1000 })
  expect(objects.filter(({ key }) => key.endsWith(`call/${milas}`))).toEqual([])
  expect(await line.owner.run((ctx) => readCall(ctx, milas))).toMatchObject({ content: null, call: { state: 'purged', number: '***-***-0132' } })
  expect((await entriesOf(line.tenant.id, 'calls.call.purged')).map(({ meta }) => meta['key']).toSorted()).toEqual(expect.arrayContaining([`call/${milas}`]))

  expect((await line.tell('transcript', 'one', { transcript: 'Canary comes late and longer than before.' })).status).toBe(200)
  expect(await row()).toMatchObject({ state: 'purged', content: null })
})

test('whoever set a dialler up sees that a transcript came after its call was forgotten: it is not said to be taken, nor the call to have one', async () => {
  const [{ line, milas, maxs }, other] = [await twoCalls(), await twoCalls()]
  const at = (await testClock()) + CAP_MS + 120_000
  await line.tenant.asJob((ctx) => purgeCalls(ctx, 50), at)
  for (const { line: each } of [{ line }, other]) expect((await each.tell('transcript', 'two', { transcript: 'Canary comes late.' }, { id: 'late' })).status).toBe(200)
  const verdict = async (each: typeof line) => (await each.owner.run((ctx) => readConnection(ctx, each.id))).events.find(({ eventId }) => eventId === 'late')?.verdict
  expect([await verdict(line), await verdict(other.line)]).toEqual(['too_late', 'taken'])
  expect((await line.calls()).map(({ id, hasTranscript }) => [id, hasTranscript])).toEqual(expect.arrayContaining([[maxs, false], [milas, true]]))
  expect((await other.line.calls()).find(({ id }) => id === other.maxs)?.hasTranscript).toBe(true)
})

test('a purge that broke off after the first batch is finished by the next, and of two at once one does it', async () => {
  const { line, milas } = await twoCalls()
  const at = (await testClock()) + CAP_MS + 120_000
  const runs = await Promise.allSettled([line.tenant.asJob((ctx) => purgeCalls(ctx, 50), at), line.tenant.asJob((ctx) => purgeCalls(ctx, 50), at)])
  expect(runs.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
  await line.tenant.asJob((ctx) => purgeCalls(ctx, 50), at)
  expect((await entriesOf(line.tenant.id, 'calls.call.purged')).filter(({ subject }) => subject === milas)).toHaveLength(1)
  expect((await line.calls()).map(({ state }) => state)).toEqual(['purged', 'purged'])
})

test('of two messages of one session that see the same call, one looks again: neither is lost', async () => {
  const line = await newDialler()
  const answers = await Promise.all(['ringing', 'answered', 'ended', 'transcript'].map((kind) => line.tell(kind, 'crowded', kind === 'transcript' ? { transcript: 'All of it.' } : kind === 'ended' ? { duration: 9 } : {})))
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
  expect(await line.calls()).toEqual([expect.objectContaining({ outcome: 'answered', durationS: 9, hasTranscript: true })])
})

test('what was made for a batch that is refused is taken back', async () => {
  const line = await newDialler()
  const event = { provider: 'standard', eventId: 'e', sessionId: 's', kind: 'ringing', direction: 'inbound', at: await testClock(), handler: null, phone: null, durationS: null, transcript: null, text: null } as const
  await line.tenant.asJob(async (ctx) => (await noteCalls(ctx, line.id, [{ event, memberId: null }], [])).undo())
  const { objects } = await (await reachNow()).env.KEYS.list({ limit: 1000 })
  expect(objects.filter(({ key }) => key.includes(line.tenant.id) && key.includes('/call/'))).toEqual([])
})
