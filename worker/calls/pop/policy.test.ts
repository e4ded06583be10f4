import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AmsContact } from '../ams/port.ts'
import { decideMatch, score } from './policy.ts'

const number = '+14155550132'
const contact = (id: string, more: Partial<AmsContact> = {}): AmsContact => ({ id, name: `Name of ${id}`, household: null, phones: [number], kind: 'client', url: null, ...more })
const nobody = () => false
const decide = (found: readonly AmsContact[], remembered: (contact: AmsContact) => boolean = nobody) => decideMatch(found, number, remembered)

test('a number that nobody has means nobody, one that one has means that one, and one that comes twice is one', () => {
  expect(decide([])).toEqual({ state: 'none' })
  expect(decide([contact('a')])).toMatchObject({ state: 'one', contact: { id: 'a' }, why: 'only' })
  expect(decide([contact('a'), contact('a')])).toMatchObject({ state: 'one', why: 'only' })
})

test('in a household the policy holder is meant: the client before the prospect, the prospect before anybody else', () => {
  const [child, prospect, client] = (['other', 'prospect', 'client'] as const).map((kind) => contact(kind, { household: 'h', kind, phones: ['+14155550199', number] }))
  if (!child || !prospect || !client) throw new Error('three were made')
  expect(decide([child, client, prospect])).toMatchObject({ state: 'one', contact: { id: 'client' }, why: 'household' })
  expect(decide([child, prospect])).toMatchObject({ state: 'one', contact: { id: 'prospect' }, why: 'household' })
  // The number stands first with the prospect, and somewhere with the client: that is not plain.
  expect(decide([{ ...prospect, phones: [number] }, client])).toMatchObject({ state: 'several', ranked: [{ id: 'client' }, { id: 'prospect' }] })
})

test('two clients of one household, and clients of two households, are asked about, however they are listed', () => {
  const mine = contact('mine', { household: 'h' })
  const yours = contact('yours', { household: 'h', phones: ['+14155550199', number] })
  expect(decide([yours, mine])).toMatchObject({ state: 'several', ranked: [{ id: 'mine' }, { id: 'yours' }] })
  const stranger = contact('stranger', { household: 'other', kind: 'other' })
  expect(decide([stranger, mine])).toMatchObject({ state: 'several', ranked: [{ id: 'mine' }, { id: 'stranger' }] })
  expect(decide([contact('a'), contact('b', { kind: 'other' })])).toMatchObject({ state: 'several' })
})

test('whoever was chosen lately is meant, as long as the AMS still has them under the number', () => {
  const found = [contact('a'), contact('b')]
  expect(decide(found, ({ id }) => id === 'b')).toMatchObject({ state: 'one', contact: { id: 'b' }, why: 'remembered' })
  expect(decide(found, ({ id }) => id === 'gone')).toMatchObject({ state: 'several' })
})

const someone = fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd', 'e'), household: fc.constantFrom(null, 'h', 'i'), kind: fc.constantFrom('client', 'prospect', 'other'), first: fc.boolean() })
  .map(({ id, household, kind, first }) => contact(id, { household, kind, phones: first ? [number] : ['+14155550100', number] } as Partial<AmsContact>)) // `as`: fast-check widens the words

test('whatever order the AMS answers in, the same ones mean the same, and households stay together', () => {
  fc.assert(
    fc.property(fc.uniqueArray(someone, { selector: ({ id }) => id, maxLength: 5 }), fc.infiniteStream(fc.nat()), (found, order) => {
      const shuffled = found.map((each) => [order.next().value ?? 0, each] as const).toSorted(([one], [other]) => one - other).map(([, each]) => each)
      const decision = decide(found)
      expect(decide(shuffled)).toEqual(decision)
      if (decision.state !== 'several') return
      expect(decision.ranked).toHaveLength(found.length)
      const homes = decision.ranked.map(({ household, id }) => household ?? id)
      expect(homes.filter((home, at) => homes.indexOf(home) !== at && homes[at - 1] !== home)).toEqual([])
      expect(score(decision.ranked[0] ?? contact('none'), number)).toBe(Math.max(...found.map((each) => score(each, number))))
    }),
  )
})
