import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { FoldOut } from './fold-out.tsx'

afterEach(cleanup)

function openOne() {
  render(
    <>
      <p>page</p>
      <FoldOut look="" summary="Dana">
        <a href="#profile">Profile</a>
        <input aria-label="Inside" />
      </FoldOut>
    </>,
  )
  const details = document.querySelector('details')
  if (!details) throw new Error('no details')
  details.open = true
  return details
}

test('Escape closes it and gives the focus back to its button', () => {
  const details = openOne()
  fireEvent.keyDown(document.body, { key: 'Escape' })
  expect(details.open).toBe(false)
  expect(document.activeElement).toBe(details.querySelector('summary'))
})

test('a press outside or on a link closes it; a press inside does not', () => {
  const details = openOne()
  fireEvent.click(screen.getByLabelText('Inside'))
  expect(details.open).toBe(true)
  fireEvent.click(screen.getByText('Profile'))
  expect(details.open).toBe(false)
  details.open = true
  fireEvent.click(screen.getByText('page'))
  expect(details.open).toBe(false)
})
