import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { ProblemBanner } from './problem-banner.tsx'

afterEach(cleanup)

test('a refusal takes the focus, is announced, and each line leads to its field', () => {
  render(<ProblemBanner title="Not saved." errors={[{ id: 'account', message: 'Account: 5 to 17 digits' }, { message: 'The session was renewed' }]} />)
  expect(document.activeElement).toBe(screen.getByRole('alert'))
  expect(screen.getByRole('link', { name: 'Account: 5 to 17 digits' }).getAttribute('href')).toBe('#account')
  expect(screen.queryByRole('link', { name: 'The session was renewed' })).toBeNull()
})
