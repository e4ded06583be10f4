import fc from 'fast-check'
import { expect, test } from 'vitest'

import { dateWords, exactTime, spanWords, timeWords } from './time-words.ts'

const now = Date.UTC(2026, 10, 22, 14, 2, 30)

test('distances are told in the unit a person would use', () => {
  const cases: Array<[number, string]> = [
    [0, 'just now'],
    [12_000, '12 s ago'],
    [59_999, '59 s ago'],
    [60_000, '1 min ago'],
    [3_600_000, '1 h ago'],
    [86_400_000, '1 day ago'],
    [19 * 86_400_000, '19 days ago'],
    [-27 * 86_400_000, 'in 27 days'],
    [400 * 86_400_000, '13 months ago'],
    [3 * 365.25 * 86_400_000, '3 years ago'],
  ]
  for (const [passed, words] of cases) expect(timeWords(now - passed, now)).toBe(words)
})

test('what is still to come is never said to have happened, nor the other way round', () => {
  fc.assert(
    fc.property(fc.integer({ min: 5_000, max: 4e12 }), (distance) => {
      expect(timeWords(now + distance, now)).toMatch(/^in \d+ [a-z]+$/)
      expect(timeWords(now - distance, now)).toMatch(/^\d+ [a-z]+ ago$/)
    }),
  )
})

test('an exact time names its zone, and a date without a time does not slip a day', () => {
  expect(exactTime(now, 'UTC')).toBe('22 Nov 2026, 14:02:30 UTC')
  expect(exactTime(now, 'America/New_York')).toContain('09:02:30')
  expect(dateWords(Date.UTC(2027, 2, 31))).toBe('31 Mar 2027')
})

test('spans have two units at most', () => {
  const cases: Array<[number, string]> = [
    [180, '180 ms'],
    [41_000, '41 s'],
    [221_000, '3 min 41 s'],
    [7_500_000, '2 h 5 min'],
    [86_400_000, '1 d'],
  ]
  for (const [span, words] of cases) expect(spanWords(span)).toBe(words)
})
