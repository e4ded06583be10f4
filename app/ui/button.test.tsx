import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { Button } from './button.tsx'

afterEach(cleanup)

test('a busy button keeps the focus, says that it is busy, and does not act twice', () => {
  let presses = 0
  let sent = 0
  const view = (busy: boolean) => (
    <form onSubmit={(event) => (event.preventDefault(), (sent += 1))}>
      <Button busy={busy} onClick={() => (presses += 1)}>
        Save
      </Button>
    </form>
  )
  const { rerender } = render(view(false))
  const button = screen.getByRole('button', { name: 'Save' })
  button.focus()
  fireEvent.click(button)
  rerender(view(true))
  fireEvent.click(button)
  expect({ presses, sent }).toEqual({ presses: 1, sent: 1 })
  expect(button.getAttribute('aria-busy')).toBe('true')
  expect(document.activeElement).toBe(button)
})
