import fc from 'fast-check'
import { expect, test } from 'vitest'
import { evidence } from '../../../tests/support/evidence.ts'
import { isFull, seed } from '../../../tests/support/figures.ts'
import { contacts, corpus } from '../../../tests/support/redaction-corpus.ts'
import { redact, restore } from './redact.ts'
import { kinds } from './span.ts'

/** Whether four digits in a row or five characters of the value are still there. */
function leaks(text: string, value: string): boolean {
  const pieces = (length: number) => Array.from({ length: Math.max(0, value.length - length + 1) }, (_, from) => value.slice(from, from + length))
  return [value, ...pieces(4).filter((piece) => /^\d{4}$/.test(piece)), ...pieces(5).filter((piece) => /^[^\s,.]{5}$/.test(piece))].some((piece) => text.includes(piece))
}

const withoutPlaceholders = (text: string): string => text.replace(/<[A-Z]+_\d+_[0-9a-f]{8}>/g, '')
const altered = corpus.map((sentence) => ({ ...sentence, redacted: redact(sentence.text, contacts) }))

test('the corpus is what it says: 500 different sentences, ten spellings of a phone number, eight of a birthday, every kind thirty times', () => {
  expect(corpus.filter(({ text }, at) => corpus.findIndex((other) => other.text === text) < at).map(({ text }) => text)).toEqual([])
  expect(corpus).toHaveLength(500)
  const formats = (kind: string) => new Set(corpus.flatMap(({ gold }) => (gold?.kind === kind ? [gold.format] : []))).size
  expect([formats('PHONE'), formats('DOB'), formats('NAME')]).toEqual([10, 8, 12])
  for (const kind of kinds.filter((each) => each !== 'NUMBER' && each !== 'ADDRESS')) expect(corpus.filter(({ gold }) => gold?.kind === kind)).toHaveLength(30)
  expect(corpus.filter(({ gold }) => gold === null)).toHaveLength(200)
})

test('every patterned kind and every inflection of a known name is taken out: of 300 nothing leaks', () => {
  const leaked = altered.filter(({ gold, redacted }) => gold && leaks(withoutPlaceholders(redacted.text), gold.value))
  expect(leaked.map(({ text, gold, redacted }) => ({ text, ...gold, left: redacted.text }))).toEqual([])
  evidence('G15', 'redaction of the labelled corpus', { sentences: 300, leaked: leaked.length })
})

test('at most two of a hundred sentences with nothing to hide are altered', () => {
  const touched = altered.filter(({ gold, text, redacted }) => gold === null && redacted.text !== text)
  expect(touched.length / 200, touched.map(({ redacted }) => redacted.text).join('\n')).toBeLessThanOrEqual(0.02)
  evidence('G15', 'clean sentences of the corpus altered', { sentences: 200, altered: touched.length })
})

test('what is taken out is called what it is, and the same thing is the same throughout', () => {
  const { text } = redact('Casey Canary, SSN 219-09-9999, card 4111 1111 1111 1111, NPI 1234567893, born 03/14/1985; call 415-555-0132, again 415-555-0132.', ['Casey Canary'])
  expect(text.replace(/_[0-9a-f]{8}>/g, '>')).toBe('<NAME_1>, SSN <SSN_2>, card <CARD_3>, NPI <NPI_4>, born <DOB_5>; call <PHONE_6>, again <PHONE_6>.')
})

test('a name that nobody knows, and another agency’s contact, stay: only what is known here is taken out', () => {
  expect(redact('Dana Doe called about the boat.', ['Casey Canary']).text).toBe('Dana Doe called about the boat.')
  expect(redact('I will, if I may, page through it.', ['Will May', 'Grant Page']).text).toBe('I will, if I may, page through it.')
  expect(redact('Ask Will.', ['Will May']).text).toMatch(/^Ask <NAME_1_[0-9a-f]{8}>\.$/)
})

const said = fc.oneof(fc.constantFrom(...corpus.map(({ text }) => text)), fc.string({ unit: 'binary', maxLength: 60 }), fc.constantFrom('<PHONE_1_00000000>', '<NAME_1_', '$&', '$1', '\ud800', '\r\n'))

test('restoring gives back the very text, whatever was said', () => {
  fc.assert(
    fc.property(fc.array(said, { maxLength: 6 }), fc.constantFrom('', ' ', '\n'), fc.subarray(contacts), (parts, between, known) => {
      const text = parts.join(between)
      expect(restore(redact(text, known))).toBe(text)
    }),
    { numRuns: isFull ? 20_000 : 1000, seed },
  )
})

test('an answer that uses the placeholders comes back with the values, one that makes some up does not', () => {
  const redacted = redact('Call Casey on 415-555-0132.', ['Casey Canary'])
  const [name = '', phone = ''] = redacted.values.keys()
  expect(restore({ ...redacted, text: `${name} wants a call on ${phone}.` })).toBe('Casey wants a call on 415-555-0132.')
  const invented = `<PHONE_9_${redacted.key}> <PHONE_1_00000000>`
  expect(restore({ ...redacted, text: invented })).toBe(invented)
})

test('a text that brings its own placeholders meets a key that is not in it', () => {
  const once = redact('Call 415-555-0132.')
  const twice = redact(`${once.text} Or 415-555-0199.`)
  expect(twice.key).not.toBe(once.key)
  expect(restore(twice)).toBe(`${once.text} Or 415-555-0199.`)
})

test('a transcript of a hundred thousand characters, and one made to be slow, take a moment', () => {
  const long = (piece: string) => piece.repeat(Math.ceil(100_000 / piece.length)).slice(0, 100_000)
  for (const text of [long(corpus.map((sentence) => sentence.text).join(' ')), long('1'), long('policy is '), long('born '), long('4 '), long('a dot '), long('C. '), long('Casey '), long('1-'), long('a.')]) {
    const redacted = redact(text, contacts)
    expect(restore(redacted)).toBe(text)
  }
}, 20_000)
