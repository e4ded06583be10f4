import { expect, test } from 'vitest'

import { filesBelow, planted, typescript, type Rule } from './tree.ts'

/** Where an auditor must read for cryptography, and nowhere else. */
const rooms = /^worker\/core\/(vault|identity)\/|^durable-objects\/chain-(link|signer)\.ts$/

const cryptoStaysInItsRooms: Rule = (files) =>
  typescript(files)
    .filter(({ path: file, text }) => !rooms.test(file) && /\bcrypto\s*\.\s*subtle\b|\bsubtle\s*\}/.test(text))
    .map(({ path: file }) => `${file} uses crypto.subtle. Call the function of worker/core/vault, or add one there, with its vectors.`)

const mathRandom: Rule = (files) =>
  typescript(files)
    .filter(({ text }) => /\bMath\s*\.\s*random\b/.test(text))
    .map(({ path: file }) => `${file} uses Math.random, which can be predicted. Use crypto.getRandomValues.`)

const product = filesBelow('worker', 'durable-objects', 'app', 'db')

test('raw cryptography stays in the vault, in identity and in the chain’s arithmetic', () => {
  expect(cryptoStaysInItsRooms(product)).toEqual([])
  expect(mathRandom(product)).toEqual([])
})

test('a digest made elsewhere and a predictable number are found', () => {
  const digest = planted('worker/crm/hash.ts', "export const hash = (a: Uint8Array) => crypto.subtle.digest('SHA-256', a)")
  const hidden = planted('worker/crm/hash-2.ts', 'const { subtle } = crypto')
  const dice = planted('worker/core/vault/dice.ts', 'export const dice = () => Math.random()')
  expect(cryptoStaysInItsRooms([digest, hidden, dice])).toHaveLength(2)
  expect(mathRandom([digest, hidden, dice])).toHaveLength(1)
})
