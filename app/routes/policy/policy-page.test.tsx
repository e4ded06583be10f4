import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import { policyFields, presets } from '../../../worker/core/tenancy/contract.ts'
import { PolicyPage, type PolicyPageProps } from './policy-page.tsx'
import { VersionsPage } from './versions-page.tsx'

afterEach(cleanup)

const view: PolicyPageProps['view'] = { policy: presets.spartan, version: 3, preset: 'spartan', mayChange: true, mayRequireMfa: true }
const versions: PolicyPageProps['versions'] = [
  { version: 2, changedAt: 0, by: 'Dana Whitlock', changes: [{ key: 'session.idle_days', from: 7, to: 3 }] },
  { version: 1, changedAt: 0, by: null, changes: [] },
]
const show = (props: Partial<PolicyPageProps> = {}) => render(<PolicyPage view={view} versions={versions} older={0} saved={false} refused={null} {...props} />)

test('an owner can change every value, within what the preset allows, and sees where each comes from', () => {
  show()
  for (const field of Object.values(policyFields)) expect(screen.getByLabelText(field.says)).toBeTruthy()
  const tries = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Wrong tries before a lock' })
  expect([tries.value, tries.min, tries.max]).toEqual(['10', '3', '10'])
  expect(document.getElementById(tries.getAttribute('aria-describedby') ?? '')?.textContent).toBe('At most 10 tries, tighten only. X-01')
  const exporting = within(screen.getByRole('combobox', { name: 'Who exports lists and the audit log' })).getAllByRole<HTMLOptionElement>('option')
  expect(exporting.map(({ value, disabled, selected }) => [value, disabled, selected])).toEqual([['owner_admin', true, false], ['owner', false, true]])
})

test('a refused value keeps what was typed, says why beside the field, and stays at the version it was shown with', () => {
  const refused = { problem: { title: 'Something needs another look', detail: '', code: 'invalid', errors: [{ pointer: '/auth.password_min', detail: 'At least 15 characters under this preset.' }] }, typed: { 'auth.passphrase_min': '9', version: '2' } }
  show({ refused })
  const shortest = screen.getByRole<HTMLInputElement>('spinbutton', { name: 'Shortest password without a second factor' })
  expect([shortest.value, shortest.getAttribute('aria-invalid')]).toEqual(['9', 'true'])
  expect(screen.getByText('At least 15 characters under this preset.')).toBeTruthy()
  expect(document.querySelector<HTMLInputElement>('input[name=version]')?.value).toBe('2')
})

test('whoever may only read has the same values and nothing to press', () => {
  show({ view: { ...view, mayChange: false, mayRequireMfa: false } })
  expect(screen.queryAllByRole('button')).toEqual([])
  for (const field of Object.values(policyFields)) expect(screen.getAllByText(field.says).length).toBeGreaterThan(0)
})

test('an admin whose policy lets admins require two factors changes that one value', () => {
  show({ view: { ...view, preset: 'cliniq', policy: presets.cliniq, mayChange: false, mayRequireMfa: true } })
  expect(screen.getAllByRole('combobox').map((select) => select.getAttribute('name'))).toEqual(['mfa.mode'])
  expect(screen.queryAllByRole('spinbutton')).toEqual([])
})

test('the history says who changed what from what to what; an older version can be put back by the owner only', () => {
  const { rerender } = render(<VersionsPage versions={versions} mayChange refused={null} />)
  expect(screen.getByText('Dana Whitlock')).toBeTruthy()
  expect(screen.getByRole('listitem').textContent?.replace(/\s+/g, ' ')).toBe('A session ends after this many idle days: 7 days → becomes 3 days')
  expect(screen.getAllByRole('button').map((button) => button.getAttribute('value'))).toEqual(['1'])
  rerender(<VersionsPage versions={versions} mayChange={false} refused={null} />)
  expect(screen.queryAllByRole('button')).toEqual([])
})
