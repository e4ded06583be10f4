import { expect, test } from 'vitest'
import { callRow, keysOfCalls, newDialler, type Dialler } from '../../../tests/support/call-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { FakeAms } from '../../../tests/support/fake-ams.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { entriesOf, reachNow } from '../../../tests/support/scene.ts'
import { purgeCalls } from '../log/purge-calls.ts'
import { CAP_MS } from '../log/module.ts'
import { LEASE_MS } from './hand-over.ts'
import { MAX_ATTEMPTS, nextAttemptAt } from './policy.ts'
import { handOverDue } from './run-due.ts'

const MINUTE = 60_000
const casey = { id: 'C-1', name: 'Casey Canary', phones: ['+14155550132'] }

/** A dialler, and an AMS in which one contact has the number that it tells of. */
async function scene(ams = new FakeAms()) {
  const line = await newDialler()
  ams.contacts = [casey]
  const start = await testClock()
  /** The hand-over as an alarm runs it, so long after the scene began. */
  const run = async (after: number) => handOverDue(await testParts(start + after), line.tenant.id, ams.parts)
  return { line, ams, start, run }
}

async function call(line: Dialler, session: string, at: number, more: Parameters<Dialler['tell']>[2] = {}): Promise<string> {
  await line.tell('ended', session, { at, duration: 60, ...more })
  await line.tell('transcript', session, { at, transcript: `Said on ${session}.`, ...more })
  return (await callRow(line, session)).id
}

test('three minutes after its end a call is one note under its contact, and then nothing of it can be read; another agency’s call is left alone', async () => {
  const [{ line, ams, start, run }, other] = [await scene(), await scene()]
  const [id, theirs] = [await call(line, 'one', start), await call(other.line, 'one', start)]
  expect([await run(3 * MINUTE - 1), ams.asked]).toEqual([0, []])
  expect(await run(3 * MINUTE)).toBe(1)
  expect(ams.notes).toEqual([expect.objectContaining({ reference: id, contactId: 'C-1', direction: 'inbound', text: expect.stringContaining('Said on one.') })])
  expect(await callRow(line, 'one')).toMatchObject({ state: 'purged', syncState: 'synced', content: null, syncDueAt: null, purgedBy: 'sync', noteId: `note-${id.slice(-6)}` })
  expect(await keysOfCalls(line)).toEqual([])
  expect((await line.calls())[0]).toMatchObject({ matches: 1, syncedAt: start + 3 * MINUTE, purgedAt: start + 3 * MINUTE })
  expect([await keysOfCalls(other.line), other.ams.notes]).toEqual([[theirs], []])
  expect(await run(4 * MINUTE)).toBe(0)
})

test('a contact is one of its own AMS: where another was connected meanwhile the number is looked up there, and nothing goes under whoever has the same id', async () => {
  const { line, ams, start, run } = await scene()
  const id = await call(line, 'one', start)
  ams.fates = ['busy']
  await run(3 * MINUTE)
  expect(ams.notes).toEqual([])
  const next = Object.assign(new FakeAms(), { contacts: [{ ...casey, phones: ['+14155550199'] }, { ...casey, id: 'N-9' }] })
  await handOverDue(await testParts(start + 4 * MINUTE), line.tenant.id, next.parts)
  expect(next.notesOf(id).map(({ contactId }) => contactId)).toEqual(['N-9'])
})

test('what was sent out was written down before it left', async () => {
  const { line, ams, start, run } = await scene()
  await call(line, 'one', start)
  let before: Awaited<ReturnType<typeof callRow>> | null = null
  ams.meanwhile = async () => void (before = await callRow(line, 'one'))
  await run(3 * MINUTE)
  expect(before).toMatchObject({ state: 'live', syncState: 'handing', syncAttempts: 1 })
  expect((await entriesOf(line.tenant.id, 'calls.call.handing')).map(({ meta }) => meta)).toEqual([{ ams: ams.id, attempt: 1 }])
})

test('of two alarms at once one hands a call over', async () => {
  const { line, ams, start, run } = await scene()
  for (const session of ['one', 'two', 'three']) await call(line, session, start, { phone: `+1415555010${session.length}` })
  await Promise.all([run(3 * MINUTE), run(3 * MINUTE), run(3 * MINUTE)])
  await run(4 * MINUTE)
  expect(ams.notes.map(({ reference }) => reference).toSorted()).toEqual((await line.calls()).map(({ id }) => id).toSorted())
  expect((await line.calls()).map(({ state }) => state)).toEqual(['purged', 'purged', 'purged'])
})

test('a message that comes before the note leaves is part of it', async () => {
  const { line, ams, start } = await scene()
  const id = await call(line, 'one', start)
  let told = false
  const slow = { ...ams.parts, compose: async (...given: Parameters<typeof ams.parts.compose>) => {
    const note = await ams.parts.compose(...given)
    if (!told) await line.tell('transcript', 'one', { at: start, transcript: 'Said on one. And more that came late.' })
    told = true
    return note
  } }
  await handOverDue(await testParts(start + 3 * MINUTE), line.tenant.id, slow)
  expect(ams.notesOf(id).map(({ text }) => text.includes('And more that came late.'))).toEqual([true])
  expect(await callRow(line, 'one')).toMatchObject({ state: 'purged', content: null })
})

test('a message that comes while the note is on its way is destroyed with the rest, and kept where the AMS did not take it', async () => {
  const { line, ams, start, run } = await scene()
  await call(line, 'one', start)
  ams.fates = ['busy']
  ams.meanwhile = () => line.tell('transcript', 'one', { at: start, transcript: 'Said on one, and then some more.' })
  await run(3 * MINUTE)
  expect(await callRow(line, 'one')).toMatchObject({ state: 'live', syncState: 'waiting', syncTrouble: 'busy', syncDueAt: start + 4 * MINUTE })
  ams.meanwhile = () => line.tell('transcript', 'one', { at: start, transcript: 'Said on one, and then some more, and still more.' })
  await run(4 * MINUTE)
  expect(ams.notes.map(({ text }) => [text.includes('some more'), text.includes('still more')])).toEqual([[true, false]])
  expect(await callRow(line, 'one')).toMatchObject({ state: 'purged', content: null })
  expect(await keysOfCalls(line)).toEqual([])
})

test('what is told of a call that was handed over is acknowledged and sealed nowhere, and nothing is handed over again', async () => {
  const { line, ams, start, run } = await scene()
  await call(line, 'one', start)
  await run(3 * MINUTE)
  expect((await line.tell('transcript', 'one', { at: start, transcript: 'Much longer than what was said before, and late.' })).status).toBe(200)
  expect((await line.tell('ended', 'one', { at: start + 1000, duration: 61 })).status).toBe(200)
  expect(await callRow(line, 'one')).toMatchObject({ state: 'purged', content: null, syncDueAt: null })
  await run(10 * MINUTE)
  expect(ams.notes).toHaveLength(1)
})

test('an AMS that fell silent is asked later whether it has the note: sent again where it has not, and never where it has', async () => {
  for (const fate of ['lost', 'nowhere'] as const) {
    const { line, ams, start, run } = await scene()
    const id = await call(line, 'one', start)
    ams.fates = [fate]
    await run(3 * MINUTE)
    expect(await callRow(line, 'one')).toMatchObject({ syncState: 'handing', syncTrouble: 'timeout', content: expect.any(String) })
    await run(4 * MINUTE)
    expect(ams.asked.filter((each) => each === 'find')).toEqual([])
    await run(6 * MINUTE)
    expect([fate, ams.notesOf(id).length, (await callRow(line, 'one')).state]).toEqual([fate, 1, 'purged'])
  }
})

test('one that cannot be asked leaves a call unknown: it is kept, and never sent again by itself', async () => {
  const { line, ams, start, run } = await scene(new FakeAms({ finds: false }))
  await call(line, 'one', start)
  ams.fates = ['lost']
  await run(3 * MINUTE)
  expect(await callRow(line, 'one')).toMatchObject({ state: 'live', syncState: 'unknown', syncDueAt: null, content: expect.any(String) })
  expect(await run(24 * 60 * MINUTE)).toBe(0)
  expect(ams.notes).toHaveLength(1)
  expect((await entriesOf(line.tenant.id, 'calls.call.unknown')).map(({ meta }) => meta['trouble'])).toEqual(['timeout'])
})

test('what broke off between leaving and being written down is taken up once it is sure to be over, and looked for first', async () => {
  const { line, ams, start, run } = await scene()
  const id = await call(line, 'one', start)
  await run(3 * MINUTE)
  // As if the machine had stopped right after the AMS took the note.
  await line.tell('ringing', 'two', { at: start })
  const shard = (await reachNow()).shard(line.tenant.shard)
  const second = await call(line, 'two', start)
  await shard.prepare("UPDATE calls SET sync_state = 'handing', sync_attempts = 1, handed_to = ?, sync_due_at = ? WHERE id = ?").bind(ams.id, start + 3 * MINUTE + LEASE_MS, second).run()
  ams.notes.push({ reference: second, contactId: 'C-1', direction: 'inbound', at: start, subject: '', text: '' })
  expect(await run(3 * MINUTE + LEASE_MS - 1)).toBe(0)
  expect(await run(3 * MINUTE + LEASE_MS)).toBe(1)
  expect([ams.notesOf(id).length, ams.notesOf(second).length]).toEqual([1, 1])
  expect(await callRow(line, 'two')).toMatchObject({ state: 'purged', syncState: 'synced' })
})

test('an AMS that is down is tried again with growing waits, an hour at most; after three calls in a row the others are left alone', async () => {
  const { line, ams, start, run } = await scene()
  for (let n = 0; n < 6; n += 1) await call(line, `call-${n}`, start + n, { phone: `+1415555010${n}` })
  ams.down = 'unreachable'
  expect(await run(4 * MINUTE)).toBe(3)
  expect((await line.calls()).map(({ syncAttempts }) => syncAttempts).toSorted()).toEqual([0, 0, 0, 1, 1, 1])
  ams.down = null
  await run(9 * MINUTE)
  expect(ams.notes).toHaveLength(6)
  const waits = Array.from({ length: MAX_ATTEMPTS }, (_, at) => nextAttemptAt(at + 1, 0))
  expect([waits.slice(0, 7), waits.at(-1)]).toEqual([[1, 2, 5, 15, 30, 60, 60].map((minutes) => minutes * MINUTE), null])
  expect([nextAttemptAt(1, 0, 10 * MINUTE), nextAttemptAt(1, 0, 48 * 60 * MINUTE), nextAttemptAt(7, 0, 1)]).toEqual([10 * MINUTE, 24 * 60 * MINUTE, 60 * MINUTE])
})

test('a call of the same number never overtakes an earlier one, nor one of the same contact from another number; the next one of anybody calls them up', async () => {
  const { line, ams, start, run } = await scene()
  ams.contacts = [{ ...casey, phones: ['+14155550132', '+14155550199'] }]
  const first = await call(line, 'first', start)
  const [sameNumber, sameContact] = [await call(line, 'same-number', start + 1000), await call(line, 'same-contact', start + 2000, { phone: '+14155550199' })]
  ams.fates = ['busy']
  await run(4 * MINUTE)
  const third = await call(line, 'third', start + 3000, { phone: '+14155550144' })
  await run(4 * MINUTE + 30_000)
  expect(ams.notes.map(({ reference }) => reference)).toEqual([first, sameNumber, sameContact, third])
})

test('once the AMS answers again, whoever waited for it goes first: a contact’s calls keep their order though nobody could be asked whose they were', async () => {
  const { line, ams, start, run } = await scene()
  ams.contacts = [{ ...casey, phones: ['+14155550132', '+14155550199'] }]
  ams.down = 'unreachable'
  const first = await call(line, 'first', start)
  for (const minutes of [4, 5, 7, 12]) await run(minutes * MINUTE)
  const second = await call(line, 'second', start + 10 * MINUTE, { phone: '+14155550199' })
  ams.down = null
  await run(14 * MINUTE)
  expect(ams.notes.map(({ reference }) => reference)).toEqual([first, second])
  expect((await line.calls()).map(({ state }) => state)).toEqual(['purged', 'purged'])
})

test('what the AMS refuses of one call is a dead letter at once, and holds up no other call of the number', async () => {
  const { line, ams, start, run } = await scene()
  await call(line, 'first', start)
  const second = await call(line, 'second', start + 1)
  ams.fates = ['refused']
  await run(4 * MINUTE)
  expect(await callRow(line, 'first')).toMatchObject({ state: 'live', syncState: 'dead', syncTrouble: 'refused', syncDueAt: null })
  expect(ams.notes.map(({ reference }) => reference)).toEqual([second])
})

test('of several contacts with one number nobody is chosen by chance; a withheld number is noted without a contact', async () => {
  const { line, ams, start, run } = await scene()
  ams.contacts = [casey, { ...casey, id: 'C-2', name: 'Corey Canary' }]
  await call(line, 'several', start)
  await call(line, 'withheld', start + 1, { phone: undefined })
  await run(4 * MINUTE)
  expect(ams.notes.map(({ contactId }) => contactId)).toEqual([null, null])
  expect((await line.calls()).find(({ number }) => number !== null)?.matches).toBe(2)
})

test('without an AMS a call is not handed over and stays until its cap', async () => {
  const { line, ams, start, run } = await scene()
  ams.connected = false
  await call(line, 'one', start)
  await run(3 * MINUTE)
  expect(await callRow(line, 'one')).toMatchObject({ state: 'live', syncState: 'none', syncDueAt: null })
  await line.tenant.asJob((ctx) => purgeCalls(ctx, 10), start + CAP_MS + MINUTE)
  expect(await callRow(line, 'one')).toMatchObject({ state: 'purged', syncState: 'none', purgedBy: 'cap' })
  expect(await entriesOf(line.tenant.id, 'calls.call.lost')).toEqual([])
})

test('a call that reaches its cap while its note is on its way is purged all the same, and what the AMS said is noted', async () => {
  const { line, ams, start } = await scene()
  const id = await call(line, 'one', start)
  ams.meanwhile = () => line.tenant.asJob((ctx) => purgeCalls(ctx, 10), start + CAP_MS + MINUTE)
  await handOverDue(await testParts(start + CAP_MS - MINUTE), line.tenant.id, ams.parts)
  expect(await callRow(line, 'one')).toMatchObject({ state: 'purged', syncState: 'synced', purgedBy: 'cap', noteId: `note-${id.slice(-6)}`, content: null })
  expect(await keysOfCalls(line)).toEqual([])
  expect(ams.notes).toHaveLength(1)
})

test('a call past its cap is handed nowhere, also where the sweep has not come by yet', async () => {
  const { line, ams, start, run } = await scene()
  await call(line, 'one', start)
  expect(await run(CAP_MS + 2 * MINUTE)).toBe(0)
  expect(ams.asked).toEqual([])
})

test('a call whose end nobody told is handed on half a day after it began', async () => {
  const { line, ams, start, run } = await scene()
  await line.tell('ringing', 'one', { at: start })
  await line.tell('transcript', 'one', { at: start + MINUTE, transcript: 'Said.' })
  expect(await run(12 * 60 * MINUTE)).toBe(0)
  expect(await run(12 * 60 * MINUTE + 3 * MINUTE)).toBe(1)
  expect(ams.notes).toHaveLength(1)
})
