import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { CallEvent } from '../intake/call-event.ts'
import type { CallContent } from './contract.ts'
import { foldContent, foldFacts, type CallFacts } from './fold.ts'

const start = Date.UTC(2026, 10, 27, 9)
const nothing = { provider: 'standard', eventId: 'e', sessionId: 's', direction: 'inbound', handler: null, phone: null, durationS: null, transcript: null, text: null } as const
const told = (kind: CallEvent['kind'], seconds: number, more: Partial<CallEvent> = {}): CallEvent => ({ ...nothing, kind, at: start + seconds * 1000, ...more })

type Heard = { event: CallEvent; memberId: string | null }
const life: readonly Heard[] = [
  { event: told('ringing', 0, { phone: '+14155550132' }), memberId: 'mem_desk' },
  { event: told('answered', 12), memberId: 'mem_mila' },
  { event: told('ended', 200, { durationS: 188 }), memberId: 'mem_mila' },
  { event: told('transcript', 230, { transcript: 'Hello. Goodbye.' }), memberId: null },
]

function made(heard: readonly Heard[]): { facts: CallFacts; content: CallContent } {
  let [facts, content]: [CallFacts | null, CallContent | null] = [null, null]
  for (const each of heard) [facts, content] = [foldFacts(facts, each), foldContent(content, facts, each.event)]
  if (!facts || !content) throw new Error('nothing was heard')
  return { facts, content }
}

test('a call from its first ring to its transcript', () => {
  expect(made(life)).toEqual({
    facts: { direction: 'inbound', outcome: 'answered', startedAt: start, answeredAt: start + 12_000, endedAt: start + 200_000, durationS: 188, memberId: 'mem_mila', phoneLast4: '0132', hasTranscript: true },
    content: { phone: '+14155550132', transcript: 'Hello. Goodbye.', text: null, contact: null, nobody: false },
  })
})

test('the same messages make the same call in whatever order and however often they come', () => {
  const whole = made(life)
  const anyOrder = fc.shuffledSubarray([...life], { minLength: life.length }).chain((order) => fc.array(fc.constantFrom(...life), { maxLength: 4 }).map((again) => [...order, ...again]))
  fc.assert(fc.property(anyOrder, (heard) => {
    expect(made(heard)).toEqual(whole)
  }), { numRuns: 500 })
})

test('of a call with two legs and a transfer the first leg says who calls and the last answer whose it is, in whatever order and however often they are told', () => {
  const legs: readonly Heard[] = [
    { event: told('ringing', 0, { phone: '+14155550132' }), memberId: null },
    { event: told('ringing', 4, { direction: 'outbound', phone: '+12065550119' }), memberId: 'mem_mila' },
    { event: told('answered', 12, { direction: 'outbound', phone: '+12065550119' }), memberId: 'mem_mila' },
    { event: told('answered', 90), memberId: 'mem_otto' },
    { event: told('ended', 200, { durationS: 188 }), memberId: null },
  ]
  const anyOrder = fc.shuffledSubarray([...legs], { minLength: legs.length }).chain((order) => fc.array(fc.constantFrom(...legs), { maxLength: 4 }).map((again) => [...order, ...again]))
  fc.assert(fc.property(anyOrder, (heard) => {
    expect(made(heard)).toMatchObject({ facts: { direction: 'inbound', phoneLast4: '0132', memberId: 'mem_otto', startedAt: start, answeredAt: start + 12_000 }, content: { phone: '+14155550132' } })
  }), { numRuns: 500 })
})

test('of a call that is told of in part, what is known is known', () => {
  expect(made([life[2]!]).facts).toMatchObject({ outcome: 'answered', startedAt: start + 200_000, durationS: 188, phoneLast4: null })
  expect(made([{ event: told('missed', 30), memberId: null }, life[0]!]).facts).toMatchObject({ outcome: 'missed', startedAt: start, endedAt: start + 30_000, answeredAt: null })
  expect(made([life[0]!]).facts).toMatchObject({ outcome: 'ringing', endedAt: null })
  expect(made([life[0]!, life[1]!]).facts.outcome).toBe('in_progress')
  expect(made([{ event: told('voicemail', 40), memberId: null }, { event: told('ended', 41), memberId: null }]).facts.outcome).toBe('voicemail')
})

test('a text message is a call of its own kind, whatever else is said of it', () => {
  expect(made([{ event: told('sms', 0, { text: 'STOP', phone: '+14155550132' }), memberId: null }])).toMatchObject({ facts: { outcome: 'message', endedAt: start }, content: { text: 'STOP' } })
})
