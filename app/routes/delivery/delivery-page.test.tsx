import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { DeliveryView } from '../../../worker/core/delivery/contract.ts'
import { CsrfProvider } from '../../shell/post-form.tsx'
import { DeliveryPage, type DeliveryPageProps } from './delivery-page.tsx'

afterEach(cleanup)

const message = (change: Partial<DeliveryView>): DeliveryView => ({ id: 'dlv_1', channel: 'mail', says: 'Invitation to join', to: 'ravi@harbor.example', state: 'sent', attempts: 1, nextAt: null, problem: null, createdAt: 0, settledAt: 0, ...change })
const view: DeliveryPageProps = { deliveries: [], next: null, counts: { queued: 0, sent: 0, dead: 0, dropped: 0 }, days: [{ day: '2026-11-22', queued: 0, sent: 3, dead: 1, dropped: 0 }], mayReplay: true, configured: true, state: null, paged: false, replayed: false, refused: null }

const show = (change: Partial<DeliveryPageProps>) =>
  render(
    <CsrfProvider value="t">
      <DeliveryPage {...view} {...change} />
    </CsrfProvider>,
  )

test('a dead letter says why it died and can be sent again; nothing else can', () => {
  show({ deliveries: [message({ id: 'dlv_dead', state: 'dead', attempts: 8, problem: 'The provider refused the message.' }), message({ to: 'sent@harbor.example' })] })
  expect(screen.getByText(/Given up after 8 tries/)).toBeTruthy()
  const again = screen.getAllByRole('button', { name: /Send again/ })
  expect(again).toHaveLength(1)
  expect(again[0]?.getAttribute('value')).toBe('dlv_dead')
  cleanup()
  show({ mayReplay: false, deliveries: [message({ state: 'dead', problem: 'x' })] })
  expect(screen.queryByRole('button', { name: /Send again/ })).toBeNull()
})

test('what waits says when it is tried next', () => {
  show({ deliveries: [message({ state: 'queued', attempts: 2, nextAt: 60_000, problem: 'The provider had a problem of its own.' })] })
  const row = screen.getByText('ravi@harbor.example').closest('tr')
  expect(within(row!).getByText(/Next try/)).toBeTruthy()
})

test('two weeks of it stand in a chart with its table, whose numbers lead to their messages; an empty queue draws nothing', () => {
  show({ counts: { queued: 0, sent: 3, dead: 1, dropped: 0 } })
  const table = within(screen.getByRole('region', { name: /as a table$/, hidden: true }))
  expect(table.getAllByRole('row', { hidden: true }).at(-1)?.textContent).toBe('22 Nov3010')
  expect(table.getAllByRole('link', { hidden: true }).map((link) => [link.textContent, link.getAttribute('href')])).toEqual([['3', '/delivery?state=sent'], ['1', '/delivery?state=dead']])
  cleanup()
  show({})
  expect(screen.queryByText(/Messages a day/)).toBeNull()
})

test('a deployment without a provider says that nothing leaves, and dead letters are told on every tab', () => {
  show({ configured: false, counts: { queued: 1, sent: 0, dead: 2, dropped: 0 } })
  expect(screen.getByText('Nothing leaves yet')).toBeTruthy()
  expect(screen.getByText('2 messages could not be sent')).toBeTruthy()
})
