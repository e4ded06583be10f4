import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test, vi } from 'vitest'

import { ThemeToggle } from './theme-toggle.tsx'

afterEach(() => {
  cleanup()
  localStorage.clear()
  delete document.documentElement.dataset.theme
})

/** What the browser does with theme-boot.js at every page load. */
async function loadPage() {
  vi.resetModules()
  delete document.documentElement.dataset.theme
  for (const run of Object.values(import.meta.glob('./theme-boot.js'))) await run()
}

test('a chosen theme is kept without a cookie and is there before the next page is drawn', async () => {
  render(<ThemeToggle />)
  fireEvent.click(screen.getByRole('button', { name: 'Dark' }))
  expect(document.cookie).toBe('')
  cleanup()
  await loadPage()
  expect(document.documentElement.dataset.theme).toBe('dark')
  render(<ThemeToggle />)
  expect(screen.getByRole('button', { name: 'Dark' }).getAttribute('aria-pressed')).toBe('true')
  fireEvent.click(screen.getByRole('button', { name: 'As the system' }))
  await loadPage()
  expect(document.documentElement.dataset.theme).toBeUndefined()
})

test('what lies in storage is believed only when it is a theme', async () => {
  localStorage.setItem('theme', 'dark" onload="x')
  await loadPage()
  expect(document.documentElement.dataset.theme).toBeUndefined()
})
