import fc from 'fast-check'
import { expect, test } from 'vitest'
import { amlExpiresOn } from './contract.ts'
import { daysBetween, expiriesOf, nextLook, reminderDays, reminderDue, type Expiry, type Told } from './policy.ts'

const licence: Expiry = { what: 'licence', subjectId: 'lic_a', label: 'Licence in OR', dueOn: '2027-03-01' }
const dayAfter = (day: string, days: number): string => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

test('each expiry is told at 90, 60, 30, 14 and 7 days, once at each, however the days fall', () => {
  const told: Told[] = []
  const when: [number, number][] = []
  for (let left = 120; left >= -3; left -= 1) {
    const days = reminderDue(licence, told, dayAfter(licence.dueOn, -left))
    if (days === null) continue
    told.push({ ...licence, days })
    when.push([left, days])
  }
  expect(when).toEqual([[90, 90], [60, 60], [30, 30], [14, 14], [7, 7]])
})

test('a look that comes late tells the nearest distance only, and never one further away afterwards', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -5, max: 130 }), { minLength: 1, maxLength: 12 }), (lefts) => {
      const told: Told[] = []
      for (const left of lefts.toSorted((a, b) => b - a)) {
        const days = reminderDue(licence, told, dayAfter(licence.dueOn, -left))
        if (days !== null) told.push({ ...licence, days })
      }
      const distances = told.map(({ days }) => days)
      expect(distances).toEqual([...new Set(distances)].toSorted((a, b) => b - a))
    }),
  )
})

test('a date that moves is told anew, and what has expired is told of no more', () => {
  const told = [{ ...licence, days: 7 }]
  expect(reminderDue(licence, told, '2027-02-26')).toBeNull()
  expect(reminderDue({ ...licence, dueOn: '2027-03-02' }, told, '2027-02-26')).toBe(7)
  expect(reminderDue(licence, [], '2027-03-01')).toBe(7)
  expect(reminderDue(licence, [], '2027-03-02')).toBeNull()
})

test('the next look falls on the next day with something to tell, across months and leap days', () => {
  expect(nextLook([licence], '2026-01-01')).toBe(dayAfter(licence.dueOn, -90))
  expect(nextLook([licence, { ...licence, dueOn: '2027-02-01' }], '2027-01-03')).toBe('2027-01-18')
  expect(nextLook([licence], dayAfter(licence.dueOn, -7))).toBeNull()
  expect(nextLook([], '2026-01-01')).toBeNull()
  for (const days of reminderDays) expect(nextLook([licence], dayAfter(licence.dueOn, -days - 1))).toBe(dayAfter(licence.dueOn, -days))
  expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2)
})

test('what ends is told of active licences, the cover, the training of two years and the education due, the soonest first', () => {
  const licences = [
    { id: 'lic_a', state: 'OR', expiresOn: '2027-09-09', status: 'active' },
    { id: 'lic_b', state: 'WA', expiresOn: '2027-01-01', status: 'inactive' },
    { id: 'lic_c', state: 'ID', expiresOn: null, status: 'active' },
  ]
  expect(expiriesOf('pas_a', { coverExpiresOn: '2027-12-01', amlOn: '2025-04-05', ceDueOn: '2027-01-31' }, licences).map(({ what, subjectId, dueOn }) => [what, subjectId, dueOn])).toEqual([
    ['ce', 'pas_a', '2027-01-31'], ['aml', 'pas_a', '2027-04-05'], ['licence', 'lic_a', '2027-09-09'], ['cover', 'pas_a', '2027-12-01'],
  ])
  expect([amlExpiresOn('2024-02-29'), amlExpiresOn('2025-12-31')]).toEqual(['2026-02-28', '2027-12-31'])
})
