import fc from 'fast-check'
import { expect, test } from 'vitest'

import { flipBit } from '../../../tests/vectors/hex.ts'
import { NONCE_BYTES, open, openBytes, OVERHEAD_BYTES, seal, sealBytes, TAG_BYTES } from './aead.ts'
import { toBase64 } from './bytes.ts'

const aesKey = (length = 256) => crypto.subtle.generateKey({ name: 'AES-GCM', length }, true, ['encrypt', 'decrypt']) as Promise<CryptoKey> // an AES key is never a pair
const utf8 = (text: string) => new TextEncoder().encode(text)
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0))

test('opening is the inverse of sealing, as text and as bytes', async () => {
  const key = await aesKey()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.uint8Array({ maxLength: 100 }), async (plaintext, aad) => {
      const text = await open(key, await seal(key, plaintext, aad), aad)
      const bytes = await openBytes(key, await sealBytes(key, plaintext, aad), aad)
      expect(text.ok && Array.from(text.value)).toEqual(Array.from(plaintext))
      expect(bytes.ok && Array.from(bytes.value)).toEqual(Array.from(plaintext))
    }),
  )
})

test('[IFD-38] what is stored is a 12-byte nonce, the ciphertext, a 16-byte tag', async () => {
  const key = await aesKey()
  const plaintext = utf8('routing 021000021')
  const aad = utf8('place')
  const blob = bytesOf(await seal(key, plaintext, aad))
  expect(blob.length).toBe(12 + plaintext.length + 16)
  expect([NONCE_BYTES, TAG_BYTES, OVERHEAD_BYTES]).toEqual([12, 16, 28])
  const direct = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: blob.subarray(0, 12), additionalData: aad, tagLength: 128 }, key, blob.subarray(12))
  expect(new TextDecoder().decode(direct)).toBe('routing 021000021')
})

test('[CAL-16][IFD-37] the same text sealed twice has another nonce and another ciphertext, under a key of 256 bits', async () => {
  const key = await aesKey()
  const [first, second] = [bytesOf(await seal(key, utf8('same'), utf8(''))), bytesOf(await seal(key, utf8('same'), utf8('')))]
  expect(toBase64(first.subarray(0, 12))).not.toBe(toBase64(second.subarray(0, 12)))
  expect(toBase64(first.subarray(12))).not.toBe(toBase64(second.subarray(12)))
  expect(key.algorithm).toMatchObject({ name: 'AES-GCM', length: 256 })
  for (const length of [128, 192]) await expect(seal(await aesKey(length), utf8('same'), utf8(''))).rejects.toMatchObject({ reason: 'wrong_key_kind' })
})

test('[CAL-65] a thousand sealings use a thousand nonces', async () => {
  const key = await aesKey()
  const sealed = await Promise.all(Array.from({ length: 1000 }, () => seal(key, utf8('same'), utf8(''))))
  expect(new Set(sealed.map((text) => toBase64(bytesOf(text).subarray(0, 12)))).size).toBe(1000)
})

test('every bit flip of nonce, ciphertext, tag and AAD is refused', async () => {
  const key = await aesKey()
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 20 }), fc.uint8Array({ maxLength: 10 }), async (plaintext, aad) => {
      const sealed = await sealBytes(key, plaintext, aad)
      for (let bit = 0; bit < sealed.length * 8; bit += 1) expect((await openBytes(key, flipBit(sealed, bit), aad)).ok).toBe(false)
      for (let bit = 0; bit < aad.length * 8; bit += 1) expect((await openBytes(key, sealed, flipBit(aad, bit))).ok).toBe(false)
    }),
    { numRuns: 10 },
  )
})

test('every truncation, from either end, is refused', async () => {
  const key = await aesKey()
  const sealed = await sealBytes(key, utf8('forty bytes of text, more or less so.'), utf8('aad'))
  for (let length = 0; length < sealed.length; length += 1) {
    const expected = length < OVERHEAD_BYTES ? 'wrong_size' : 'not_authentic'
    expect(await openBytes(key, sealed.subarray(0, length), utf8('aad'))).toEqual({ ok: false, reason: expected })
    expect((await openBytes(key, sealed.subarray(sealed.length - length), utf8('aad'))).ok).toBe(false)
  }
})

test('another key is refused', async () => {
  const sealed = await seal(await aesKey(), utf8('mine'), utf8(''))
  expect(await open(await aesKey(), sealed, utf8(''))).toEqual({ ok: false, reason: 'not_authentic' })
})

test('only the one spelling of the base64 is taken', async () => {
  const key = await aesKey()
  const sealed = await seal(key, utf8('four'), utf8('')) // 32 bytes: one padding character and two spare bits
  expect(sealed.endsWith('=')).toBe(true)
  const last = sealed.at(-2) ?? ''
  const sibling = String.fromCharCode(last.charCodeAt(0) + 1)
  const spellings = [` ${sealed}`, `${sealed}\n`, sealed.slice(0, -1), `${sealed}=`, sealed.slice(0, -2) + sibling + '=', `${sealed.slice(0, 8)}\n${sealed.slice(8)}`, `${sealed}!`]
  for (const other of spellings) expect(await open(key, other, utf8(''))).toEqual({ ok: false, reason: 'not_canonical' })
  expect(await open(key, '', utf8(''))).toEqual({ ok: false, reason: 'wrong_size' })
  expect(await open(key, null as never, utf8(''))).toEqual({ ok: false, reason: 'malformed' }) // `as never`: what a damaged row could hand over
})

test('any text at all is refused with a reason rather than an error', async () => {
  const key = await aesKey()
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), fc.base64String()), async (text) => {
      expect((await open(key, text, utf8(''))).ok).toBe(false)
    }),
  )
})
