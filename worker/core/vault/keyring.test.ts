import { expect, test } from 'vitest'

import { kekText, keysBucket, newKeyring, newTenantId, reasonOf } from '../../../tests/support/vault-scene.ts'
import { open, seal } from './aead.ts'
import { deriveSealKey } from './derive.ts'
import type { KeyBucket } from './key-bucket.ts'
import { rootPath } from './key-path.ts'
import { addRootVersion, createRoots, destroyRoots, destroyRootVersion, loadRoot, rootVersions } from './keyring.ts'
import { ROOTS, type RootId } from './wrap.ts'

const nothing = new Uint8Array(0)

/** Whether two roots are one: what a key of the first seals, the same key of the second opens. */
async function same(a: CryptoKey, b: CryptoKey): Promise<boolean> {
  const name = { purpose: 'seal', tenant: 't', name: 'n', version: 1 } as const
  return (await open(await deriveSealKey(b, name), await seal(await deriveSealKey(a, name), nothing, nothing), nothing)).ok
}

test('a tenant gets four roots, no two alike, none in clear in the bucket', async () => {
  const keyring = await newKeyring()
  const tenant = newTenantId()
  await createRoots(keyring, tenant)
  const loaded = await Promise.all(ROOTS.map((root) => loadRoot(keyring, { tenant, root, version: 1 })))
  for (const [at, root] of loaded.entries()) {
    for (const [other, another] of loaded.entries()) expect(await same(root, another)).toBe(at === other)
  }
  for (const root of ROOTS) {
    const record = await (await keysBucket.get(rootPath({ tenant, root, version: 1 })))?.json()
    expect(Object.keys(record as object).sort()).toEqual(['format', 'kek', 'sealed']) // `as`: an object by the line above it in the bucket
  }
})

test('creating again, even many times at once, leaves the first roots in place', async () => {
  const keyring = await newKeyring()
  const tenant = newTenantId()
  await Promise.all(Array.from({ length: 8 }, () => createRoots(keyring, tenant)))
  const before = await loadRoot(keyring, { tenant, root: 'seal', version: 1 })
  await createRoots(keyring, tenant)
  expect(await same(before, await loadRoot(keyring, { tenant, root: 'seal', version: 1 }))).toBe(true)
})

test('versions are added beside each other and listed in number order', async () => {
  const keyring = await newKeyring()
  const tenant = newTenantId()
  const stranger = newTenantId()
  await createRoots(keyring, tenant)
  await createRoots(keyring, stranger)
  for (const version of [2, 10, 9]) await addRootVersion(keyring, { tenant, root: 'seal', version })
  expect(await rootVersions(keyring, tenant, 'seal')).toEqual([1, 2, 9, 10])
  expect(await rootVersions(keyring, tenant, 'index')).toEqual([1])
  expect(await rootVersions(keyring, stranger, 'seal')).toEqual([1])
  const [first, second] = await Promise.all([1, 2].map((version) => loadRoot(keyring, { tenant, root: 'seal', version })))
  expect(await same(first!, second!)).toBe(false) // non-null: two in, two out
})

test('a destroyed version is gone, the others stay', async () => {
  const keyring = await newKeyring()
  const tenant = newTenantId()
  await createRoots(keyring, tenant)
  await addRootVersion(keyring, { tenant, root: 'seal', version: 2 })
  await destroyRootVersion(keyring, { tenant, root: 'seal', version: 1 })
  await destroyRootVersion(keyring, { tenant, root: 'seal', version: 1 })
  expect(await reasonOf(loadRoot(keyring, { tenant, root: 'seal', version: 1 }))).toBe('root_missing')
  expect(await reasonOf(loadRoot(keyring, { tenant, root: 'seal', version: 2 }))).toBe('no fault')
})

test('closing a tenant destroys its roots, keeps those named, and touches no other tenant', async () => {
  const keyring = await newKeyring()
  const [tenant, stranger] = [newTenantId(), newTenantId()]
  await createRoots(keyring, tenant)
  await createRoots(keyring, stranger)
  await addRootVersion(keyring, { tenant, root: 'seal', version: 2 })
  await destroyRoots(keyring, tenant, ['audit'])
  const left = await Promise.all(ROOTS.map(async (root) => [root, await rootVersions(keyring, tenant, root)]))
  expect(left).toEqual([['seal', []], ['index', []], ['token', []], ['audit', [1]]])
  for (const root of ROOTS) expect(await rootVersions(keyring, stranger, root)).toEqual([1])
})

test("another tenant's root copied over one's own does not open", async () => {
  const keyring = await newKeyring()
  const [tenant, stranger] = [newTenantId(), newTenantId()]
  await createRoots(keyring, tenant)
  await createRoots(keyring, stranger)
  const theirs: RootId = { tenant: stranger, root: 'seal', version: 1 }
  const mine: RootId = { ...theirs, tenant }
  await keysBucket.put(rootPath(mine), (await (await keysBucket.get(rootPath(theirs)))?.text()) ?? '')
  expect(await reasonOf(loadRoot(keyring, mine))).toBe('root_refused')
  await keysBucket.put(rootPath(mine), 'damaged')
  expect(await reasonOf(loadRoot(keyring, mine))).toBe('malformed')
})

test('without the KEK that wrapped it a root is not read, and nothing is created over it', async () => {
  const tenant = newTenantId()
  await createRoots(await newKeyring({ KEK_1: kekText('a') }), tenant)
  const withdrawn = await newKeyring({ KEK_2: kekText('b') })
  expect(await reasonOf(loadRoot(withdrawn, { tenant, root: 'seal', version: 1 }))).toBe('kek_missing')
  expect(await reasonOf(createRoots(withdrawn, tenant))).toBe('kek_missing')
  expect(await reasonOf(loadRoot(await newKeyring({ KEK_1: kekText('a') }), { tenant, root: 'seal', version: 1 }))).toBe('no fault')
})

test('an id that could reach into another path is refused', async () => {
  const keyring = await newKeyring()
  for (const tenant of ['', '.', '..', 'a/b', '../tnt_1', 'a\\b', 'a b', 'a\n', '/']) {
    expect(await reasonOf(createRoots(keyring, tenant))).toBe('malformed')
  }
})

test('a bucket that does not keep what it is given, or what it should forget, is reported', async () => {
  const tenant = newTenantId()
  const honest = await newKeyring()
  const forgetful = { ...honest, bucket: { ...bucketOf(honest), put: async () => ({ etag: 'x' }) } }
  expect(await reasonOf(createRoots(forgetful, tenant))).toBe('root_missing')
  await createRoots(honest, tenant)
  const stubborn = { ...honest, bucket: { ...bucketOf(honest), delete: async () => {} } }
  expect(await reasonOf(destroyRootVersion(stubborn, { tenant, root: 'seal', version: 1 }))).toBe('key_store')
})

function bucketOf({ bucket }: { bucket: KeyBucket }): KeyBucket {
  return { get: (key) => bucket.get(key), put: (...args) => bucket.put(...args), delete: (keys) => bucket.delete(keys), list: (options) => bucket.list(options) }
}
