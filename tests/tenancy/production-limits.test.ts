import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { refreshSeats } from '../../worker/core/identity/seats.ts'
import { newIsolate, reachOf } from '../../worker/core/reach.ts'
import { newAccount, newTenant } from '../support/new-tenant.ts'
import { bindings } from '../support/scene.ts'
import { newTrace, watched } from '../support/watched-env.ts'

const text = (bytes: number): string => 'x'.repeat(bytes)
const marks = (n: number): string => Array.from({ length: n }, () => '?').join(',')

// Planted offences: each is taken by a local workerd or its SQLite and refused by production, so each must be refused here.
test('a statement that production refuses is refused in every test, on every shard', () => {
  for (const database of [bindings.DIRECTORY, bindings.SHARD_1, bindings.SHARD_2]) {
    const bind = (sql: string, ...params: unknown[]) => () => database.prepare(sql).bind(...params)
    expect(bind(`SELECT ${marks(100)}`, ...Array.from({ length: 100 }, () => 1))).not.toThrow()
    expect(bind(`SELECT ${marks(101)}`, ...Array.from({ length: 101 }, () => 1))).toThrow('101 bound parameters')
    expect(bind("SELECT 1 WHERE 'a' LIKE ?", text(50))).not.toThrow()
    expect(bind("SELECT ? WHERE 'a' LIKE ?", text(60), text(51))).toThrow('LIKE pattern of 51 bytes')
    expect(bind("SELECT ? WHERE 'a' LIKE ?", 1, 'ä'.repeat(26))).toThrow('LIKE pattern of 52 bytes')
    expect(bind(`SELECT ? WHERE 'a' GLOB '${text(51)}'`, 1)).toThrow('LIKE pattern of 51 bytes')
    expect(bind('SELECT ?, ?', text(1_000_000), text(900_000))).not.toThrow()
    expect(bind('SELECT ?, ?', text(1_000_000), text(900_001))).toThrow('row of 1900001 bytes')
    expect(bind('SELECT ?', new Uint8Array(1_900_001))).toThrow('row of')
    expect(bind(`SELECT ? /* ${text(100_000)} */`, 1)).toThrow('statement of')
  }
})

test('so is one in an object’s own SQLite', async () => {
  const chain = bindings.AUDIT_CHAIN.get(bindings.AUDIT_CHAIN.idFromName('limits'))
  await runInDurableObject(chain, (_, { storage }) => {
    expect(storage.sql.exec('SELECT ? AS n', 1).one()).toEqual({ n: 1 })
    expect(() => storage.sql.exec(`SELECT ${marks(101)}`, ...Array.from({ length: 101 }, () => 1))).toThrow('101 bound parameters')
    expect(() => storage.sql.exec("SELECT 1 WHERE 'a' LIKE ?", text(51))).toThrow('LIKE pattern')
    expect(() => storage.sql.exec('SELECT ?', text(1_900_001))).toThrow('row of')
  })
})

test('so is a key derivation above 100,000 rounds', async () => {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits', 'deriveKey'])
  const by = (iterations: number) => ({ name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations })
  expect((await crypto.subtle.deriveBits(by(100_000), key, 256)).byteLength).toBe(32)
  expect(() => crypto.subtle.deriveBits(by(100_001), key, 256)).toThrow('PBKDF2 with 100001 iterations')
  expect(() => crypto.subtle.deriveKey(by(100_001), key, { name: 'AES-GCM', length: 256 }, false, ['encrypt'])).toThrow('PBKDF2')
})

test('a seventh connection at once is counted as such', async () => {
  const [trace, one] = [newTrace(), newTrace()]
  const ask = (env: typeof bindings, n: number) => Promise.all(Array.from({ length: n }, (_, at) => (at % 2 ? env.KEYS.get('nowhere') : env.SHARD_1.prepare('SELECT ?').bind(1).all())))
  await ask(watched(bindings, trace, { on: true }), 7)
  for (let turn = 0; turn < 3; turn += 1) await ask(watched(bindings, one, { on: true }), 1)
  expect([trace.open, one.open]).toEqual([{ now: 0, most: 7 }, { now: 0, most: 1 }])
})

test('somebody who works in nine tenants signs in over six connections at once, and has nine seats', async () => {
  const owner = await newAccount('Nina Nine')
  for (let n = 0; n < 9; n += 1) await newTenant({ owner })
  const trace = newTrace()
  const seats = await refreshSeats(await reachOf(watched(bindings, trace, { on: true }), newIsolate()), owner.accountId)
  expect(new Set(seats.map(({ tenantId }) => tenantId)).size).toBe(9)
  expect(trace.open.most).toBe(6)
})
