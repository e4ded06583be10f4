import { cleanup, fireEvent, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'

import { CheckboxGroup } from './checkbox-field.tsx'
import { PasswordField } from './password-field.tsx'
import { RadioGroup } from './radio-group.tsx'
import { SelectField } from './select-field.tsx'
import { TextField } from './text-field.tsx'

afterEach(cleanup)

const described = (element: HTMLElement) =>
  (element.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent)

test('an error stands beside its field and is read before the hint', () => {
  render(<TextField name="account" label="Account number" hint="Bottom of a cheque." error="5 to 17 digits. You typed 4." defaultValue="4417" />)
  const field = screen.getByLabelText('Account number')
  expect(field).toHaveProperty('value', '4417')
  expect(field.getAttribute('aria-invalid')).toBe('true')
  expect(described(field)).toEqual(['5 to 17 digits. You typed 4.', 'Bottom of a cheque.'])
})

test('a field without an error is not marked invalid, whatever empty shape the error has', () => {
  for (const error of [undefined, '', []] as const) {
    render(<TextField name="a" label="A" error={error} />)
    expect(screen.getByLabelText('A').getAttribute('aria-invalid')).toBeNull()
    expect(screen.getByLabelText('A').getAttribute('aria-describedby')).toBeNull()
    cleanup()
  }
})

test('a password can be read while it is typed, and the button says which way it will go', () => {
  render(<PasswordField name="password" label="Password" autoComplete="current-password" />)
  const field = screen.getByLabelText('Password')
  expect(field.getAttribute('type')).toBe('password')
  fireEvent.click(screen.getByRole('button', { name: 'Show password' }))
  expect(field.getAttribute('type')).toBe('text')
  fireEvent.click(screen.getByRole('button', { name: 'Hide password' }))
  expect(field.getAttribute('type')).toBe('password')
})

test('a select sends an empty value for no choice', () => {
  render(<SelectField name="actor" label="Actor" none="Anyone" choices={[{ value: 'm1', label: 'Dana' }]} />)
  expect(screen.getByLabelText('Actor')).toHaveProperty('value', '')
  expect(screen.getByRole('option', { name: 'Anyone' })).toBeTruthy()
})

test('a group of boxes and a group of radios each have their question as their name', () => {
  render(
    <>
      <CheckboxGroup name="scope" label="Scopes" choices={[{ value: 'a', label: 'audit.read' }]} defaultValues={['a']} error="Choose two" />
      <RadioGroup name="role" label="Role" choices={[{ value: 'member', label: 'Member' }]} />
    </>,
  )
  expect(screen.getByRole('group', { name: 'Scopes' }).getAttribute('aria-describedby')).toMatch(/-error$/)
  expect(screen.getByRole('checkbox', { name: 'audit.read' })).toHaveProperty('checked', true)
  expect(screen.getByRole('group', { name: 'Role' })).toBeTruthy()
  expect(screen.getByRole('radio', { name: 'Member' })).toHaveProperty('checked', false)
})
