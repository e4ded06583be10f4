import { expect, test } from 'vitest'
import { importRoot, deriveSealKey } from '../../worker/core/vault/derive.ts'
import { NONCE_BYTES, openBytes, sealBytes } from '../../worker/core/vault/aead.ts'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'

/** Sealings under one key. */
const SEALINGS = isFull ? 1_000_000 : 20_000

const key = await deriveSealKey(await importRoot(new Uint8Array(32).fill(7)), { purpose: 'seal', tenant: 'ten_a', name: 'core.member.contact', className: 'contact', version: 1 })
const aad = new TextEncoder().encode('a place')

test('no nonce comes twice under one key', async () => {
  const seen = new Set<string>()
  const plaintext = new Uint8Array(16)
  for (let made = 0; made < SEALINGS; made += 1000) {
    const sealed = await Promise.all(Array.from({ length: 1000 }, () => sealBytes(key, plaintext, aad)))
    for (const bytes of sealed) seen.add(Buffer.from(bytes.subarray(0, NONCE_BYTES)).toString('latin1'))
  }
  expect(seen.size).toBe(SEALINGS)
  evidence('G10', 'nonces', { sealings: SEALINGS, repeated: 0 })
}, 600_000)

test('each bit of nonce, ciphertext, tag and place that is flipped is refused', async () => {
  const random = randomFrom(seed)
  const lengths = isFull ? [0, 1, 16, 100, 1000] : [0, 1, 33]
  let flips = 0
  for (const length of lengths) {
    const plaintext = Uint8Array.from({ length }, () => Math.floor(random() * 256))
    const sealed = await sealBytes(key, plaintext, aad)
    expect(await openBytes(key, sealed, aad)).toEqual({ ok: true, value: plaintext })
    for (let bit = 0; bit < (sealed.length + aad.length) * 8; bit += 1) {
      const [bytes, place] = [Uint8Array.from(sealed), Uint8Array.from(aad)]
      const byte = bit >> 3
      if (byte < bytes.length) bytes[byte] = (bytes[byte] ?? 0) ^ (1 << (bit & 7))
      else place[byte - bytes.length] = (place[byte - bytes.length] ?? 0) ^ (1 << (bit & 7))
      expect((await openBytes(key, bytes, place)).ok).toBe(false)
      flips += 1
    }
  }
  evidence('G10', 'bit flips refused', { flips })
}, 600_000)
