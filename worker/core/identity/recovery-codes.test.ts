import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashRecoveryCode, newRecoveryCodes, recoveryCodeOf } from './recovery-codes.ts'

test('a set has ten different codes of sixty bits each', () => {
  const codes = newRecoveryCodes()
  expect(codes).toHaveLength(10)
  expect(new Set(codes).size).toBe(10)
  for (const code of codes) expect(code).toMatch(/^[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}-[0-9a-hjkmnp-tv-z]{4}$/)
})

test('what is kept is the SHA-256 of the code as it was shown, in hex', async () => {
  const [code = ''] = newRecoveryCodes()
  expect(await hashRecoveryCode(code)).toBe(createHash('sha256').update(code).digest('hex'))
})

test('every code is read back from any sloppy spelling of it', () => {
  const sloppy = fc.array(fc.boolean(), { minLength: 14, maxLength: 14 })
  fc.assert(fc.property(sloppy, (upper) => {
    const [code = ''] = newRecoveryCodes()
    const typed = [...code].map((letter, at) => (upper[at] ? letter.toUpperCase() : letter)).join(upper[0] ? ' ' : '').replaceAll('0', upper[1] ? 'O' : '0').replaceAll('1', upper[2] ? 'l' : 'I')
    return recoveryCodeOf(typed) === code
  }))
})

test('what cannot be a code is none', () => {
  expect(['', '123', 'uuuu-uuuu-uuuu', '0000-0000-00000', '0000-0000-000é'].map(recoveryCodeOf)).toEqual([null, null, null, null, null])
})
