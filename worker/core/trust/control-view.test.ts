import { expect, test } from 'vitest'
import type { ControlDeclaration } from '../module.ts'
import { controlView, STALE_MS } from './control-view.ts'
import { proofsFor, type Proof, type Proofs } from './proof.ts'
import type { KeptReading } from './store.ts'

const now = 1_800_000_000_000
const line = { id: 'a', name: 'A', how: 'It holds.', enforcedBy: [] }
const control: ControlDeclaration = { ...line, status: 'active', probe: 'p', claims: ['CIQ-19'] }
const probe = { id: 'p', says: 'Looks', unit: '%', measure: async () => ({ passed: true, value: '', measure: null }) }
const read = (reading: Partial<KeptReading> = {}): KeptReading => ({ at: now - 1000, passed: true, value: '9 of 9', measure: 100, ...reading })
const proofs = (result: Proof['result'] = null): Proofs => ({ commit: null, claims: { 'CIQ-19': [{ title: 'it holds', file: 'a.test.ts', result }] }, files: { 'b.test.ts': [{ title: 'so does this', file: 'b.test.ts', result }] } })

const shown = (latest: readonly KeptReading[], found: Proofs = proofs(), declared: ControlDeclaration = control) =>
  controlView(declared, { probe, readings: { latest, lastPass: latest.find(({ passed }) => passed) }, proofs: found, after: undefined, now })

test('a control is active only while its newest reading passed, with a figure, within three rounds of the probes', () => {
  expect(shown([read()]).status).toBe('active')
  expect(shown([read({ at: now - STALE_MS })]).status).toBe('active')
  expect(shown([read({ at: now - STALE_MS - 1 })]).status).toBe('stale')
  expect(shown([read({ passed: false })]).status).toBe('failing')
  expect(shown([]).status).toBe('unread')
  expect(shown([read({ value: 'nothing sealed yet', measure: null })]).status).toBe('unread')
})

test('an old failure is stale too: nothing is known of now', () => {
  expect(shown([read({ at: now - STALE_MS - 1, passed: false })]).status).toBe('stale')
})

test('[CLN-17] no control says active without a test that carries its claim, nor with one that failed or was never run', () => {
  expect(shown([read()], { commit: null, claims: {}, files: {} }).status).toBe('failing')
  expect(shown([read()], proofs('failed')).status).toBe('failing')
  expect(shown([read()], proofs('not run')).status).toBe('failing')
  expect(shown([read()], proofs('passed')).status).toBe('active')
})

test('a control may name the file of its tests in place of a claim', () => {
  const declared: ControlDeclaration = { ...line, status: 'active', probe: 'p', claims: [], provenBy: ['b.test.ts'] }
  expect(shown([read()], proofs(), declared)).toMatchObject({ status: 'active', proofs: [{ title: 'so does this' }] })
})

test('what a probe says of a plan, a process or a provider changes nothing: they are not measured', () => {
  for (const status of ['provider', 'process', 'roadmap'] as const) expect(controlView({ ...line, status, claims: [] }, { probe: undefined, readings: { latest: [], lastPass: undefined }, proofs: proofs(), after: undefined, now }).status).toBe(status)
})

test('results are shown by the very build whose commit was run, and by no other', () => {
  const commit = 'c'.repeat(40)
  const ran = { ...proofs('passed'), commit }
  expect(proofsFor(`0.1.0+${commit.slice(0, 12)}`, ran)).toEqual(ran)
  expect(proofsFor('0.1.0+dddddddddddd', ran)).toEqual(proofs(null))
  expect(proofsFor('0.1.0', ran)).toEqual(proofs(null))
})
