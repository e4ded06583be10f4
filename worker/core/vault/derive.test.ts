import { expect, test } from 'vitest'

import { toHex } from '../../../tests/vectors/hex.ts'
import { open, seal } from './aead.ts'
import { toBase64 } from './bytes.ts'
import { deriveMacKey, deriveSealKey, deriveSubjectKey, hkdfSha256, importRoot, subKeyInfo, type SubKeyName } from './derive.ts'
import { macSign } from './mac.ts'

const raw = (fill: number) => new Uint8Array(32).fill(fill)
const name: SubKeyName = { purpose: 'seal', tenant: 'tnt_a', name: 'contracting.agent.secret', className: 'secret', version: 3 }
const text = new TextEncoder().encode('123-45-6789')
const aad = new Uint8Array(0)

test('[CIQ-24] a field key is HKDF of root, tenant, field and version; two tenants do not open each other\'s', async () => {
  const roots = { a: raw(1), b: raw(2) }
  const keyA = await deriveSealKey(await importRoot(roots.a), name)
  const keyB = await deriveSealKey(await importRoot(roots.b), { ...name, tenant: 'tnt_b' })

  // The key really is HKDF-SHA-256 over those names: made by hand, it opens what the vault's key sealed.
  const byHand = await hkdfSha256(roots.a, raw(0), subKeyInfo(name), 32)
  const handKey = await crypto.subtle.importKey('raw', byHand, 'AES-GCM', false, ['decrypt'])
  const sealedA = await seal(keyA, text, aad)
  expect(await open(handKey, sealedA, aad)).toEqual({ ok: true, value: text })

  const sealedB = await seal(keyB, text, aad)
  expect(sealedB).not.toBe(sealedA)
  expect(await open(keyB, sealedA, aad)).toEqual({ ok: false, reason: 'not_authentic' })
  expect(await open(keyA, sealedB, aad)).toEqual({ ok: false, reason: 'not_authentic' })
})

test('each part of the name makes another key', async () => {
  const root = await importRoot(raw(1))
  const sealed = await seal(await deriveSealKey(root, name), text, aad)
  const others: Partial<SubKeyName>[] = [{ purpose: 'subject' }, { purpose: 'index' }, { tenant: 'tnt_b' }, { name: 'contracting.agent.contact' }, { className: 'contact' }, { version: 4 }]
  for (const other of others) expect((await open(await deriveSealKey(root, { ...name, ...other }), sealed, aad)).ok).toBe(false)
  expect((await open(await deriveSealKey(root, name), sealed, aad)).ok).toBe(true)
})

test('a subject key needs both the root and the salt', async () => {
  const root = await importRoot(raw(1))
  const sealed = await seal(await deriveSubjectKey(root, raw(7), name), text, aad)
  expect((await open(await deriveSubjectKey(root, raw(7), name), sealed, aad)).ok).toBe(true)
  expect((await open(await deriveSubjectKey(root, raw(8), name), sealed, aad)).ok).toBe(false)
  expect((await open(await deriveSubjectKey(await importRoot(raw(2)), raw(7), name), sealed, aad)).ok).toBe(false)
  expect((await open(await deriveSealKey(root, name), sealed, aad)).ok).toBe(false)
})

test('MAC keys of two purposes or names differ, and are HKDF too', async () => {
  const root = await importRoot(raw(1))
  const index: SubKeyName = { purpose: 'index', tenant: 'tnt_a', name: 'core.member.email', version: 1 }
  const mac = async (key: SubKeyName) => toBase64(await macSign(await deriveMacKey(root, key), text))
  const made = await Promise.all([mac(index), mac({ ...index, purpose: 'mac' }), mac({ ...index, name: 'core.member.phone' }), mac({ ...index, tenant: 'tnt_b' }), mac({ ...index, version: 2 })])
  expect(new Set(made).size).toBe(5)

  const byHand = await crypto.subtle.importKey('raw', await hkdfSha256(raw(1), raw(0), subKeyInfo(index), 32), { name: 'HMAC', hash: 'SHA-256' }, false, ['sign'])
  expect(toHex(new Uint8Array(await crypto.subtle.sign('HMAC', byHand, text)))).toBe(toHex(await macSign(await deriveMacKey(root, index), text)))
})

test('keys cannot be exported, and roots and salts have one size', async () => {
  const root = await importRoot(raw(1))
  for (const key of [root, await deriveSealKey(root, name), await deriveMacKey(root, name)]) expect(key.extractable).toBe(false)
  for (const length of [0, 16, 31, 33]) {
    await expect(importRoot(new Uint8Array(length))).rejects.toMatchObject({ reason: 'wrong_size' })
    await expect(deriveSubjectKey(root, new Uint8Array(length), name)).rejects.toMatchObject({ reason: 'wrong_size' })
  }
  for (const version of [0, -1, 0.5, Number.NaN]) expect(() => subKeyInfo({ ...name, version })).toThrowError(expect.objectContaining({ reason: 'malformed' }))
})
