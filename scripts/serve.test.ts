import { afterEach, beforeEach, expect, test, vi } from 'vitest'

import { isDue, startClock } from './serve.ts'

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2026, 10, 26, 11, 58, 20) }))
afterEach(() => void vi.useRealTimers())

test('crons fire at the full minute, the hourly one at the full hour, and one that fails is named and holds up nothing', async () => {
  const complaints = vi.spyOn(console, 'error').mockImplementation(() => undefined)
  const fired: string[] = []
  const clock = startClock(['* * * * *', '0 * * * *'], async (cron) => {
    fired.push(`${new Date(Date.now()).toISOString().slice(11, 19)} ${cron}`)
    if (fired.length === 1) throw new Error('the database is away')
  })
  await vi.advanceTimersByTimeAsync(39_000)
  expect(fired).toEqual([])
  await vi.advanceTimersByTimeAsync(3 * 60_000)
  clearTimeout(clock.timer)
  await vi.advanceTimersByTimeAsync(10 * 60_000)
  expect(fired).toEqual(['11:59:00 * * * * *', '12:00:00 * * * * *', '12:00:00 0 * * * *', '12:01:00 * * * * *'])
  expect(complaints.mock.calls).toEqual([['The cron * * * * * failed: Error: the database is away']])
  complaints.mockRestore()
})

test('a cron of a form that cannot be fired locally is refused rather than forgotten', () => {
  expect([isDue('* * * * *', 7), isDue('7 * * * *', 7), isDue('0 * * * *', 7)]).toEqual([true, true, false])
  expect(() => isDue('*/5 * * * *', 5)).toThrow('teach isDue')
})
