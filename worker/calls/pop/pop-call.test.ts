import { expect, onTestFinished, test, vi } from 'vitest'
import { newDialler } from '../../../tests/support/call-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { FakeAms } from '../../../tests/support/fake-ams.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { listensAs, maria, popHouse, popOf, popsOf, ringAt } from '../../../tests/support/pop-scene.ts'
import { asOwner, bindings, entriesOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { readCall } from '../log/read-call.ts'
import { disposeCall } from './dispose-call.ts'
import { endPops } from './end-pops.ts'
import { lookUp } from './look-up.ts'
import { matchCall } from './match-call.ts'
import { popCall } from './pop-call.ts'
import { handOverDue } from '../sync/run-due.ts'
import { Pops } from './pops.ts'

test('[CAL-06][CAL-50] a ring is on every open page of its handler within two seconds, with name, policies and last notes; a colleague and another agency see nothing', async () => {
  const [{ line, mila, seat, tenant }, other] = [await popHouse(), await popHouse()]
  const otto = await signedIn(await tenant.newSomeone('admin'), tenant.id)
  const [page, second, colleague, stranger] = [await listensAs(mila), await listensAs(mila), await listensAs(otto), await listensAs(other.mila)]
  const rangAt = performance.now()
  await ringAt(line)
  await vi.waitFor(() => expect([page.calls.length, second.calls.length]).toEqual([1, 1]), { timeout: 5000, interval: 20 })
  expect(performance.now() - rangAt).toBeLessThan(2000)
  const pop = await popOf(mila)
  expect(pop).toMatchObject({ call: { id: page.calls[0], memberId: seat.memberId }, content: { state: 'one', why: 'only', phone: maria.phone, contact: { id: 'c1', name: 'Maria Alvarez' }, policies: [{ number: 'HO-1', carrier: 'Harbor Mutual' }], notes: [{ text: 'Asked about flood cover.' }] } })
  expect([await popsOf(otto), await popsOf(other.mila), colleague.calls, stranger.calls]).toEqual([[], [], [], []])
  // By the line only ids ever come.
  expect(JSON.stringify([page.said, colleague.said])).not.toMatch(/Maria|0132|HO-1/)
})

test('[CAL-05] a known number stands with its contact’s name on the call, an unknown one as unmatched', async () => {
  const { line, mila, tenant } = await popHouse()
  const other = await popHouse([])
  await ringAt(line)
  await ringAt(other.line)
  const [known, unknown] = [await popOf(mila), await popOf(other.mila)]
  const read = async (browser: typeof mila, id: string) => browser.run((ctx) => readCall(ctx, id))
  await vi.waitFor(async () => expect(await read(mila, known.call.id)).toMatchObject({ call: { matches: 1, poppedAt: expect.any(Number) }, content: { contact: { id: 'c1', name: 'Maria Alvarez' } } }), 3000)
  await vi.waitFor(async () => expect(await read(other.mila, unknown.call.id)).toMatchObject({ call: { matches: 0 }, content: { contact: null } }), 3000)
  expect(unknown.content.state).toBe('none')
  const shown = async (browser: typeof mila, id: string) => (await (await browser.page(`/calls/${id}`)).text()).replaceAll('<!-- -->', '')
  expect(await shown(mila, known.call.id)).toContain('Maria Alvarez')
  expect(await shown(other.mila, unknown.call.id)).toContain('unmatched')
  expect((await other.mila.page(`/calls/${known.call.id}`)).status).toBe(404)
  expect((await entriesOf(tenant.id, 'calls.call.matched')).map(({ meta }) => meta)).toEqual([{ how: 'one', matches: 1 }])
})

test('[CAL-43] nothing of a look-up is kept for the next: two rings are two questions, and a name changed between them is the one that is shown', async () => {
  const { line, mila, ams } = await popHouse()
  await ringAt(line)
  expect((await popOf(mila)).content.contact?.name).toBe('Maria Alvarez')
  ams.contacts[0]!.name = 'Maria Alvarez-Pruitt'
  await ringAt(line)
  await vi.waitFor(async () => expect((await popsOf(mila)).map(({ content }) => content.contact?.name)).toEqual(['Maria Alvarez-Pruitt', 'Maria Alvarez']), 3000)
  expect(ams.asked.filter((asked) => asked === 'GET /contacts')).toHaveLength(2)
})

test('[CAL-42] after a look-up no database holds a word of the AMS; the object that shows it holds ciphertext', async () => {
  const { line, mila, tenant, seat } = await popHouse([{ ...maria, name: 'Quillonia Farbrace', policies: [{ ...maria.policies[0]!, number: 'ZQX-77-81' }] }])
  await ringAt(line)
  const { call } = await popOf(mila)
  await vi.waitFor(async () => expect((await mila.run((ctx) => readCall(ctx, call.id))).call.matches).toBe(1), 3000)
  for (const database of [bindings.DIRECTORY, bindings.SHARD_1, bindings.SHARD_2]) {
    const { results } = await database.prepare("select name from sqlite_master where type = 'table' and name not like '\\_cf%' escape '\\' and name not like 'sqlite%'").all<{ name: string }>()
    for (const { name } of results) expect(JSON.stringify((await database.prepare(`select * from "${name}"`).all()).results), name).not.toMatch(/Quillonia|ZQX-77-81/)
  }
  const cells = JSON.stringify(await new Pops({ reach: await reachNow(), tenantId: tenant.id }).shown(seat.memberId, Date.now()))
  expect(cells).toContain(call.id)
  expect(cells).not.toMatch(/Quillonia|ZQX|0132/)
})

test('an AMS that is slow is not waited for: the ring is shown with its number, and who it is follows', async () => {
  const { line, mila, ams } = await popHouse()
  const page = await listensAs(mila)
  const answer = Promise.withResolvers<void>()
  const answering = globalThis.fetch
  const slow = vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    if (new Request(input as RequestInfo).url.startsWith(ams.address)) await answer.promise // `as`: as the double does
    return answering(input, init)
  })
  onTestFinished(() => slow.mockRestore())
  const rangAt = performance.now()
  await ringAt(line)
  await vi.waitFor(() => expect(page.calls).toHaveLength(1), { timeout: 5000, interval: 20 })
  expect(performance.now() - rangAt).toBeLessThan(2000)
  expect((await popsOf(mila))[0]?.content).toMatchObject({ state: 'looking', phone: maria.phone, contact: null })
  answer.resolve()
  await vi.waitFor(() => expect(page.said.at(-1)?.pops[0]?.n).toBe(2), 3000)
  expect((await popOf(mila)).content).toMatchObject({ state: 'one', contact: { name: 'Maria Alvarez' } })
})

test('an AMS that does not answer is said to be so, and the call is matched with nobody until it does', async () => {
  const { line, mila, ams, tenant } = await popHouse()
  ams.does = 'busy'
  await ringAt(line)
  const { call, content } = await popOf(mila)
  expect(content).toMatchObject({ state: 'trouble', trouble: 'busy', contact: null })
  ams.does = 'answers'
  await tenant.asJob((ctx) => matchCall(ctx, call.id))
  expect(await mila.run((ctx) => readCall(ctx, call.id))).toMatchObject({ call: { matches: 1 }, content: { contact: { name: 'Maria Alvarez' } } })
  const asked = ams.asked.length
  await tenant.asJob((ctx) => matchCall(ctx, call.id))
  expect(ams.asked).toHaveLength(asked)
})

test('a call whose handler said what came of it is shown no more, whatever its dialler tells of it afterwards; a call that was transferred is', async () => {
  const { line, mila, tenant } = await popHouse()
  const call = await ringAt(line)
  const { call: { id } } = await popOf(mila)
  await mila.run((ctx) => disposeCall(ctx, id, { disposition: 'helped' }))
  await endPops({ reach: await reachNow(), now: Date.now() + 1, later: () => undefined }, tenant.id)
  for (const kind of ['answered', 'ringing']) await line.tell(kind, call, { agent: '101' })
  const second = await ringAt(line)
  await vi.waitFor(async () => expect(await popsOf(mila)).toHaveLength(1), 3000)
  expect((await popsOf(mila)).map((pop) => pop.call.id)).not.toContain(id)
  const otto = await tenant.newSomeone('admin')
  await line.means('102', otto.memberId)
  await line.tell('answered', second, { agent: '102' })
  await vi.waitFor(async () => expect(await popsOf(await signedIn(otto, tenant.id))).toHaveLength(1), 3000)
  expect(await popsOf(mila)).toEqual([])
})

test('what a screen shows is cut to what it can: twelve policies, the three newest notes; a withheld number is asked of nobody', async () => {
  const { tenant, ams } = await popHouse([{ ...maria, policies: Array.from({ length: 30 }, (_, n) => ({ ...maria.policies[0]!, number: `HO-${n}` })), past: [1, 2, 3, 4].map((day) => ({ at: `2026-11-0${day}T10:00:00Z`, text: `${day} ${'x'.repeat(900)}` })) }])
  const found = await tenant.asJob((ctx) => lookUp(ctx, maria.phone))
  expect([found.policies.length, found.notes.map(({ text }) => [text[0], text.length])]).toEqual([12, [['4', 400], ['3', 400], ['2', 400]]])
  const asked = ams.asked.length
  expect(await tenant.asJob((ctx) => lookUp(ctx, null))).toMatchObject({ state: 'unasked', matches: null })
  expect(ams.asked).toHaveLength(asked)
})

test('a ring told twice is one pop and one question; a call that somebody else answers goes over to them', async () => {
  const { line, mila, tenant, ams } = await popHouse()
  const otherSeat = await tenant.newSomeone('member')
  await line.means('102', otherSeat.memberId)
  const otto = await signedIn(otherSeat, tenant.id)
  const call = await ringAt(line)
  const { call: { id } } = await popOf(mila)
  await tenant.asJob((ctx) => popCall(ctx, id))
  expect(ams.asked.filter((asked) => asked === 'GET /contacts')).toHaveLength(1)
  expect((await line.tell('answered', call, { agent: '102' })).status).toBe(200)
  await vi.waitFor(async () => expect((await popsOf(otto)).map((pop) => pop.call.id)).toEqual([id]), 3000)
  expect(await popsOf(mila)).toEqual([])
})

test('five minutes after the ring its key is destroyed, whatever becomes of the call; before that it is there', async () => {
  const { line, mila, tenant } = await popHouse()
  const other = await popHouse()
  await ringAt(line)
  await ringAt(other.line)
  const { call } = await popOf(mila)
  const keys = (await reachNow()).keyring.bucket
  const salt = () => keys.get(`salts/${tenant.id}/pop/${call.id}`)
  try {
    clock.aheadMs = 5 * 60_000 - 2000
    await endPops({ reach: await reachNow(), now: Date.now() + clock.aheadMs, later: () => undefined }, tenant.id)
    expect(await salt()).not.toBeNull()
    clock.aheadMs = 5 * 60_000 + 2000
    await endPops({ reach: await reachNow(), now: Date.now() + clock.aheadMs, later: () => undefined }, tenant.id)
    expect(await salt()).toBeNull()
    expect(await keys.get(`salts/${tenant.id}/call/${call.id}`)).not.toBeNull()
    expect((await keys.list({ prefix: `salts/${other.tenant.id}/pop/` })).objects).toHaveLength(1)
  } finally {
    clock.aheadMs = 0
  }
})

test('with a call that is forgotten before its five minutes are over goes the key of what was shown of it; of another one it stays', async () => {
  const [house, other] = [await popHouse(), await popHouse()]
  const sessions = [await ringAt(house.line), await ringAt(other.line)]
  const [shown, others] = [await popOf(house.mila), await popOf(other.mila)]
  for (const [at, { line }] of [house, other].entries()) await line.tell('ended', sessions[at] ?? '', { agent: '101', duration: 5 })
  const { bucket } = (await reachNow()).keyring
  const salts = async () => [await bucket.get(`salts/${house.tenant.id}/pop/${shown.call.id}`), await bucket.get(`salts/${other.tenant.id}/pop/${others.call.id}`)].map((salt) => salt !== null)
  expect(await salts()).toEqual([true, true])
  await handOverDue(await testParts((await testClock()) + 3.5 * 60_000), house.tenant.id, new FakeAms().parts)
  expect((await house.line.calls())[0]?.state).toBe('purged')
  expect(await salts()).toEqual([false, true])
})

test('a call that nobody is known to handle is matched and shown to nobody; without an AMS the number alone is shown', async () => {
  const { line, mila, ams } = await popHouse()
  await ringAt(line, { agent: '999' })
  await vi.waitFor(() => expect(ams.asked).toContain('GET /contacts'), 3000)
  expect(await popsOf(mila)).toEqual([])
  const bare = await newDialler()
  await bare.means('101', bare.tenant.owner.memberId)
  await ringAt(bare)
  expect((await popOf(await asOwner(bare.tenant))).content).toMatchObject({ state: 'unasked', phone: '+14155550132', contact: null })
})
