import { expect, test, vi } from 'vitest'
import { connectedDouble } from '../../../tests/support/ams-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { FakeAms } from '../../../tests/support/fake-ams.ts'
import { listensAs, maria, popHouse, popOf, popsOf, ringAt, type PopHouse } from '../../../tests/support/pop-scene.ts'
import { bindings, entriesOf, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { runRetention } from '../../core/retention/run-retention.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { manifests, sweeps } from '../../modules.ts'
import { listAms } from '../ams/list-ams.ts'
import { revokeAms } from '../ams/revoke-ams.ts'
import { readCall } from '../log/read-call.ts'
import { handOverDue } from '../sync/run-due.ts'
import { chooseContact } from './choose-contact.ts'

const DAY = 86_400_000
const luis = { ...maria, id: 'c2', name: 'Luis Alvarez', household: 'h1' }
const two = [{ ...maria, household: 'h1' }, luis]

const choices = async ({ tenant }: PopHouse) => (await bindings[tenant.shard as 'SHARD_1'].prepare('select * from call_choices where tenant_id = ?').bind(tenant.id).all<{ phone_index: string; record_mac: string }>()).results // `as`: a test tenant lives on one of two

test('of several contacts the handler says who it is: the call is noted under that name, and the next ring of the number needs no tap; another agency is asked anew', async () => {
  const [house, other] = [await popHouse(two), await popHouse(two)]
  const page = await listensAs(house.mila)
  await ringAt(house.line)
  const pop = await popOf(house.mila)
  expect(pop.content).toMatchObject({ state: 'several', contact: null, candidates: [{ id: 'c2', name: 'Luis Alvarez' }, { id: 'c1', name: 'Maria Alvarez' }], policies: [] })
  await vi.waitFor(async () => expect(await house.mila.run((ctx) => readCall(ctx, pop.call.id))).toMatchObject({ call: { matches: 2 }, content: { contact: null } }), 3000)

  await house.mila.run((ctx) => chooseContact(ctx, pop.call.id, { contactId: 'c2' }))
  expect((await popOf(house.mila)).content).toMatchObject({ state: 'one', why: 'chosen', contact: { name: 'Luis Alvarez' }, policies: [{ number: 'HO-1' }] })
  await vi.waitFor(() => expect(page.said.at(-1)?.pops).toEqual([{ call: pop.call.id, n: 2 }]))
  expect(await house.mila.run((ctx) => readCall(ctx, pop.call.id))).toMatchObject({ call: { matches: 2 }, content: { contact: { id: 'c2', name: 'Luis Alvarez' } } })
  expect((await entriesOf(house.tenant.id, 'calls.contact.chosen')).map(({ meta }) => meta)).toEqual([{ among: 2, nobody: false }])

  await ringAt(house.line)
  await vi.waitFor(async () => expect((await popsOf(house.mila))[0]?.content).toMatchObject({ state: 'one', why: 'remembered', contact: { id: 'c2' } }), 3000)
  await ringAt(other.line)
  expect((await popOf(other.mila)).content.state).toBe('several')
})

test('what is remembered is two keyed hashes, for thirty days: then the number is asked about again, and the row goes', async () => {
  const house = await popHouse(two)
  await ringAt(house.line)
  const { call } = await popOf(house.mila)
  await house.mila.run((ctx) => chooseContact(ctx, call.id, { contactId: 'c1' }))
  const rows = await choices(house)
  expect(rows).toHaveLength(1)
  expect(JSON.stringify(rows)).not.toMatch(/0132|Maria|"c1"/)
  const handler = await house.tenant.newSomeone('member')
  await house.line.means('102', handler.memberId)
  const ringAhead = async (ms: number) => {
    clock.aheadMs = ms
    await ringAt(house.line, { agent: '102' })
    return (await popOf(await signedIn(handler, house.tenant.id))).content
  }
  try {
    expect(await ringAhead(30 * DAY - 60_000)).toMatchObject({ state: 'one', why: 'remembered' })
    clock.aheadMs = 30 * DAY + 60_000
    await ringAt(house.line, { agent: '102' })
    const fresh = await signedIn(handler, house.tenant.id)
    await vi.waitFor(async () => expect((await popsOf(fresh))[0]?.content.state).toBe('several'), 3000)
    expect(await choices(house)).toHaveLength(1)
    await runRetention({ ...(await testParts()), now: Date.now() + clock.aheadMs }, sweeps.filter(({ rule }) => rule === 'call_choices'), manifests)
    expect(await choices(house)).toEqual([])
  } finally {
    clock.aheadMs = 0
  }
})

test('none of them: the call stays without a name, and nothing is remembered', async () => {
  const house = await popHouse(two)
  await ringAt(house.line)
  const { call } = await popOf(house.mila)
  await house.mila.run((ctx) => chooseContact(ctx, call.id, { contactId: 'c1' }))
  await house.mila.run((ctx) => chooseContact(ctx, call.id, { contactId: null }))
  expect((await popOf(house.mila)).content).toMatchObject({ state: 'none', contact: null, policies: [], notes: [] })
  expect([(await house.mila.run((ctx) => readCall(ctx, call.id))).content?.contact, await choices(house)]).toEqual([null, []])
})

test('none of them is a handler’s word: its note goes under nobody, though the AMS knows just one by the number; where the handler said nothing it goes under that one', async () => {
  for (const says of [true, false]) {
    const house = await popHouse()
    const session = await ringAt(house.line)
    const { call } = await popOf(house.mila)
    if (says) await house.mila.run((ctx) => chooseContact(ctx, call.id, { contactId: null }))
    const ams = new FakeAms()
    ams.contacts = [{ id: 'c1', name: 'Maria Alvarez', phones: [maria.phone] }]
    await house.line.tell('ended', session, { agent: '101', duration: 20 })
    await handOverDue(await testParts((await testClock()) + 4 * 60_000), house.tenant.id, ams.parts)
    expect([says, ams.notesOf(call.id).map(({ contactId }) => contactId)]).toEqual([says, [says ? null : 'c1']])
  }
})

test('an AMS that was replaced while a call is shown is not asked for a contact of the one before it', async () => {
  const house = await popHouse(two)
  await ringAt(house.line)
  const { call } = await popOf(house.mila)
  await house.tenant.asJob(async (ctx) => {
    for (const { id } of (await listAms(ctx, { limit: 10 })).connections) await revokeAms(ctx, id)
  })
  const next = await connectedDouble(house.tenant, [{ ...maria, id: 'c2', name: 'Somebody Else', phone: '+14155550199' }])
  await house.mila.run((ctx) => chooseContact(ctx, call.id, { contactId: 'c2' }))
  expect([next.asked, await choices(house)]).toEqual([[], []])
  expect((await popOf(house.mila)).content).toMatchObject({ state: 'one', why: 'chosen', contact: { name: 'Luis Alvarez' }, policies: [] })
})

test('only of one’s own call, only of whom the AMS named for it, and only while it is shown', async () => {
  const [house, other] = [await popHouse(two), await popHouse(two)]
  await ringAt(house.line)
  await ringAt(other.line)
  const { call } = await popOf(house.mila)
  const foreign = (await popOf(other.mila)).call.id
  const admin = await signedIn(await house.tenant.newSomeone('admin'), house.tenant.id)
  const viewer = await signedIn(await house.tenant.newSomeone('viewer'), house.tenant.id)
  const choose = (browser: typeof admin, callId: string, contactId: string, now?: number) => failureOf(browser.run((ctx) => chooseContact(ctx, callId, { contactId }), now))
  expect([await choose(admin, call.id, 'c1'), await choose(house.mila, foreign, 'c1'), await choose(house.mila, call.id, 'c3')]).toEqual([{ code: 'not_found' }, { code: 'not_found' }, { code: 'not_found' }])
  expect(await choose(viewer, call.id, 'c1')).toMatchObject({ code: 'role_required' })
  expect(await choose(house.mila, call.id, 'c1', Date.now() + 5 * 60_000 + 1000)).toEqual({ code: 'not_found' })
  expect(await choices(house)).toEqual([])
})
