import fc from 'fast-check'
import { expect, test } from 'vitest'

import { blindIndex, normalise, normaliseEmail, normalisePhone, normaliseText, type IndexKind } from './blind-index.ts'
import { importMacKey } from './mac.ts'

const key = (fill: number) => importMacKey(new Uint8Array(32).fill(fill))

test('an index is 16 bytes in base64url, the same for the same value and key only', async () => {
  const index = await blindIndex(await key(1), 'ada@example.org')
  expect(index).toMatch(/^[A-Za-z0-9_-]{22}$/)
  expect(await blindIndex(await key(1), 'ada@example.org')).toBe(index)
  expect(await blindIndex(await key(2), 'ada@example.org')).not.toBe(index)
  expect(await blindIndex(await key(1), 'ada@example.com')).not.toBe(index)
})

test('it is the start of the HMAC-SHA-256 (RFC 4231, case 2)', async () => {
  const index = await blindIndex(await importMacKey(new TextEncoder().encode('Jefe')), 'what do ya want for nothing?')
  expect(index).toBe(Buffer.from('5bdcc146bf60754e6a042426089575c7', 'hex').toString('base64url'))
})

test.each([
  ['email', '  Ada.Lovelace@Example.ORG ', 'ada.lovelace@example.org'],
  ['email', 'ada+crm@example.org', 'ada+crm@example.org'],
  ['email', 'CAFE\u0301@example.org', 'caf\u00e9@example.org'],
  ['ssn', '123-45-6789', '123456789'],
  ['ssn', ' 123 45 6789 ', '123456789'],
  ['ssn', '１２３-45-6789', '123456789'],
  ['phone', '(555) 010-0199', '+15550100199'],
  ['phone', '+1 555.010.0199', '+15550100199'],
  ['phone', '1-555-010-0199', '+15550100199'],
  ['phone', '+44 20 7946 0018', '+442079460018'],
  ['phone', '+49 30 12345678', '+493012345678'],
  ['phone', '+46 8 123 456 7', '+4681234567'],
  ['phone', '44 20 7946 0018', '+442079460018'],
  ['phone', '010-0199', '0100199'],
  ['phone', '+', ''],
  ['text', '  The   ACME\tAgency ', 'the acme agency'],
  ['text', '\ufb01rm', 'firm'],
  ['text', '', ''],
] satisfies [IndexKind, string, string][])('%s %j is normalised to %j', (kind, value, expected) => {
  expect(normalise(kind, value)).toBe(expected)
})

test('normalising twice is normalising once', () => {
  // Lower-casing a dotted capital I leaves two marks in the wrong order.
  expect(normaliseEmail(normaliseEmail('\u0130\u0327@x.org')) === normaliseEmail('\u0130\u0327@x.org')).toBe(true)
  expect(normaliseText('\u0130\u0327') === normaliseText('i\u0327\u0307')).toBe(true)
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (value) => {
      for (const once of [normaliseEmail, normaliseText, normalisePhone]) expect(once(once(value)) === once(value)).toBe(true)
      expect(normalise('ssn', normalise('ssn', value)) === normalise('ssn', value)).toBe(true)
    }),
    { numRuns: 1000 },
  )
  fc.assert(
    fc.property(fc.stringMatching(/^[+() 0-9-]{0,20}$/), (value) => {
      expect(normalisePhone(value)).toMatch(/^\+?[0-9]*$/)
      expect(normalisePhone(normalisePhone(value))).toBe(normalisePhone(value))
    }),
    { numRuns: 1000 },
  )
})

test('an index of a value that is no text at all is refused', async () => {
  await expect(blindIndex(await key(1), 'a\ud800')).rejects.toMatchObject({ reason: 'malformed' })
})
