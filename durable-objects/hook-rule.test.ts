import { expect, test } from 'vitest'
import { countHook, WINDOW_MS, type HookWindows } from './hook-rule.ts'

const quotas = { organisation: 200, connection: 60 }
const now = Date.UTC(2026, 10, 27)
const fresh: HookWindows = { organisation: { since: 0, n: 0 }, connection: { since: 0, n: 0 } }

function ring(times: number, before: HookWindows = fresh, at = now): ReturnType<typeof countHook> {
  let last = countHook(before, quotas, at)
  for (let n = 1; n < times; n += 1) last = countHook(last.after, quotas, at)
  return last
}

test('a connection’s 61st request of a minute is refused, and counts for nobody', () => {
  expect(ring(60)).toMatchObject({ allowed: true, remaining: 0, resetS: 60 })
  const refused = ring(61)
  expect(refused).toMatchObject({ allowed: false, quota: 60, after: { organisation: { n: 60 }, connection: { n: 60 } } })
})

test('the organisation’s 201st over all its connections is refused, whichever sends it', () => {
  const { after } = ring(1, { organisation: { since: now, n: 199 }, connection: { since: 0, n: 0 } })
  expect(after.organisation.n).toBe(200)
  expect(countHook({ ...after, connection: { since: 0, n: 0 } }, quotas, now)).toMatchObject({ allowed: false, quota: 200, remaining: 0 })
})

test('the minute begins with its first request and is over after sixty seconds to the millisecond', () => {
  const { after } = ring(60)
  expect(countHook(after, quotas, now + WINDOW_MS - 1)).toMatchObject({ allowed: false, resetS: 1 })
  expect(countHook(after, quotas, now + WINDOW_MS)).toMatchObject({ allowed: true, remaining: 59 })
})

test('a clock that was set back opens a new minute instead of refusing until it has caught up', () => {
  const { after } = ring(61)
  expect(countHook(after, quotas, now - 3_600_000)).toMatchObject({ allowed: true, resetS: 60 })
})
