import { expect, test } from 'vitest'
import { NONCE_BYTES, sealBytes } from '../../worker/core/vault/aead.ts'
import { evidence } from '../support/evidence.ts'
import { isFull } from '../support/figures.ts'
import { toHex } from './hex.ts'

/** Sealings under one key in workerd; the harness makes a million in Node. */
const SEALINGS = isFull ? 200_000 : 10_000

test('no nonce comes twice under one key in the runtime that seals', async () => {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(32).fill(7), 'AES-GCM', false, ['encrypt', 'decrypt'])
  const seen = new Set<string>()
  for (let made = 0; made < SEALINGS; made += 1000) {
    for (const sealed of await Promise.all(Array.from({ length: 1000 }, () => sealBytes(key, new Uint8Array(16), new Uint8Array(0))))) seen.add(toHex(sealed.subarray(0, NONCE_BYTES)))
  }
  expect(seen.size).toBe(SEALINGS)
  evidence('G10', 'nonces in workerd', { sealings: SEALINGS, repeated: 0 })
}, 300_000)
