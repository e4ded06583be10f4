import { expect, test } from 'vitest'
import { callRow, newDialler } from '../../../tests/support/call-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { FakeAms } from '../../../tests/support/fake-ams.ts'
import { testParts } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { purgeCalls } from '../log/purge-calls.ts'
import { CAP_MS } from '../log/module.ts'
import { readHandOvers } from './read-hand-overs.ts'
import { replayCall } from './replay-call.ts'
import { replayCalls } from './replay-calls.ts'
import { handOverDue } from './run-due.ts'

const MINUTE = 60_000

/** An agency with a call that its AMS did not take, and how the hand-over goes on. */
async function stranded(fate: 'refused' | 'lost', ams = new FakeAms()) {
  const line = await newDialler()
  const start = (await testClock()) - 10 * MINUTE
  await line.tell('ended', 'one', { at: start, duration: 60 })
  const { id } = await callRow(line, 'one')
  ams.fates = [fate]
  const run = async (after: number) => handOverDue(await testParts(start + after), line.tenant.id, ams.parts)
  await run(4 * MINUTE)
  return { line, ams, start, id, run }
}

test('a dead letter is handed over again by an admin, and by nobody of lower rank or of another agency', async () => {
  const [{ line, ams, id, run }, other] = [await stranded('refused'), await stranded('refused')]
  const admin = await asAdmin(line.tenant)
  expect(await admin.run(readHandOvers)).toEqual({ retrying: 0, unknown: 0, dead: 1, none: 0, lost: 0, capped: 0 })
  const member = await asMember(line.tenant)
  expect([await failureOf(member.run((ctx) => replayCall(ctx, id))), await failureOf(member.run(readHandOvers)), await failureOf(member.run(replayCalls))]).toMatchObject([{ code: 'role_required' }, { code: 'role_required' }, { code: 'role_required' }])
  expect(await failureOf((await asAdmin(other.line.tenant)).run((ctx) => replayCall(ctx, id)))).toEqual({ code: 'not_found' })
  expect(await admin.run((ctx) => replayCall(ctx, id))).toEqual({ id, syncState: 'waiting' })
  expect(await failureOf(admin.run((ctx) => replayCall(ctx, id)))).toMatchObject({ code: 'conflict', state: 'hand_over_waiting' })
  await run(20 * MINUTE)
  expect([ams.notesOf(id).length, (await callRow(line, 'one')).state]).toEqual([1, 'purged'])
  expect(await failureOf(admin.run((ctx) => replayCall(ctx, id)))).toMatchObject({ code: 'conflict', state: 'call_purged' })
  expect((await entriesOf(line.tenant.id, 'calls.call.replayed')).map(({ meta }) => meta['stood'])).toEqual(['dead'])
  expect((await callRow(other.line, 'one')).syncState).toBe('dead')
})

test('a call that the AMS may have is asked for before it is sent once more, where the AMS can be asked', async () => {
  const blind = await stranded('lost', new FakeAms({ finds: false }))
  const owner = blind.line.owner
  expect((await callRow(blind.line, 'one')).syncState).toBe('unknown')
  await owner.run((ctx) => replayCall(ctx, blind.id))
  await blind.run(20 * MINUTE)
  expect(blind.ams.notesOf(blind.id)).toHaveLength(2) // nobody could know; a person decided

  const ams = new FakeAms({ finds: false })
  const seeing = await stranded('lost', ams)
  await seeing.line.owner.run((ctx) => replayCall(ctx, seeing.id))
  const [sees, notes] = [new FakeAms(), ams.notes]
  Object.assign(sees, { id: ams.id, notes })
  await handOverDue(await testParts(seeing.start + 20 * MINUTE), seeing.line.tenant.id, sees.parts)
  expect([sees.asked, notes.length, (await callRow(seeing.line, 'one')).state]).toEqual([['phone +14155550132', 'find'], 1, 'purged'])
})

test('once the AMS is mended or connected everything that was given up goes with one act, and what it may have stays', async () => {
  const line = await newDialler()
  const start = (await testClock()) - 10 * MINUTE
  const ams = new FakeAms({ finds: false })
  for (const [n, fate] of (['refused', 'lost', 'refused'] as const).entries()) {
    await line.tell('ended', `call-${n}`, { at: start + n, duration: 5, phone: `+1415555010${n}` })
    ams.fates.push(fate)
  }
  await handOverDue(await testParts(start + 4 * MINUTE), line.tenant.id, ams.parts)
  expect(await line.owner.run(readHandOvers)).toMatchObject({ dead: 2, unknown: 1 })
  expect(await line.owner.run(replayCalls)).toEqual({ calls: 2 })
  expect(await failureOf(line.owner.run(replayCalls))).toMatchObject({ code: 'conflict', state: 'nothing_to_hand_over' })
  await handOverDue(await testParts(start + 20 * MINUTE), line.tenant.id, ams.parts)
  expect(ams.notes).toHaveLength(3)
  expect(await line.owner.run(readHandOvers)).toEqual({ retrying: 0, unknown: 1, dead: 0, none: 0, lost: 0, capped: 0 })
})

test('[CAL-18] an AMS that is down for thirty days: on the last day the content is still there, an hour after it nothing is, and an admin is told what was lost', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const start = (await testClock()) - MINUTE
  const ams = new FakeAms()
  ams.down = 'unreachable'
  for (const each of [line, other]) {
    await each.tell('ended', 'one', { at: start, duration: 60 })
    await each.tell('transcript', 'one', { at: start, transcript: 'Canary on the line.' })
  }
  for (const minutes of [4, 5, 10, 60, 24 * 60]) await handOverDue(await testParts(start + minutes * MINUTE), line.tenant.id, ams.parts)
  const at = (ms: number) => line.tenant.asJob((ctx) => purgeCalls(ctx, 50), start + ms)
  expect([await at(CAP_MS - 5 * MINUTE), (await callRow(line, 'one')).state]).toEqual([0, 'live'])
  expect(await at(CAP_MS + 60 * MINUTE)).toBe(1)
  expect(await callRow(line, 'one')).toMatchObject({ state: 'purged', content: null, purgedBy: 'cap', syncState: 'dead', syncDueAt: null })
  const { id } = await callRow(line, 'one')
  expect(await (await asAdmin(line.tenant)).run(readHandOvers)).toMatchObject({ lost: 1, capped: 1 })
  expect((await entriesOf(line.tenant.id, 'calls.call.lost')).map(({ subject, meta }) => [subject, meta])).toEqual([[id, { stood: 'waiting' }]])
  ams.down = null
  await handOverDue(await testParts(start + CAP_MS + 61 * MINUTE), line.tenant.id, ams.parts)
  expect(ams.notes).toEqual([])
  expect((await callRow(other, 'one')).state).toBe('live')
})
