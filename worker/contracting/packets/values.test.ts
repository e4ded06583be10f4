import { expect, test } from 'vitest'
import { snapshotOf } from '../../../tests/support/packet-scene.ts'
import type { MappingRule, PdfField } from './contract.ts'
import { factGroups } from './contract.ts'
import { factsOf } from './facts.ts'
import { missingToPublish, problemOf, remapped } from './policy.ts'
import { holds, valuesOf } from './values.ts'

const { summary, parts } = snapshotOf('pve_01kaz0000000000000000000vv')
const source = { summary, parts, request: { carrier: 'Northgate Life', agency: 'Harbor', kind: 'add_state' as const, states: ['WA', 'OR'], upline: null, on: Date.UTC(2026, 10, 26) } }
const field = (name: string, kind: PdfField['kind'] = 'text', options: string[] = []): PdfField => ({ name, kind, label: null, options, multiline: false, maxLength: null, boxes: [] })
const rule = (name: string, of: MappingRule['source'], when: MappingRule['when'] = null): MappingRule => ({ part: 0, field: name, source: of, when })

test('the licences of the states asked for come first, in the order in which they were asked for', () => {
  const fact = factsOf(source, 'full')
  expect([fact('licence.1.number'), fact('licence.2.number'), fact('resident.number'), fact('request.on')]).toEqual(['WA-66', 'OR-55', 'OR-55', '11/26/2026'])
})

test('[CIQ-27] what may be shown has the last four digits of SSN, routing and account at most, and none of an EIN', () => {
  const fact = factsOf(source, 'masked')
  expect([fact('ssn'), fact('routing'), fact('account'), fact('ein')]).toEqual(['***-**-6789', '*****0021', '******4321', '**-*******'])
  const secrets = ['212456789', '212-45-6789', '121000021', '0099884321', '123456789', '12-3456789']
  for (const name of Object.values(factGroups).flatMap((group) => Object.keys(group))) expect(secrets).not.toContain(fact(name))
})

test.each([
  [{ fact: 'kind', is: 'Individual' }, true],
  [{ fact: 'kind', is: 'business' }, false],
  [{ fact: 'background.bankrupt', is: 'yes' }, true],
  [{ fact: 'background.lawsuit', is: 'given' }, false],
  [{ fact: 'ein', is: 'given' }, true],
])('a condition holds by the passport alone: %j', (condition, expected) => {
  expect(holds(condition, factsOf(source, 'full'))).toBe(expected)
})

test('a field is filled as its rule says, left alone where its condition does not hold, and left empty for the signature', () => {
  const fields = [field('ssn'), field('fixed'), field('only'), field('tick', 'checkbox'), field('pay', 'radio', ['C', 'S']), field('sign')]
  const rules = [
    rule('ssn', { from: 'fact', fact: 'ssn', as: 'digits' }), rule('fixed', { from: 'text', text: 'See page 2' }), rule('only', { from: 'text', text: 'x' }, { fact: 'kind', is: 'business' }), rule('tick', { from: 'tick', when: { fact: 'background.bankrupt', is: 'yes' } }),
    rule('pay', { from: 'option', fact: 'account_type', options: [{ is: 'checking', option: 'C' }, { is: 'savings', option: 'S' }] }), rule('sign', { from: 'signature', what: 'mark' }), rule('gone', { from: 'text', text: 'x' }),
  ]
  expect(Object.fromEntries(valuesOf(rules, fields, factsOf(source, 'full')))).toEqual({ ssn: '212456789', fixed: 'See page 2', tick: true, pay: 'S' })
  expect(valuesOf(rules, fields, factsOf(source, 'masked')).get('ssn')).toBe('*****6789')
})

test('a rule for a field that is not there, of another kind, or with an option it has not, is refused', () => {
  const form = { parts: [{ documentId: '', title: '', pages: 1, fields: [field('name'), field('pay', 'radio', ['C'])] }] }
  expect(problemOf(rule('nowhere', { from: 'text', text: 'x' }), form)).toContain('no such field')
  expect(problemOf(rule('pay', { from: 'text', text: 'x' }), form)).toContain('cannot be filled like this')
  expect(problemOf(rule('pay', { from: 'option', fact: 'kind', options: [{ is: 'business', option: 'Z' }] }), form)).toContain('no option “Z”')
  expect(problemOf(rule('name', { from: 'text', text: 'x' }), form)).toBeNull()
})

test('[CIQ-27] whether a packet can be filled tells nobody a number: no condition, option or list asks what it is', () => {
  const form = { parts: [{ documentId: '', title: '', pages: 1, fields: [field('name'), field('tick', 'checkbox'), field('pay', 'radio', ['C']), field('list', 'choice', ['212-45-6789'])] }] }
  for (const fact of ['ssn', 'ein', 'routing', 'account']) {
    const guess = String(factsOf(source, 'full')(fact))
    const guesses = [
      rule('name', { from: 'text', text: 'x' }, { fact, is: guess }), rule('tick', { from: 'tick', when: { fact, is: guess } }), rule('pay', { from: 'option', fact, options: [{ is: guess, option: 'C' }] }), rule('list', { from: 'fact', fact, as: 'as_is' }),
    ]
    expect(guesses.map((each) => problemOf(each, form) === null)).toEqual([false, false, false, false])
    expect(holds({ fact, is: guess }, factsOf(source, 'full'))).toBe(false)
    expect(problemOf(rule('name', { from: 'fact', fact, as: 'as_is' }, { fact, is: 'Given' }), form)).toBeNull()
  }
})

test('mapping some fields leaves the others as they were; a field named without a rule is left empty from then on', () => {
  const before = [rule('a', { from: 'text', text: '1' }), rule('b', { from: 'text', text: '2' })]
  expect(remapped(before, { fields: [{ part: 0, field: 'a' }], rules: [rule('c', { from: 'text', text: '3' })] }).map(({ field: name }) => name)).toEqual(['b', 'c'])
  expect(missingToPublish({ parts: [], mapping: [] })).toHaveLength(1)
})
