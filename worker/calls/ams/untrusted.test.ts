import fc from 'fast-check'
import { expect, test } from 'vitest'
import { jsonOf, pointerOf, valueAt } from './json-pointer.ts'
import { dayOf, lineOf, linkOf, listOf, momentOf, phonesOf, recordIdOf, textOf } from './untrusted.ts'

const anything = fc.anything({ withBigInt: false, withNullPrototype: true, withObjectString: true, maxDepth: 4 })
const hostile = fc.oneof(anything, fc.string({ unit: 'binary', maxLength: 300 }), fc.constantFrom('javascript:alert(1)', 'https://a:b@x.example', '..', '.', '\u202egnp.exe', '\ud800', '__proto__', Number.NaN, Infinity, 1e308, -0))

test('the examples of RFC 6901 §5 point where it says', () => {
  const document = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'c%d': 2, 'e^f': 3, 'g|h': 4, 'i\\j': 5, 'k"l': 6, ' ': 7, 'm~n': 8 }
  const said = ['', '/foo', '/foo/0', '/', '/a~1b', '/c%d', '/e^f', '/g|h', '/i\\j', '/k"l', '/ ', '/m~0n'].map((pointer) => valueAt(document, pointerOf(pointer)))
  expect(said).toEqual([document, ['bar', 'baz'], 'bar', 0, 1, 2, 3, 4, 5, 6, 7, 8])
  expect(['/foo/2', '/foo/-', '/foo/00', '/foo/length', '/toString', '/__proto__', '/foo/0/0'].map((pointer) => valueAt(document, pointerOf(pointer)))).toEqual(Array.from({ length: 7 }, () => undefined))
})

test('what is put somewhere is found there again, and nothing is put where something stands; a member called __proto__ is one like any other', () => {
  const part = fc.oneof(fc.string({ maxLength: 4 }), fc.constantFrom('__proto__', 'constructor', 'a/b', '~', ''))
  const pointers = fc.array(fc.array(part, { minLength: 1, maxLength: 3 }), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(pointers, (all) => {
      const values = all.map((pointer, index) => [pointer, `value ${index}`] as const)
      const whole = jsonOf(values)
      const collides = all.some((one, at) => all.some((other, index) => at !== index && one.every((each, step) => other[step] === each)))
      if (collides) {
        expect(whole).toBeUndefined()
        return
      }
      const sent: unknown = JSON.parse(JSON.stringify(whole))
      for (const [pointer, value] of values) expect(valueAt(sent, pointer)).toBe(value)
      expect(({} as Record<string, unknown>)['value 0']).toBeUndefined()
    }),
    { numRuns: 500 },
  )
})

test('whatever an AMS says, nothing throws, and what comes out has its form and its length', () => {
  fc.assert(
    fc.property(hostile, fc.integer({ min: 1, max: 50 }), (value, most) => {
      const [line, text, id, link, day, at] = [lineOf(value, most), textOf(value, most), recordIdOf(value), linkOf(value), dayOf(value), momentOf(value)]
      for (const said of [line, text]) if (said !== null) expect(said.length <= most && said.trim() === said && said !== '' && said.isWellFormed() && !/[\p{Cf}\p{Zl}\p{Zp}]/u.test(said)).toBe(true)
      expect(line ?? '').not.toMatch(/[\n\r\t]/)
      if (id !== null) expect(id).toMatch(/^(?!\.{1,2}$)[\x21-\x7e]{1,128}$/)
      if (link !== null) expect([new URL(link).protocol, new URL(link).username]).toEqual(['https:', ''])
      if (day !== null) expect(new Date(`${day}T00:00:00Z`).toISOString().slice(0, 10)).toBe(day)
      if (at !== null) expect(Number.isSafeInteger(at) && !Number.isNaN(new Date(at).getTime())).toBe(true)
      for (const phone of phonesOf([value], 5)) expect(phone).toMatch(/^\+\d{5,17}$/)
      expect((listOf(value, most) ?? []).length).toBeLessThanOrEqual(most)
    }),
    { numRuns: 3000 },
  )
})

test('text is cut, put on one line, and freed of what does not show or turns its surroundings', () => {
  expect(lineOf(' Grace\n\u202eWhitfield\u0000 ', 50)).toBe('Grace Whitfield')
  expect(textOf('one\r\ntwo\u2066', 50)).toBe('one\ntwo')
  expect(textOf('a\ud83d\ude00', 2)).toBe('a\ufffd')
  expect([lineOf(1001, 10), lineOf(null, 10), lineOf({}, 10), lineOf('', 10)]).toEqual(['1001', null, null, null])
})

test('a day is one of the calendar, alone or at the head of a moment; a moment is written or counted in either unit', () => {
  expect(['2027-01-31', '2027-01-31T00:00:00', '2027-02-30', '2027-13-01', '31.01.2027', '2027-01-31 or so', 20270131].map(dayOf)).toEqual(['2027-01-31', '2027-01-31', null, null, null, null, null])
  expect(['2026-10-02T16:20:00Z', 1_790_958_000_000, 1_790_958_000, -1, 'yesterday'].map(momentOf)).toEqual([1_790_958_000_000, 1_790_958_000_000, 1_790_958_000_000, null, null])
})
