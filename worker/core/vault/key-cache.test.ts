import { expect, test } from 'vitest'

import { keysBucket, newKeyring, newTenantId, reasonOf, vaultAt } from '../../../tests/support/vault-scene.ts'
import { CACHE_MS, KeyCache } from './key-cache.ts'
import { createRoots, destroyRootVersion, type Keyring } from './keyring.ts'

const NOW = 1_795_000_000_000
const field = { name: 'core.member.contact', class: 'contact' } as const

async function counted(): Promise<{ keyring: Keyring; gets: () => number }> {
  const { keks } = await newKeyring()
  let gets = 0
  const bucket: Keyring['bucket'] = {
    get: (key) => {
      gets += 1
      return keysBucket.get(key)
    },
    put: (...args) => keysBucket.put(...args),
    delete: (keys) => keysBucket.delete(keys),
    list: (options) => keysBucket.list(options),
  }
  return { keyring: { bucket, keks }, gets: () => gets }
}

test('one read of the bucket serves every sealing and opening of five minutes', async () => {
  const { keyring, gets } = await counted()
  const tenant = newTenantId()
  await createRoots(keyring, tenant)
  const cache = new KeyCache()
  const before = gets()
  const at = (now: number) => vaultAt(keyring, tenant, 1, cache, now)
  const cell = await at(NOW).seal(field, 'mem_1', 'x')
  await Promise.all(Array.from({ length: 25 }, () => at(NOW + CACHE_MS - 1).open(field, 'mem_1', cell)))
  expect(gets() - before).toBe(1)
  await at(NOW + CACHE_MS).open(field, 'mem_1', cell)
  expect(gets() - before).toBe(2)
})

test('a cold list of one request asks the bucket once', async () => {
  const { keyring, gets } = await counted()
  const tenant = newTenantId()
  await createRoots(keyring, tenant)
  const cell = await vaultAt(keyring, tenant, 1).seal(field, 'mem_1', 'x')
  const before = gets()
  await vaultAt(keyring, tenant, 1).openMany(field, Array.from({ length: 25 }, () => ({ id: 'mem_1', cell })))
  expect(gets() - before).toBe(1)
})

test('a request that never finishes its load does not hold up another', async () => {
  const { keyring } = await counted()
  const tenant = newTenantId()
  await createRoots(keyring, tenant)
  const cache = new KeyCache()
  const stuck: Keyring = { ...keyring, bucket: { ...keyring.bucket, get: () => new Promise(() => {}) } }
  void vaultAt(stuck, tenant, 1, cache).seal(field, 'mem_1', 'x')
  expect(await reasonOf(vaultAt(keyring, tenant, 1, cache).seal(field, 'mem_1', 'x'))).toBe('no fault')
})

test('a clock that goes back does not keep a root for ever', async () => {
  const { keyring, gets } = await counted()
  const tenant = newTenantId()
  await createRoots(keyring, tenant)
  const cache = new KeyCache()
  const before = gets()
  for (const now of [NOW, NOW - 1]) await cache.root(keyring, { tenant, root: 'seal', version: 1 }, now)
  expect(gets() - before).toBe(2)
})

test('a failure is not remembered', async () => {
  const { keyring } = await counted()
  const tenant = newTenantId()
  const cache = new KeyCache()
  const vault = vaultAt(keyring, tenant, 1, cache)
  expect(await reasonOf(vault.seal(field, 'mem_1', 'x'))).toBe('root_missing')
  await createRoots(keyring, tenant)
  expect(await reasonOf(vault.seal(field, 'mem_1', 'x'))).toBe('no fault')
})

test('a forgotten root is asked for again by the next request, and a destroyed one is then refused', async () => {
  const { keyring } = await counted()
  const tenant = newTenantId()
  await createRoots(keyring, tenant)
  const cache = new KeyCache()
  const cell = await vaultAt(keyring, tenant, 1, cache).seal(field, 'mem_1', 'x')
  const id = { tenant, root: 'seal', version: 1 } as const
  await destroyRootVersion(keyring, id)
  const nextRequest = () => reasonOf(vaultAt(keyring, tenant, 1, cache).open(field, 'mem_1', cell))
  expect(await nextRequest()).toBe('no fault') // still cached, for five minutes at most
  cache.forget(id)
  expect(await nextRequest()).toBe('root_missing')
})

test('it holds so many roots and no more', async () => {
  const { keyring, gets } = await counted()
  const tenants = [newTenantId(), newTenantId(), newTenantId()]
  for (const tenant of tenants) await createRoots(keyring, tenant)
  const cache = new KeyCache(2)
  const before = gets()
  const load = (at: number) => cache.root(keyring, { tenant: tenants[at] ?? '', root: 'seal', version: 1 }, NOW)
  for (const at of [0, 1, 2, 2, 1]) await load(at)
  expect(gets() - before).toBe(3)
  await load(0)
  expect(gets() - before).toBe(4)
})
