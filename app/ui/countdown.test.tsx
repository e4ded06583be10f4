import { act, cleanup, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test, vi } from 'vitest'

import { Clock } from './clock.tsx'
import { Countdown } from './countdown.tsx'
import { countdownWords } from './time-words.ts'

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

const now = Date.UTC(2026, 10, 27, 14, 3)
const until = (at: number) => (
  <Clock now={now}>
    <Countdown at={at} over="any moment now" />
  </Clock>
)

test('the server says how long it is, and the exact moment in UTC', () => {
  const html = renderToString(until(now + 125_000))
  expect(html).toContain('>2:05<')
  expect(html).toContain('title="27 Nov 2026, 14:05:05 UTC"')
  expect(renderToString(until(now))).toContain('any moment now')
})

test('it runs by the second in the browser, and says when it is over', () => {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] })
  render(until(now + 3_000))
  const shown = () => screen.getByRole('time').textContent
  expect(shown()).toBe('0:03')
  act(() => void vi.advanceTimersByTime(1_000))
  expect(shown()).toBe('0:02')
  act(() => void vi.advanceTimersByTime(2_000))
  expect(shown()).toBe('any moment now')
})

test('what is left is said in the units a person would use, and never as less than it is', () => {
  expect([500, 59_000, 3_599_000, 3_600_000, 86_399_000, 86_400_000, 30 * 86_400_000].map(countdownWords)).toEqual(['0:01', '0:59', '59:59', '1 h 00 min', '23 h 59 min', '1 d 0 h', '30 d 0 h'])
})
