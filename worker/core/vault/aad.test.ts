import fc from 'fast-check'
import { expect, test } from 'vitest'

import { toHex } from '../../../tests/vectors/hex.ts'
import { sealAad, sealAads, type SealPlace } from './aad.ts'

const place: SealPlace = { tenant: 'tnt_1', sealName: 'core.member.contact', className: 'contact', rowId: 'mem_1', version: 12 }

test('each part is its length in four bytes, then its UTF-8', () => {
  const part = (text: string) => toHex(Uint8Array.of(0, 0, 0, new TextEncoder().encode(text).length)) + toHex(new TextEncoder().encode(text))
  expect(toHex(sealAad(place))).toBe(['countersign.seal.v1', 'tnt_1', 'core.member.contact', 'contact', 'mem_1', '12'].map(part).join(''))
  expect(toHex(sealAad({ ...place, rowId: 'é' }))).toContain('00000002c3a9')
})

test('two places never share their AAD', () => {
  const text = fc.stringMatching(/^[a-c.]{1,4}$/)
  const places = fc.record({ tenant: text, sealName: text, className: text, rowId: text, version: fc.integer({ min: 1, max: 20 }) })
  fc.assert(
    fc.property(places, places, (a, b) => {
      const same = a.tenant === b.tenant && a.sealName === b.sealName && a.className === b.className && a.rowId === b.rowId && a.version === b.version
      expect(toHex(sealAad(a)) === toHex(sealAad(b))).toBe(same)
    }),
    { numRuns: 2000 },
  )
})

test('row after row has the very AAD it has alone, whatever the one before was', () => {
  const rowIds = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '\u{1f600}'), minLength: 1, maxLength: 3 }), { maxLength: 8 })
  fc.assert(
    fc.property(rowIds, (ids) => {
      const aadOf = sealAads(place)
      for (const rowId of ids) expect(toHex(aadOf(rowId))).toBe(toHex(sealAad({ ...place, rowId })))
    }),
  )
})

test('moving a character across a boundary changes the AAD', () => {
  expect(toHex(sealAad({ ...place, tenant: 'tnt_1c', sealName: 'ore' }))).not.toBe(toHex(sealAad({ ...place, tenant: 'tnt_1', sealName: 'core' })))
})

test('a part that could stand for two things is refused', () => {
  for (const bad of [{ tenant: '' }, { sealName: '' }, { className: '' }, { rowId: '' }, { rowId: 'a\ud800' }, { version: 0 }, { version: 1.5 }, { version: Number.NaN }]) {
    expect(() => sealAad({ ...place, ...bad })).toThrowError(expect.objectContaining({ reason: 'malformed' }))
  }
})
