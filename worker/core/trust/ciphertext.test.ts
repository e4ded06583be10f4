import { expect, test } from 'vitest'
import { toBase64 } from '../vault/bytes.ts'
import { sealedCells } from './ciphertext.ts'

const random = (length: number) => crypto.getRandomValues(new Uint8Array(length))

test('random bytes as long as nonce and tag count as ciphertext, the same row seen in two samples twice', () => {
  const cells = Array.from({ length: 200 }, () => toBase64(random(44)))
  expect(sealedCells(cells)).toBe(200)
  expect(sealedCells([...cells, ...cells])).toBe(400)
})

test('what is not sealed does not count: plain text, text as base64, too short, another spelling', () => {
  const text = new TextEncoder().encode(JSON.stringify({ name: 'Zoë Ångström', email: 'zoe@people.test' }))
  expect(sealedCells(['Dana Whitlock', JSON.stringify({ name: 'x' }), toBase64(text), toBase64(random(27)), `${toBase64(random(45))}\n`])).toBe(0)
})

test('a nonce that comes twice is no seal, for either of the two', () => {
  const nonce = random(12)
  const under = () => toBase64(new Uint8Array([...nonce, ...random(32)]))
  expect(sealedCells([under(), under(), toBase64(random(44))])).toBe(1)
})
