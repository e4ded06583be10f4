import { cleanup, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'

import { Clock } from './clock.tsx'
import { RelativeTime } from './relative-time.tsx'

afterEach(cleanup)

const now = Date.UTC(2026, 10, 22, 14, 2, 30)

test('the server says how long ago by its own clock, and the exact moment in UTC', () => {
  const html = renderToString(
    <Clock now={now}>
      <RelativeTime at={now - 120_000} />
    </Clock>,
  )
  expect(html).toContain('2 min ago')
  expect(html).toContain('title="22 Nov 2026, 14:00:30 UTC"')
  expect(html).toContain('dateTime="2026-11-22T14:00:30.000Z"')
})

test('without a clock above it the exact time is the text', () => {
  render(<RelativeTime at={now} />)
  expect(screen.getByText(/22 Nov 2026/).getAttribute('title')).toMatch(/22 Nov 2026/)
})
