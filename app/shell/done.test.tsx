import { cleanup, render, screen } from '@testing-library/react'
import { renderToString } from 'react-dom/server'
import { afterEach, expect, test } from 'vitest'
import { ToastRegion } from '../ui/toasts.tsx'
import { Done } from './done.tsx'
import { CsrfProvider } from './post-form.tsx'

afterEach(cleanup)

const done = (title = 'packet.pdf is in the trash') => (
  <CsrfProvider value="token">
    <ToastRegion>
      <Done title={title} detail="For 30 days." undo={{ action: '/documents', fields: { document: 'doc_1', intent: 'restore' } }} />
    </ToastRegion>
  </CsrfProvider>
)

test('without scripts what was done stands in the page, and Undo is a plain form with the token', () => {
  document.body.innerHTML = renderToString(done())
  expect(screen.getByRole('status').textContent).toContain('packet.pdf is in the trash')
  const form = screen.getByRole('button', { name: 'Undo' }).closest('form')
  expect([form?.getAttribute('action'), form?.method]).toEqual(['/documents', 'post'])
  expect(Object.fromEntries(new FormData(form ?? undefined))).toEqual({ csrf: 'token', document: 'doc_1', intent: 'restore' })
  document.body.innerHTML = ''
})

test('where scripts run it is a toast with its Undo, once for each thing done', () => {
  const { rerender } = render(done())
  const undos = () => screen.getAllByRole('button', { name: 'Undo' }).length
  expect([undos(), document.querySelector('form')]).toEqual([1, null])
  rerender(done())
  expect(undos()).toBe(1)
  rerender(done('licence.pdf is in the trash'))
  expect(undos()).toBe(2)
})
