import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'

import { ToastRegion, useToast } from './toasts.tsx'

afterEach(cleanup)

function Remover({ onUndo }: { onUndo: () => void }) {
  const toast = useToast()
  return (
    <button type="button" onClick={() => toast({ title: 'Member removed', action: { label: 'Undo', onPress: onUndo } })}>
      Remove
    </button>
  )
}

test('what was done is said once, with the way back', () => {
  let undone = 0
  render(
    <ToastRegion>
      <Remover onUndo={() => (undone += 1)} />
    </ToastRegion>,
  )
  fireEvent.click(screen.getByRole('button', { name: 'Remove' }))
  expect(screen.getAllByText('Member removed').length).toBeGreaterThan(0)
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(undone).toBe(1)
})

test('nothing of it is in server HTML, since its viewport styles itself inline', () => {
  expect(renderToString(<ToastRegion flash={{ title: 'Saved' }}>page</ToastRegion>)).toBe('page')
})
