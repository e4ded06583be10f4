import { expect, test } from 'vitest'
import { policyFields, presetNames, presets, type PolicyKey } from '../../../worker/core/tenancy/contract.ts'
import { floorWords, policyGroups, rangeOf, valueWords } from './policy-words.ts'

const keys = Object.keys(policyFields) as PolicyKey[] // `as`: the keys of a const object

test('every field of the policy stands in exactly one group', () => {
  expect(policyGroups.flatMap((group) => group.keys).sort()).toEqual([...keys].sort())
})

test('a preset’s own value is always within what its page offers', () => {
  for (const preset of presetNames) {
    for (const key of keys) {
      const range = rangeOf(preset, key)
      const value = presets[preset][key]
      if ('min' in range) expect([range.min <= Number(value), Number(value) <= range.max]).toEqual([true, true])
      else expect(range.options.find((option) => option.value === value)).toMatchObject({ looser: false })
    }
  }
})

test('a floor is said in the words and the direction of its field', () => {
  expect(floorWords('combined', 'auth.lockout.threshold')).toBe('at most 10 tries, tighten only')
  expect(floorWords('combined', 'auth.lockout.minutes')).toBe('at least 60 minutes, tighten only')
  expect(floorWords('spartan', 'perm.export')).toBe('not looser than the owner alone, tighten only')
  expect(floorWords('combined', 'doc.trash_days')).toBe('1 to 30 days')
  expect(valueWords('auth.lockout.threshold', 1)).toBe('1 try')
  expect(rangeOf('spartan', 'perm.export')).toEqual({ options: [{ value: 'owner_admin', looser: true }, { value: 'owner', looser: false }] })
})
