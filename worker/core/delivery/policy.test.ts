import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MAX_ATTEMPTS, nextAttemptAt } from './policy.ts'

test('each wait is longer than the one before, none reaches a day, and the eighth failure is the last', () => {
  const waits = Array.from({ length: MAX_ATTEMPTS }, (_, index) => nextAttemptAt(index + 1, 0))
  expect(waits.slice(0, -1)).toEqual([60_000, 300_000, 900_000, 3_600_000, 14_400_000, 43_200_000, 72_000_000])
  expect(waits.at(-1)).toBeNull()
  expect(MAX_ATTEMPTS).toBe(8)
})

test('a provider may ask for more patience, never for less', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: MAX_ATTEMPTS - 1 }), fc.nat(), fc.nat({ max: 86_400_000 }), (attempts, now, afterMs) => {
      const at = nextAttemptAt(attempts, now, afterMs)
      expect(at).toBe(Math.max(nextAttemptAt(attempts, now) ?? 0, now + afterMs))
    }),
  )
})
