import { expect, test } from 'vitest'

import { kekText, reasonOf } from '../../../tests/support/vault-scene.ts'
import { readKeks } from './kek.ts'

test('the newest wraps, every one is found, and what is not a KEK is left alone', async () => {
  const keks = await readKeks({ KEK_2: kekText('b'), KEK_10: kekText('j'), KEK_1: kekText('a'), KEYS: {}, ORIGIN: 'https://x', KEK_X: 'nonsense', MY_KEK_3: 'nonsense' })
  expect(keks.newest.version).toBe(10)
  expect(keks.versions).toEqual([1, 2, 10])
  expect(keks.byVersion(2)?.version).toBe(2)
  expect(keks.byVersion(3)).toBeNull()
  expect(keks.dev).toBe(false)
})

test('what one seals, another does not open', async () => {
  const keks = await readKeks({ KEK_1: kekText('a'), KEK_2: kekText('b') })
  const aad = new TextEncoder().encode('place')
  const sealed = await keks.newest.seal(new Uint8Array(32), aad)
  expect((await keks.newest.open(sealed, aad)).ok).toBe(true)
  expect((await keks.byVersion(1)?.open(sealed, aad))?.ok).toBe(false)
})

test('without a KEK nothing starts', async () => {
  expect(await reasonOf(readKeks({}))).toBe('kek_missing')
  expect(await reasonOf(readKeks({ KEK_0: kekText('a'), KEK_01: kekText('a'), kek_1: kekText('a') }))).toBe('kek_missing')
})

test.each([
  ['too short', btoa('a'.repeat(31))],
  ['too long', btoa('a'.repeat(33))],
  ['not base64', '!'.repeat(44)],
  ['URL-safe', kekText('\xff').replaceAll('/', '_')],
  ['with a line break', `${kekText('a')}\n`],
  ['empty', ''],
  ['all zero', kekText('\0')],
  ['not text', 42],
])('a KEK that is %s stops the start, even beside a good one', async (_, secret) => {
  expect(await reasonOf(readKeks({ KEK_1: kekText('a'), KEK_2: secret }))).toBe('kek_malformed')
})

test('the same secret under two versions stops the start: withdrawing one would withdraw nothing', async () => {
  expect(await reasonOf(readKeks({ KEK_1: kekText('a'), KEK_2: kekText('a') }))).toBe('kek_malformed')
  expect(await reasonOf(readKeks({ KEK_1: kekText('a'), KEK_2: `dev:${kekText('a')}` }))).toBe('kek_malformed')
})

test('a development key says so', async () => {
  expect((await readKeks({ KEK_1: `dev:${kekText('a')}` })).dev).toBe(true)
  expect((await readKeks({ KEK_1: kekText('a'), KEK_2: `dev:${kekText('b')}` })).dev).toBe(true)
})
