import { expect, test } from 'vitest'

import { keysBucket, newTenantId, reasonOf } from '../../../tests/support/vault-scene.ts'
import { toHex } from '../../../tests/vectors/hex.ts'
import type { KeyBucket } from './key-bucket.ts'
import { saltPath } from './key-path.ts'
import { createSalt, createSaltsAhead, destroySalt, destroySaltsStep, readSalt } from './salts.ts'

test('a salt is made once, is 32 bytes, and every later maker gets the same one', async () => {
  const id = { tenant: newTenantId(), kind: 'caller', id: 'cal_1' }
  expect(await readSalt(keysBucket, id)).toBeNull()
  const made = await Promise.all(Array.from({ length: 10 }, () => createSalt(keysBucket, id)))
  expect(new Set(made.map(toHex)).size).toBe(1)
  expect(made[0]?.length).toBe(32)
  expect(toHex((await readSalt(keysBucket, id))!)).toBe(toHex(made[0]!)) // non-null: just made
})

/** The keys' bucket as R2 sells it: one write a second at one key, the others refused. Says how many puts were tried. */
function limitedBucket(options: { slow?: boolean } = {}): { bucket: KeyBucket; puts: () => number } {
  let [puts, taken] = [0, false]
  const put: KeyBucket['put'] = async (key, value, condition) => {
    puts += 1
    if (taken) throw new Error('put: Reduce your concurrent request rate for the same object. (10058)')
    taken = true
    if (options.slow) await new Promise((done) => setTimeout(done, 30))
    return keysBucket.put(key, value, condition)
  }
  return { bucket: { get: (key) => keysBucket.get(key), put, delete: (keys) => keysBucket.delete(keys), list: (asked) => keysBucket.list(asked) }, puts: () => puts }
}

test('a salt that is there is never put again, however often it is asked for, and another tenant’s is made once too', async () => {
  const [mine, theirs] = [newTenantId(), newTenantId()].map((tenant) => ({ tenant, kind: 'person', id: 'anonymous.2026-11' }))
  for (const id of [mine!, theirs!]) { // non-null: two were made
    const { bucket, puts } = limitedBucket()
    const made = await createSalt(bucket, id)
    for (let n = 0; n < 25; n += 1) expect(await createSalt(bucket, id)).toEqual(made)
    expect(puts()).toBe(1)
  }
})

test('of many who make the same salt in its first second, those the bucket turns away get the one that was made', async () => {
  const id = { tenant: newTenantId(), kind: 'person', id: 'anonymous.2026-12' }
  const { bucket } = limitedBucket({ slow: true })
  const made = await Promise.all(Array.from({ length: 40 }, () => createSalt(bucket, id)))
  expect(new Set(made.map(toHex)).size).toBe(1)
})

test('a bucket that refuses every write is not taken for one that has the salt', async () => {
  const id = { tenant: newTenantId(), kind: 'person', id: 'anonymous.2027-01' }
  const refusing: KeyBucket = { ...limitedBucket().bucket, put: () => Promise.reject(new Error('refused')) }
  await expect(createSalt(refusing, id)).rejects.toThrow('refused')
  expect(await readSalt(keysBucket, id)).toBeNull()
})

test('two tenants, kinds or ids never share a salt', async () => {
  const [a, b] = [newTenantId(), newTenantId()]
  const ids = [{ tenant: a, kind: 'caller', id: '1' }, { tenant: b, kind: 'caller', id: '1' }, { tenant: a, kind: 'call', id: '1' }, { tenant: a, kind: 'caller', id: '2' }]
  const salts = await Promise.all(ids.map((id) => createSalt(keysBucket, id)))
  expect(new Set(salts.map(toHex)).size).toBe(4)
})

test('a destroyed salt is gone, and only that one', async () => {
  const tenant = newTenantId()
  const [gone, kept] = [{ tenant, kind: 'caller', id: '1' }, { tenant, kind: 'caller', id: '10' }]
  await createSalt(keysBucket, gone)
  await createSalt(keysBucket, kept)
  await destroySalt(keysBucket, gone)
  await destroySalt(keysBucket, gone)
  expect(await readSalt(keysBucket, gone)).toBeNull()
  expect(await readSalt(keysBucket, kept)).not.toBeNull()
})

test('closing a tenant destroys all its salts in steps and no one else\'s', async () => {
  const [tenant, stranger] = [newTenantId(), newTenantId()]
  for (let at = 0; at < 12; at += 1) await createSalt(keysBucket, { tenant, kind: 'caller', id: String(at) })
  await createSalt(keysBucket, { tenant: stranger, kind: 'caller', id: '0' })
  expect(await destroySaltsStep(keysBucket, tenant)).toBe(true)
  expect(await readSalt(keysBucket, { tenant, kind: 'caller', id: '3' })).toBeNull()
  expect(await readSalt(keysBucket, { tenant: stranger, kind: 'caller', id: '0' })).not.toBeNull()
  expect(await destroySaltsStep(keysBucket, tenant)).toBe(true)
})

test('a salt of another length is refused, as is an id that could reach elsewhere', async () => {
  const id = { tenant: newTenantId(), kind: 'caller', id: '1' }
  await keysBucket.put(saltPath(id.tenant, id.kind, id.id), new Uint8Array(31))
  expect(await reasonOf(readSalt(keysBucket, id))).toBe('wrong_size')
  expect(await reasonOf(createSalt(keysBucket, { ...id, id: '../x' }))).toBe('malformed')
  expect(await reasonOf(createSalt(keysBucket, { ...id, kind: 'a/b' }))).toBe('malformed')
})

test('salts made ahead are there when they are answered; one that lay there already is neither replaced nor answered, and one that did not stay is not', async () => {
  const of = { tenant: newTenantId(), kind: 'call' }
  const old = await createSalt(keysBucket, { ...of, id: 'cal_ahead1' })
  const forgetful: KeyBucket = { get: (key) => keysBucket.get(key), put: (key, value, options) => (key.endsWith('ahead3') ? Promise.resolve({ etag: 'said so' }) : keysBucket.put(key, value, options)), delete: (key) => keysBucket.delete(key), list: (asked) => keysBucket.list(asked) }
  const made = await createSaltsAhead(forgetful, of, 'cal_ahead', ['cal_ahead1', 'cal_ahead2', 'cal_ahead3'])
  expect([...made.keys()]).toEqual(['cal_ahead2'])
  expect(await readSalt(keysBucket, { ...of, id: 'cal_ahead2' })).toEqual(made.get('cal_ahead2'))
  expect(await readSalt(keysBucket, { ...of, id: 'cal_ahead1' })).toEqual(old)
})
