import { expect, test } from 'vitest'
import { isFault } from '../../../worker/core/failure.ts'
import { typedPolicy } from './typed-policy.ts'

const refusals = (typed: Record<string, string>) => {
  try {
    typedPolicy(new URLSearchParams(typed))
    return []
  } catch (thrown) {
    return isFault(thrown) && thrown.failure.code === 'invalid' ? thrown.failure.errors : [thrown]
  }
}

test('a form changes what it holds and nothing else; two fields have a name of their own on the wire', () => {
  expect(typedPolicy(new URLSearchParams({ 'auth.lockout.threshold': '5', 'auth.passphrase_min': '20', 'mfa.mode': 'required', version: '3' }))).toEqual({ 'auth.lockout.threshold': 5, 'auth.password_min': 20, 'mfa.mode': 'required' })
})

test('what is no whole number within bounds, and no option, is refused beside its field', () => {
  expect(refusals({ 'auth.lockout.threshold': '', 'session.idle_days': '2.5', 'doc.url_ttl_min': '61', 'mfa.mode': 'sometimes', 'auth.passphrase_min': 'x' })).toEqual([
    { pointer: '/auth.lockout.threshold', detail: 'A whole number from 3 to 10, in tries.' },
    { pointer: '/auth.password_min', detail: 'A whole number from 15 to 64, in characters.' },
    { pointer: '/mfa.mode', detail: 'Choose one of: optional, encouraged, required of everyone.' },
    { pointer: '/session.idle_days', detail: 'A whole number from 1 to 7, in days.' },
    { pointer: '/doc.url_ttl_min', detail: 'A whole number from 1 to 60, in minutes.' },
  ])
})
