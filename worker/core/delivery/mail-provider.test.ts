import { expect, test } from 'vitest'
import { bindings } from '../../../tests/support/scene.ts'
import { attemptOf, mailProvider } from './mail-provider.ts'

test('what each answer of Resend means', () => {
  const cases: [number, string, string | null, ReturnType<typeof attemptOf>][] = [
    [200, '', null, { sent: true }],
    [409, 'invalid_idempotent_request', null, { sent: true }],
    [409, 'concurrent_idempotent_requests', null, { sent: false, error: 'provider_error', again: true }],
    [429, 'rate_limit_exceeded', '30', { sent: false, error: 'rate_limited', again: true, afterMs: 30_000 }],
    [429, 'daily_quota_exceeded', null, { sent: false, error: 'rate_limited', again: true }],
    [429, 'x', 'Wed, 21 Oct 2026 07:28:00 GMT', { sent: false, error: 'rate_limited', again: true }],
    [429, 'x', '999999', { sent: false, error: 'rate_limited', again: true }],
    [401, 'missing_api_key', null, { sent: false, error: 'unauthorized', again: true }],
    [403, 'invalid_api_key', null, { sent: false, error: 'unauthorized', again: true }],
    [500, 'application_error', null, { sent: false, error: 'provider_error', again: true }],
    [503, '', '5', { sent: false, error: 'provider_error', again: true, afterMs: 5000 }],
    [400, 'invalid_idempotency_key', null, { sent: false, error: 'rejected', again: false }],
    [422, 'validation_error', null, { sent: false, error: 'rejected', again: false }],
    [404, 'not_found', null, { sent: false, error: 'rejected', again: false }],
  ]
  for (const [status, name, retryAfter, meant] of cases) expect(attemptOf(status, name, retryAfter), `${status} ${name}`).toEqual(meant)
})

test('there is a provider only where all of it is configured', () => {
  const whole = { ...bindings, MAIL_PROVIDER: 'resend' as const, MAIL_FROM: 'a@b.example', RESEND_API_KEY: 're_x' }
  expect(mailProvider(whole)).not.toBeNull()
  for (const missing of ['MAIL_PROVIDER', 'MAIL_FROM', 'RESEND_API_KEY'] as const) {
    const { [missing]: _, ...rest } = whole
    expect(mailProvider(rest)).toBeNull()
  }
})
