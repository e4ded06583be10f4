import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, beforeAll, expect, test } from 'vitest'

import { CommandPalette } from './command-palette.tsx'

// jsdom lays nothing out, so it has neither of the two things the list asks of a browser.
beforeAll(() => {
  Element.prototype.scrollIntoView = () => {}
  globalThis.ResizeObserver = class {
    observe() {}
    unobserve() {}
    disconnect() {}
  }
})
afterEach(cleanup)

test('Ctrl K opens it, letters narrow it, Enter goes', () => {
  const gone: string[] = []
  const item = (key: string, keywords: string[] = []) => ({ key, group: 'Go to', label: key, keywords, onSelect: () => gone.push(key) })
  render(<CommandPalette items={[item('People', ['members', 'roles']), item('Audit', ['log'])]} />)
  expect(screen.queryByRole('dialog')).toBeNull()
  fireEvent.keyDown(document.body, { key: 'k', ctrlKey: true })
  const box = screen.getByRole('combobox')
  fireEvent.change(box, { target: { value: 'roles' } })
  expect(screen.getAllByRole('option').map((option) => option.textContent)).toEqual(['People'])
  fireEvent.keyDown(box, { key: 'Enter' })
  expect(gone).toEqual(['People'])
  expect(screen.queryByRole('dialog')).toBeNull()
})

test('letters that fit nothing say so', () => {
  render(<CommandPalette items={[{ key: 'audit', group: 'Go to', label: 'Audit', onSelect: () => {} }]} />)
  fireEvent.click(screen.getByRole('button', { name: /Search/ }))
  fireEvent.change(screen.getByRole('combobox'), { target: { value: 'zzz' } })
  expect(screen.getByText(/Nothing by that name/)).toBeTruthy()
})
