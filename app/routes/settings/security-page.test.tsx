import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { presets } from '../../../worker/core/tenancy/contract.ts'
import type { SettingsView } from '../../../worker/core/tenancy/read-settings.ts'
import { ClosePage } from './close-page.tsx'
import { ClosingsPage } from './closings-page.tsx'
import { SecurityPage } from './security-page.tsx'

afterEach(cleanup)

const settings: SettingsView = { tenantId: 'ten_a', name: 'Harbor FMO', kind: 'fmo', preset: 'combined', policy: presets.combined, version: 4, mayRequireMfa: true, mayClose: true, mayEndSessions: true }
const refusal = (pointer: string, detail: string, typed: Record<string, string>) => ({ problem: { title: 'Something needs another look', detail: '', code: 'invalid', errors: [{ pointer, detail }] }, typed })

test('an owner finds the name, the two-factor rule within the preset, and the way to close', () => {
  render(<SecurityPage settings={settings} closings={0} saved={null} refused={null} />)
  expect(screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of the tenant' }).value).toBe('Harbor FMO')
  expect(screen.getAllByRole<HTMLInputElement>('radio').map(({ value, disabled, checked }) => [value, disabled, checked])).toEqual([['optional', true, false], ['encouraged', false, true], ['required', false, false]])
  expect(screen.getByRole('link', { name: 'Close …' }).getAttribute('href')).toBe('/security/close')
})

test('whoever may not require two factors is told who may, and finds no way to close', () => {
  render(<SecurityPage settings={{ ...settings, mayRequireMfa: false, mayClose: false }} closings={0} saved={null} refused={null} />)
  expect(screen.queryAllByRole('radio')).toEqual([])
  expect(screen.getByText(/lets the owner alone change this/)).toBeTruthy()
  expect(screen.queryByRole('link', { name: 'Close …' })).toBeNull()
})

test('a refused name is kept with its sentence beside it', () => {
  render(<SecurityPage settings={settings} closings={0} saved={null} refused={refusal('/name', 'Give the tenant a name.', { name: ' ' })} />)
  const name = screen.getByRole<HTMLInputElement>('textbox', { name: 'Name of the tenant' })
  expect([name.value, name.getAttribute('aria-invalid')]).toEqual([' ', 'true'])
})

test('closing asks for the name; typed wrong it is kept and refused beside the field, typed right it is not asked twice', () => {
  render(<ClosePage name="Harbor FMO" days={7} onClose="seal" confirmed={false} refused={refusal('/name', 'Type the name exactly as it stands above.', { name: 'Harbour' })} />)
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('Harbour')
  expect(screen.getByText('Type the name exactly as it stands above.')).toBeTruthy()
  cleanup()
  render(<ClosePage name="Harbor FMO" days={7} onClose="seal" confirmed refused={null} />)
  expect(screen.getByRole<HTMLInputElement>('textbox').value).toBe('Harbor FMO')
  expect(screen.getByText('That was you')).toBeTruthy()
})

test('with nothing closed the page says so; what is closed can be called back', () => {
  render(<ClosingsPage closings={[]} confirmed={false} refused={null} />)
  expect(screen.getByText('No tenant of yours stands closed')).toBeTruthy()
  cleanup()
  render(<ClosingsPage closings={[{ tenantId: 'ten_a', name: 'Harbor FMO', closesAt: 86_400_000 }]} confirmed={false} refused={null} />)
  expect(screen.getByRole('button', { name: 'Call it off: Harbor FMO' }).getAttribute('value')).toBe('ten_a')
})
