import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { KeysView } from '../../../worker/core/tenancy/read-keys.ts'
import { CompromisedPage } from './compromised-page.tsx'
import { KeysPage } from './keys-page.tsx'

afterEach(cleanup)

const root = (name: KeysView['roots'][number]['root'], standsStill: string | null): KeysView['roots'][number] => ({
  root: name, holds: `What ${name} is for.`, standsStill, versions: [{ version: 1, state: 'active', createdAt: 0, retiredAt: null, destroyedAt: null, goesAt: null }],
})
const keys: KeysView = {
  roots: [root('seal', null), root('index', 'Nothing could be found.'), root('token', 'Links in flight.'), root('audit', 'As long as the log.')],
  rotateDays: 90, nextRotationAt: 86_400_000, rotations: [], lostRestores: [],
  kek: { newest: 2, present: [1, 2], complete: true, rewrapped: 4, seen: 4, lastRunAt: 0 },
  mayRotate: true, mayDestroy: true,
}
const sweeping: KeysView['rotations'][number] = { id: 'rot_a', fromVersion: 1, toVersion: 2, reason: 'button', state: 'sweeping', total: 10_000, moved: 6120, startedAt: 0, finishedAt: null }

test('four roots, and for each that does not rotate the reason; before the first rotation the page says when it comes', () => {
  render(<KeysPage keys={keys} refused={null} />)
  for (const reason of ['Nothing could be found.', 'Links in flight.', 'As long as the log.']) expect(screen.getByText(new RegExp(reason))).toBeTruthy()
  expect(screen.getByText('None yet')).toBeTruthy()
  expect(screen.getByRole('button', { name: 'Rotate the seal root' })).toBeTruthy()
  expect(screen.getByRole('link', { name: 'What that costs …' }).getAttribute('href')).toBe('/keys/compromised')
})

test('a rotation under way shows how far it has come and offers no second one', () => {
  render(<KeysPage keys={{ ...keys, rotations: [sweeping] }} refused={null} />)
  const bar = screen.getByRole<HTMLProgressElement>('progressbar', { name: 'Rows sealed again' })
  expect([bar.value, bar.max]).toEqual([6120, 10_000])
  expect(screen.getByText(/6,120 of 10,000 rows/, { selector: 'span' })).toBeTruthy()
  expect(screen.queryByRole('button', { name: 'Rotate the seal root' })).toBeNull()
})

test('an admin reads and is offered neither rotating nor destroying', () => {
  render(<KeysPage keys={{ ...keys, mayRotate: false, mayDestroy: false }} refused={null} />)
  expect(screen.queryAllByRole('button')).toEqual([])
  expect(screen.queryByRole('link', { name: /costs/ })).toBeNull()
})

test('the emergency page names the versions that end and what no restore brings back, before its one button', () => {
  render(<CompromisedPage goes={[{ version: 3, state: 'active', createdAt: Date.UTC(2026, 10, 1) }, { version: 2, state: 'retired', createdAt: Date.UTC(2026, 7, 1) }]} running={false} confirmed={false} refused={null} />)
  expect(screen.getByText(/versions 3, 2 are destroyed/)).toBeTruthy()
  expect(screen.getByText(/1 Aug 2026.*open for nobody/)).toBeTruthy()
  expect(within(document.querySelector('form') ?? document.body).getAllByRole('button')).toHaveLength(1)
})
