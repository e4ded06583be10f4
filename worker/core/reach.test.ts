import { expect, test } from 'vitest'
import index from '../index.ts?raw'
import { newTenant } from '../../tests/support/new-tenant.ts'
import { bindings } from '../../tests/support/scene.ts'
import { HashQueue } from './identity/hash-queue.ts'
import { newIsolate, reachOf } from './reach.ts'
import { fenceAt } from './tenancy/move-store.ts'
import { isVaultFault } from './vault/fault.ts'

test('production refuses a root key that a development machine made, again with every request, and takes its own', async () => {
  const plain = { ...bindings, KEK_1: bindings.KEK_1.replace(/^dev:/, ''), KEK_2: String(bindings.KEK_2).replace(/^dev:/, '') }
  const marked = { ...plain, KEK_1: `dev:${plain.KEK_1}` }
  const asked = (isolate: ReturnType<typeof newIsolate>, env: typeof plain) => reachOf(env, isolate).then(({ keyring }) => (keyring.keks.dev ? 'marked' : 'plain'), (thrown: unknown) => (isVaultFault(thrown) ? thrown.reason : 'another failure'))
  const production = newIsolate(new HashQueue(), true)
  expect([await asked(production, marked), await asked(production, marked), await asked(production, plain)]).toEqual(['kek_malformed', 'kek_malformed', 'plain'])
  expect(await asked(newIsolate(), marked)).toBe('marked')
  expect(index).toContain('isolate: newIsolate(new HashQueue(), true, ')
})

test('a shard is a binding and nothing else: whatever is called like one is dealt to, in the order of the numbers', async () => {
  const wider = { ...bindings, SHARD_10: bindings.SHARD_1, SHARD_3: bindings.SHARD_2, SHARD_X: bindings.SHARD_1, SHARDS: 'two' }
  const reach = await reachOf(wider, newIsolate())
  expect(reach.shardNames).toEqual(['SHARD_1', 'SHARD_2', 'SHARD_3', 'SHARD_10'])
  const tenant = await newTenant()
  const lives = (name: string) => fenceAt(reach.shard(name), tenant.id)
  expect([await lives('SHARD_3'), await lives('SHARD_10')]).toEqual(tenant.shard === 'SHARD_2' ? ['open', null] : [null, 'open'])
  expect((await reachOf(bindings, newIsolate())).shardNames).toEqual(['SHARD_1', 'SHARD_2'])
  expect(() => reach.shard('SHARD_4')).toThrow('no binding for shard SHARD_4')
})

test('a first request that never comes to its end holds up nobody else', async () => {
  const stuck = { ...bindings, KEYS: new Proxy(bindings.KEYS, { get: () => () => new Promise(() => undefined) }) }
  const isolate = newIsolate()
  void reachOf(stuck, isolate)
  await Promise.resolve()
  expect((await reachOf(bindings, isolate)).keyring.bucket === bindings.KEYS).toBe(true)
})
