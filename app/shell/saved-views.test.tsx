import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ToastRegion } from '../ui/toasts.tsx'
import { SavedViews, WhoseProvider } from './saved-views.tsx'

beforeEach(() => localStorage.clear())
afterEach(cleanup)

const presets = [{ label: 'Everything', query: '' }, { label: 'Sensitive reads', query: 'kind=reads' }]
const views = (query: string, whose = 'ten_a acc_dana') => (
  <WhoseProvider value={whose}>
    <ToastRegion>
      <SavedViews page="/audit" presets={presets} query={query} />
    </ToastRegion>
  </WhoseProvider>
)
const links = () => screen.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href'), link.getAttribute('aria-current')])

function save(name: string): void {
  fireEvent.click(screen.getByRole('button', { name: 'Save this view' }))
  fireEvent.change(screen.getByRole('textbox', { name: 'Name of the view' }), { target: { value: name } })
  fireEvent.click(screen.getByRole('button', { name: 'Save' }))
}

test('the filters on screen are kept under a name and are a link from then on; a view there is already is not offered again', () => {
  const { rerender } = render(views('event=core.member&from=2026-11-01'))
  save('  New people  ')
  expect(links()).toEqual([['Everything', '/audit', null], ['Sensitive reads', '/audit?kind=reads', null], ['New people', '/audit?event=core.member&from=2026-11-01', 'page']])
  expect(screen.queryByRole('button', { name: 'Save this view' })).toBeNull()
  rerender(views('kind=reads'))
  expect(screen.queryByRole('button', { name: 'Save this view' })).toBeNull()
  expect(links()[1]).toEqual(['Sensitive reads', '/audit?kind=reads', 'page'])
})

test('a view taken away comes back with Undo', () => {
  render(views('event=core.key'))
  save('Keys')
  fireEvent.click(screen.getByRole('button', { name: 'Remove the view Keys' }))
  expect(links()).toHaveLength(2)
  fireEvent.click(screen.getByRole('button', { name: 'Undo' }))
  expect(links()[2]).toEqual(['Keys', '/audit?event=core.key', 'page'])
})

test('views are one person’s in one tenant: another tenant and another person at the same browser see none', () => {
  render(views('event=core.key'))
  save('Keys')
  for (const whose of ['ten_b acc_dana', 'ten_a acc_marcus']) {
    cleanup()
    render(views('', whose))
    expect(links()).toHaveLength(2)
  }
})

test('what somebody planted in the browser leads nowhere else, and what is no view is none', () => {
  localStorage.setItem('views ten_a acc_dana /audit', JSON.stringify([{ name: 'Bad', query: '/../../trust#x"><script>' }]))
  render(views(''))
  expect(links()[2]?.[1]).toMatch(/^\/audit\?[^"<>#]*$/)
  cleanup()
  localStorage.setItem('views ten_a acc_dana /audit', '{"not":"a list"}')
  render(views(''))
  expect(links()).toHaveLength(2)
})

test('without scripts the views that everybody has are links, and nothing is offered that would not work', () => {
  const html = renderToString(views('event=core.key'))
  expect(html).toContain('href="/audit?kind=reads"')
  expect(html).not.toContain('Save this view')
})
