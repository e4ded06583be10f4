import { expect, test } from 'vitest'

import { newKeyring, newVault, reasonOf, vaultAt } from '../../../tests/support/vault-scene.ts'
import { openBytes, sealBytes } from './aead.ts'
import { newDocumentKey, openDocumentKey } from './document-key.ts'
import { addRootVersion } from './keyring.ts'

const field = { name: 'core.document.key', class: 'content' } as const
const nothing = new Uint8Array(0)
const text = new TextEncoder().encode('page one')

test('a document key comes back from its row and from no other', async () => {
  const keyring = await newKeyring()
  const [{ vault }, other] = [await newVault(keyring), await newVault(keyring)]
  const { key, cell } = await newDocumentKey(vault, field, 'doc_1')
  const sealed = await sealBytes(key, text, nothing)
  const again = await openBytes(await openDocumentKey(vault, field, 'doc_1', cell), sealed, nothing)
  expect(again).toEqual({ ok: true, value: text })
  expect(await reasonOf(openDocumentKey(vault, field, 'doc_2', cell))).toBe('not_authentic')
  expect(await reasonOf(openDocumentKey(other.vault, field, 'doc_1', cell))).toBe('not_authentic')
  expect(key.extractable).toBe(false)
})

test('two documents never share a key', async () => {
  const { vault } = await newVault()
  const [first, second] = [await newDocumentKey(vault, field, 'doc_1'), await newDocumentKey(vault, field, 'doc_2')]
  expect((await openBytes(second.key, await sealBytes(first.key, text, nothing), nothing)).ok).toBe(false)
})

test('rotation reseals the key and leaves the stored object as it is', async () => {
  const { vault, keyring, tenant } = await newVault()
  const { key, cell } = await newDocumentKey(vault, field, 'doc_1')
  const stored = await sealBytes(key, text, nothing)
  await addRootVersion(keyring, { tenant, root: 'seal', version: 2 })
  const moved = await vault.reseal(field, 'doc_1', cell, 2)
  const later = await openDocumentKey(vaultAt(keyring, tenant, 2), field, 'doc_1', moved)
  expect((await openBytes(later, stored, nothing)).ok).toBe(true)
})

test('a document of a data subject dies with the salt', async () => {
  const { vault } = await newVault()
  const { cell } = await newDocumentKey(await vault.withNewSalt('caller', 'cal_1'), field, 'doc_1')
  expect(await reasonOf(openDocumentKey(await vault.withSalt('caller', 'cal_1'), field, 'doc_1', cell))).toBe('no fault')
  expect(await reasonOf(openDocumentKey(vault, field, 'doc_1', cell))).toBe('not_authentic')
})
