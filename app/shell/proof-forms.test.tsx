import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { ProofWays } from '../../worker/core/identity/read-proof-ways.ts'
import { CsrfProvider } from './post-form.tsx'
import { ProofForms, ProofProblem } from './proof-forms.tsx'

afterEach(cleanup)

const ways: ProofWays = { totp: false, recoveryCode: false, passkey: null, password: false }

const show = (change: Partial<ProofWays>, errors: Record<string, string> = {}) =>
  render(
    <CsrfProvider value="token">
      <ProofForms ways={{ ...ways, ...change }} errors={errors} verb="Confirm" />
    </CsrfProvider>,
  )

const kinds = (container: HTMLElement) => [...container.querySelectorAll('input[name=kind]')].map((input) => input.getAttribute('value'))

test('each way is a form of its own that says its kind and carries the token', () => {
  const { container } = show({ totp: true, recoveryCode: true })
  expect(kinds(container)).toEqual(['totp', 'recovery_code'])
  for (const form of container.querySelectorAll('form')) {
    expect(form.getAttribute('method')).toBe('post')
    expect(new FormData(form).get('csrf')).toBe('token')
  }
  expect(screen.getByLabelText(/Code from your authenticator/).getAttribute('autocomplete')).toBe('one-time-code')
})

test('whoever has only a password is asked for it and for nothing else', () => {
  const { container } = show({ password: true }, { password: 'Type your password.' })
  expect(kinds(container)).toEqual(['password'])
  expect(screen.getByLabelText('Your password').getAttribute('aria-invalid')).toBe('true')
})

test('where the browser knows no passkeys no button promises one', () => {
  const { container } = show({ passkey: { challenge: 'x', rpId: 'localhost', userVerification: 'required' }, recoveryCode: true })
  expect(screen.queryByRole('button', { name: 'Use a passkey' })).toBeNull()
  expect(kinds(container)).toEqual(['recovery_code'])
})

test('a proof that did not match speaks of the code, not of an address nobody typed', () => {
  render(<ProofProblem refused={{ problem: { title: 'That did not match', detail: 'The address …', code: 'wrong_credentials', errors: [] }, typed: {} }} />)
  expect(screen.getByRole('alert').textContent).toContain('A code works once')
  expect(screen.getByRole('alert').textContent).not.toContain('address')
})
