import fc from 'fast-check'
import { expect, test } from 'vitest'
import { matchStep, newTotpSecret, spelled, totpUri } from './totp.ts'

test('a secret has 160 bits and is never the same twice', () => {
  const secrets = Array.from({ length: 200 }, newTotpSecret)
  expect(new Set(secrets).size).toBe(200)
  expect(secrets.every((secret) => /^[A-Z2-7]{32}$/.test(secret))).toBe(true)
})

test('the key URI names deployment and person', () => {
  const uri = new URL(totpUri('JBSWY3DPEHPK3PXP', { issuer: 'Countersign localhost', label: 'ada@example.com' }))
  expect(uri.protocol).toBe('otpauth:')
  expect(decodeURIComponent(uri.pathname)).toContain('Countersign localhost:ada@example.com')
  expect(Object.fromEntries(uri.searchParams)).toMatchObject({ secret: 'JBSWY3DPEHPK3PXP', issuer: 'Countersign localhost', digits: '6', period: '30', algorithm: 'SHA1' })
})

test('a code of one secret is no code of another', () => {
  fc.assert(fc.property(fc.integer({ min: 0, max: 999_999 }), fc.integer({ min: 1, max: 4_000_000_000 }), (guess, seconds) => {
    const step = matchStep('JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP', String(guess).padStart(6, '0'), seconds * 1000)
    return step === null || Math.abs(step - Math.floor(seconds / 30)) <= 1
  }))
})

test('a secret is spelled in groups of four', () => {
  expect(spelled('JBSWY3DPEHPK')).toBe('JBSW Y3DP EHPK')
})
