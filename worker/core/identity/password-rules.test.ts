import { expect, test } from 'vitest'
import { refusedPassword } from './password-rules.ts'

const terms = { min: 15, words: ['Ada Lovelace', 'ada.lovelace@analytical.example', 'Analytical Agency'] }
const withFactor = { ...terms, min: 8 }

const refused: [string, string][] = [
  ['too short by one', 'fourteen chars'],
  ['one character over and over', 'aaaaaaaaaaaaaaaaaaaa'],
  ['a short word over and over', 'hunterhunterhunter'],
  ['neighbours in a row', 'abcdefghijklmnopqrst'],
  ['our name and theirs', 'CountersignLovelace'],
  ['the address', 'ada.lovelace@analytical'],
  ['longer than we take', 'x7'.repeat(129)],
]
for (const [why, password] of refused)
  test(`refuses ${why}`, async () => {
    expect(await refusedPassword(password, terms)).toMatch(/\.$/)
  })

const accepted: [string, string][] = [
  ['fifteen characters of one kind', 'tulip gravel ox'],
  ['an old word among new ones', 'lovelace rode a purple tram'],
  ['256 characters', `${'q1w9'.repeat(63)}tail`],
  ['letters of any script', 'Ελληνικά γράμματα εδώ'],
]
for (const [what, password] of accepted)
  test(`accepts ${what}`, async () => {
    expect(await refusedPassword(password, terms)).toBeNull()
  })

test('beside a second factor eight characters are enough, but the common ones are refused, digits at the end or not', async () => {
  expect(await refusedPassword('tulip ox', withFactor)).toBeNull()
  for (const password of ['baseball', 'sunshine', 'Sunshine', 'superman1!', 'qwertyuiop']) expect(await refusedPassword(password, withFactor)).not.toBeNull()
})

test('length is counted in characters, not in bytes or code units', async () => {
  expect(await refusedPassword('🌷🌵🍄🐙🦉🐝🦔', withFactor)).toContain('8 characters')
  expect(await refusedPassword('🌷🌵🍄🐙🦉🐝🦔🐢', withFactor)).toBeNull()
})
