import fc from 'fast-check'
import { expect, test } from 'vitest'
import { lockedUntil, NO_TRIES, settle, take, type TryRule } from './try-rule.ts'

const rule: TryRule = { lockAfter: 10, lockMs: 3_600_000 }

test('however tries, outcomes and moments follow each other, no more than the allowed number are open or wrong without a right one between', () => {
  const step = fc.record({ after: fc.nat(7_200_000), outcome: fc.constantFrom('open', 'wrong', 'right', 'void') })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let tries = NO_TRIES
      let now = 0
      let since = 0
      let counted = 0
      for (const { after, outcome } of steps) {
        now += after
        const taken = take(tries, rule, now)
        tries = taken.tries
        if (taken.until !== null) {
          expect(taken.until).toBeGreaterThan(now)
          continue
        }
        if (now - since >= rule.lockMs && counted >= rule.lockAfter) counted = 0 // a lock ended in between
        counted += 1
        since = now
        expect(counted).toBeLessThanOrEqual(rule.lockAfter)
        if (outcome === 'open') continue
        tries = settle(tries, outcome as 'wrong').tries // `as`: one of the three that settle
        if (outcome === 'right') counted = 0
        if (outcome === 'void' && taken.tries.lockedAt === null) counted -= 1
      }
    }),
  )
})

test('a lock lasts exactly as long as its rule says', () => {
  let tries = NO_TRIES
  for (let n = 0; n < 10; n += 1) tries = take(tries, rule, 1000).tries
  expect(lockedUntil(tries, rule, 1000 + rule.lockMs - 1)).toBe(1000 + rule.lockMs)
  expect(lockedUntil(tries, rule, 1000 + rule.lockMs)).toBeNull()
})

test('a try during a lock changes nothing about it', () => {
  let tries = NO_TRIES
  for (let n = 0; n < 10; n += 1) tries = take(tries, rule, 0).tries
  expect(take(tries, rule, 3_000_000)).toEqual({ tries, until: rule.lockMs })
})

test('that a lock began is said once, by the wrong try that is settled first', () => {
  let tries = NO_TRIES
  for (let n = 0; n < 10; n += 1) tries = take(tries, rule, 0).tries
  const said: boolean[] = []
  for (let n = 0; n < 10; n += 1) {
    const settled = settle(tries, 'wrong')
    tries = settled.tries
    said.push(settled.justLocked)
  }
  expect(said.filter(Boolean)).toHaveLength(1)
})

test('a rule that was tightened below what is counted locks at the next try', () => {
  let tries = NO_TRIES
  for (let n = 0; n < 5; n += 1) tries = take(tries, rule, 0).tries
  expect(take(tries, { ...rule, lockAfter: 3 }, 10).until).toBe(10 + rule.lockMs)
})
