import { expect, test } from 'vitest'

import { equalSecrets } from './equal.ts'

test('equal secrets are equal, as text or as bytes', () => {
  expect(equalSecrets('s3cret', 's3cret')).toBe(true)
  expect(equalSecrets('s3cret', new TextEncoder().encode('s3cret'))).toBe(true)
  expect(equalSecrets('', '')).toBe(true)
})

test('secrets of different lengths are unequal rather than an error', () => {
  expect(equalSecrets('s3cret', 's3cre')).toBe(false)
  expect(equalSecrets('', 'x')).toBe(false)
})

test('one changed bit makes them unequal', () => {
  const secret = Uint8Array.from({ length: 32 }, (_, at) => at)
  for (let bit = 0; bit < secret.length * 8; bit += 1) {
    const other = secret.slice()
    other[bit >> 3]! ^= 1 << (bit & 7) // non-null: bit >> 3 is below the length
    expect(equalSecrets(secret, other)).toBe(false)
  }
})
