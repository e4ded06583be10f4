import fc from 'fast-check'
import { expect, test } from 'vitest'

import { fromBase64, lengthPrefixed, toBase64, toBase64Url, utf8 } from './bytes.ts'

test('base64 goes there and back', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
      expect(toBase64(bytes)).toBe(btoa(String.fromCharCode(...bytes)))
      expect(fromBase64(toBase64(bytes))).toEqual({ ok: true, value: bytes })
      expect(toBase64Url(bytes)).toBe(toBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', ''))
    }),
  )
})

test('a view into a larger buffer is encoded without its neighbours', () => {
  expect(toBase64(Uint8Array.of(1, 2, 3, 4).subarray(1, 3))).toBe('AgM=')
})

test('no two spellings of base64 are both taken', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'AQgw+/-_=\n '), maxLength: 12 }), (text) => {
      const bytes = fromBase64(text)
      expect(!bytes.ok || toBase64(bytes.value) === text).toBe(true)
    }),
    { numRuns: 2000 },
  )
})

test('length-prefixed parts are injective', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('a', '\u0000', 'é'), maxLength: 3 }), { maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      expect(toBase64(lengthPrefixed(a)) === toBase64(lengthPrefixed(b))).toBe(JSON.stringify(a) === JSON.stringify(b))
    }),
    { numRuns: 2000 },
  )
})

test('a lone surrogate is refused, since all of them would encode alike', () => {
  expect(() => utf8('\ud800')).toThrowError(expect.objectContaining({ reason: 'malformed' }))
  expect(() => utf8('\udfff')).toThrowError(expect.objectContaining({ reason: 'malformed' }))
  expect(utf8('\ud83d\ude00').length).toBe(4)
})
