import fc from 'fast-check'
import { expect, test } from 'vitest'

import { bodyOf, newLog, sha256 } from '../tests/support/export-scene.ts'
import { appendEntry, canonicalJson, EMPTY_HEAD, entryLine, FIRST_PREV, fromHex, isEntry, linkHash, toHex, type ChainEntry } from './chain-link.ts'
import { leafHash } from './chain-tree.ts'

test('entries are numbered from one and each names the hash of the one before', () => {
  const log = newLog(5)
  let prev = FIRST_PREV
  for (const [at, line] of log.lines.entries()) {
    const entry = JSON.parse(line) as ChainEntry // written by appendEntry
    expect(entry).toEqual({ ...bodyOf(at + 1), n: at + 1, prev })
    expect(canonicalJson(entry)).toBe(line)
    prev = toHex(linkHash(line, sha256))
  }
  expect(log.heads[5]?.prev).toBe(prev)
  expect(log.heads[5]?.frontier.size).toBe(5)
})

test('the line of an entry is its canonical JSON, whatever its members say and in whichever order they came', () => {
  const token = fc.string({ unit: fc.constantFrom(...'!"\\/~aZ09_.:'), minLength: 1, maxLength: 12 })
  const key = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,5}$/)
  const meta = fc.dictionary(key, fc.oneof(token, fc.boolean(), fc.constant(null), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer()))
  fc.assert(
    fc.property(meta, token, token, fc.constantFrom(null, 'owner'), fc.boolean(), (said, id, subject, role, backwards) => {
      const made: ChainEntry = { ...entry, id, subject, meta: said, actor: { kind: 'member', id, role } }
      const given = backwards ? (Object.fromEntries(Object.entries(made).toReversed()) as ChainEntry) : made // `as`: the same members
      expect(isEntry(given)).toBe(true)
      expect(entryLine(given)).toBe(canonicalJson(given))
    }),
  )
})

test('a link is the RFC 6962 leaf of the canonical line', () => {
  const { line, hash } = appendEntry(EMPTY_HEAD, bodyOf(1), sha256)
  expect(hash).toEqual(leafHash(new TextEncoder().encode(line), sha256))
  expect(toHex(hash)).toBe(toHex(sha256(new Uint8Array([0, ...new TextEncoder().encode(line)]))))
})

test('appending does not change the head it was given', () => {
  const first = appendEntry(EMPTY_HEAD, bodyOf(1), sha256)
  const again = [appendEntry(first.head, bodyOf(2), sha256), appendEntry(first.head, bodyOf(2), sha256)]
  expect(again[0]).toEqual(again[1])
  expect(EMPTY_HEAD).toEqual({ frontier: { size: 0, peaks: [] }, prev: FIRST_PREV })
})

const entry: ChainEntry = { ...bodyOf(3), n: 3, prev: 'cd'.repeat(32) }

test.each([
  ['free text in meta', { meta: { reason: 'because she asked me to' } }],
  ['a line break in meta', { meta: { reason: 'a\nb' } }],
  ['letters beyond ASCII in meta', { meta: { name: 'Zoë' } }],
  ['a nested meta', { meta: { more: { deep: 1 } } }],
  ['a list in meta', { meta: ['x'] }],
  ['an unknown member', { note: 'x' }],
  ['another version', { v: 2 }],
  ['number zero', { n: 0 }],
  ['a broken number', { n: 1.5 }],
  ['a time before 1970', { at: -1 }],
  ['a short hash', { prev: 'cd'.repeat(31) }],
  ['an upper-case hash', { prev: 'CD'.repeat(32) }],
  ['a personal part in clear', { personal: '192.0.2.1' }],
  ['no subject', { subject: '' }],
  ['a name that is no event', { name: 'Member changed' }],
  ['an actor with an address', { actor: { kind: 'member', id: 'acc_1', role: null, ip: '192.0.2.1' } }],
  ['no actor', { actor: null }],
])('%s makes it no entry', (_, change) => {
  expect(isEntry(entry)).toBe(true)
  expect(isEntry({ ...entry, ...change })).toBe(false)
})

test('each member is needed', () => {
  for (const name of Object.keys(entry)) expect(isEntry(Object.fromEntries(Object.entries(entry).filter(([each]) => each !== name)))).toBe(false)
})

test('what is no entry is not appended', () => {
  expect(() => appendEntry(EMPTY_HEAD, bodyOf(1, 'tnt_a', { reason: 'a sentence of text' }), sha256)).toThrow(TypeError)
})

test('hex goes there and back', () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, at) => at)
  expect(toHex(bytes)).toBe(Buffer.from(bytes).toString('hex'))
  expect(fromHex(toHex(bytes))).toEqual(bytes)
})
