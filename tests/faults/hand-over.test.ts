import { expect, test } from 'vitest'
import { LEASE_MS } from '../../worker/calls/sync/hand-over.ts'
import { handOverDue } from '../../worker/calls/sync/run-due.ts'
import { newIsolate, reachOf } from '../../worker/core/reach.ts'
import { callRow, keysOfCalls, newDialler, type Dialler } from '../support/call-scene.ts'
import { testClock } from '../support/clock.ts'
import { evidence } from '../support/evidence.ts'
import { FakeAms } from '../support/fake-ams.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { testParts } from '../support/new-tenant.ts'
import { bindings, drained, entriesOf } from '../support/scene.ts'
import { FaultPlan, faultyEnv, type Kind } from './faulty-env.ts'

/** A test run strikes so many of the calls that a hand-over makes, which the seed chooses; a full run strikes every one. */
const STRIKES = 5

const random = randomFrom(seed)
const kinds = ['before', 'after', 'overloaded'] as const satisfies readonly Kind[]

/** A call that has just ended, with its words. */
async function ended(line: Dialler, session: string): Promise<{ now: number; id: string }> {
  const now = await testClock()
  await line.tell('ended', session, { at: now, duration: 60 }, { now })
  await line.tell('transcript', session, { at: now, transcript: `What was said, ${session}.` }, { now })
  return { now, id: (await callRow(line, session)).id }
}

/** One run of the hand-over whose `n`-th call of a binding goes wrong, then two without a fault: when somebody comes by, and when what broke off may be taken up. */
async function strike(line: Dialler, ams: FakeAms, session: string, n: number | null, kind: Kind) {
  const plan = new FaultPlan(n, kind)
  const { now, id } = await ended(line, session)
  const due = now + 200_000
  const faulty = async () => ({ reach: await reachOf(faultyEnv(bindings, plan), newIsolate()), now: due, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) })
  await faulty().then((parts) => handOverDue(parts, line.tenant.id, ams.parts)).catch(() => undefined)
  plan.on = false
  for (const later of [60_000, LEASE_MS + 60_000]) await handOverDue(await testParts(due + later), line.tenant.id, ams.parts)
  await drained(line.tenant.id)
  const { state, syncState, content, purgedBy } = await callRow(line, session)
  return { calls: plan.calls.length, what: `call ${n} (${plan.struck})`, stands: `${state} ${syncState} ${purgedBy} ${content === null ? 'without' : 'with'} content`, notes: ams.notesOf(id) }
}

/** Which calls of a hand-over are struck, of as many as it makes where nothing fails. */
const struck = (calls: number): number[] => Array.from({ length: calls }, (_, at) => at + 1).toSorted(() => (isFull ? 0 : random() - 0.5)).slice(0, isFull ? calls : STRIKES)

test('whatever call of a binding fails while a call is handed over, the AMS has one note of it, and nothing can be read any more', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const ams = new FakeAms()
  ams.contacts = [{ id: 'C-1', name: 'Casey Canary', phones: ['+14155550132'] }]
  await ended(other, 'theirs')
  const { calls } = await strike(line, ams, 'unharmed', null, 'before')
  expect(calls).toBeGreaterThan(15)
  const wrong: string[] = []
  let done = 1
  for (const kind of kinds) {
    for (const n of struck(calls)) {
      const session = `${kind}-${n}`
      const { what, stands, notes } = await strike(line, ams, session, n, kind)
      done += 1
      if (notes.length !== 1) wrong.push(`${what}, ${kind}: ${notes.length} notes`)
      if (!notes[0]?.text.includes(`What was said, ${session}.`)) wrong.push(`${what}, ${kind}: the note lacks its transcript`)
      if (stands !== 'purged synced sync without content') wrong.push(`${what}, ${kind}: ${stands}`)
    }
  }
  expect(wrong).toEqual([])
  expect(await keysOfCalls(line)).toEqual([])
  for (const name of ['calls.call.synced', 'calls.call.purging', 'calls.call.purged']) {
    const subjects = (await entriesOf(line.tenant.id, name)).map(({ subject }) => subject)
    expect([name, new Set(subjects).size, subjects.length]).toEqual([name, done, done])
  }
  expect((await other.calls()).map(({ state, syncState }) => [state, syncState])).toEqual([['live', 'waiting']])
  evidence('G14', 'calls of a binding struck while a call is handed over', { struck: done - 1, lost: 0, twice: 0 })
}, 600_000)

test('with an AMS that cannot be asked nothing is sent twice whatever fails: a call is there once, or stands as unknown', async () => {
  const line = await newDialler()
  const ams = new FakeAms({ finds: false })
  const { calls } = await strike(line, ams, 'unharmed', null, 'before')
  const [wrong, stood]: [string[], string[]] = [[], []]
  for (const kind of kinds) {
    for (const n of struck(calls)) {
      const { what, stands, notes } = await strike(line, ams, `${kind}-${n}`, n, kind)
      stood.push(stands)
      const once = stands === 'purged synced sync without content' && notes.length === 1
      const unknown = stands === 'live unknown null with content' && notes.length <= 1
      if (!once && !unknown) wrong.push(`${what}, ${kind}: ${notes.length} notes, ${stands}`)
    }
  }
  expect(wrong).toEqual([])
  expect(stood.filter((each) => each.startsWith('live')).length).toBeLessThan(stood.length / 2)
}, 600_000)
