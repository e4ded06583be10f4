import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newId } from '../worker/core/id.ts'
import { presets } from '../worker/core/tenancy/contract.ts'
import type { SeatCopy } from './account-words.ts'
import type { HookGuard } from './hook-guard.ts'

const now = Date.UTC(2026, 10, 27)
const namespace = (env as unknown as { HOOK_GUARD: DurableObjectNamespace<HookGuard> }).HOOK_GUARD // `as`: made in wrangler.test.toml
const seat = (tenantId: string): SeatCopy => ({ tenantId, shard: 'SHARD_1', sealVersion: 1, policyVersion: 1, role: '', memberId: '', name: 'n', kind: 'agency', preset: 'combined', policy: presets.combined })
const keys = (from: number, count: number) => Array.from({ length: count }, (_, at) => ({ id: `cal_${String(from + at).padStart(3, '0')}`, salt: new Uint8Array(32).fill(from + at) }))
const organisation = () => namespace.get(namespace.idFromName(newId('ten', now)))
const quotas = { organisation: 3, connection: 3 }
const connection = (id: string, sealed = 'sealed') => ({ id, sender: 'bell', sealed, sealVersion: 1, previousUntil: null })

test('one call says whose a connection is, what proves its messages, and whether it is within both limits', async () => {
  const guard = organisation()
  expect(await guard.present({ connectionId: 'cnn_a', now })).toEqual({ ok: false })
  await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a') })
  expect(await guard.present({ connectionId: 'cnn_a', now })).toMatchObject({ ok: true, seat: { tenantId: 'ten_a', shard: 'SHARD_1' }, connection: { sealed: 'sealed', sender: 'bell' }, limit: { allowed: true, remaining: 2 } })
  expect(await guard.present({ connectionId: 'cnn_b', now })).toEqual({ ok: false })
})

test('an organisation’s limit is over all its connections, and another organisation’s is its own', async () => {
  const [one, other] = [organisation(), organisation()]
  for (const id of ['cnn_a', 'cnn_b']) await one.setUp({ seat: seat('ten_a'), quotas, connection: connection(id) })
  await other.setUp({ seat: seat('ten_b'), quotas, connection: connection('cnn_c') })
  const allowed = async (guard: typeof one, connectionId: string, at = now) => {
    const answer = await guard.present({ connectionId, now: at })
    return answer.ok && answer.limit.allowed
  }
  expect([await allowed(one, 'cnn_a'), await allowed(one, 'cnn_b'), await allowed(one, 'cnn_a'), await allowed(one, 'cnn_b')]).toEqual([true, true, true, false])
  expect(await allowed(other, 'cnn_c')).toBe(true)
  expect(await allowed(one, 'cnn_b', now + 60_000)).toBe(true)
})

test('a revoked connection is not opened again by a secret that comes late, and its sealed secret is gone', async () => {
  const guard = organisation()
  await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a') })
  await guard.revoke({ connectionId: 'cnn_a', now })
  await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a', 'newer') })
  const answers = await Promise.all(Array.from({ length: 200 }, () => guard.present({ connectionId: 'cnn_a', now })))
  expect(answers.filter(({ ok }) => ok)).toEqual([])
})

test('of a thousand messages turned away the last twenty are remembered, each connection’s apart; of a destroyed organisation nothing', async () => {
  const guard = organisation()
  await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a') })
  await guard.refused({ connectionId: 'cnn_b', why: 'missing', at: now })
  for (let n = 0; n < 1000; n += 100) await Promise.all(Array.from({ length: 100 }, (_, at) => guard.refused({ connectionId: 'cnn_a', why: 'wrong_signature', at: now + n + at })))
  const kept = await guard.refusals('cnn_a')
  expect([kept.length, kept[0]?.at, (await guard.refusals('cnn_b')).length]).toEqual([20, now + 999, 1])
  await guard.forget()
  expect([await guard.refusals('cnn_a'), await guard.present({ connectionId: 'cnn_a', now })]).toEqual([[], { ok: false }])
})

test('a key made ahead is handed out once, whoever of two hundred asks, with its bytes; what is written down of it is its id, and another organisation has its own', async () => {
  const [one, other] = [organisation(), organisation()]
  for (const guard of [one, other]) await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a') })
  expect([await one.stockKeys({ made: keys(0, 64), settled: [] }), await other.stockKeys({ made: keys(100, 1), settled: [] })]).toEqual([true, true])
  const taken = (await Promise.all(Array.from({ length: 200 }, () => one.takeKey(now)))).filter((key) => key !== null)
  expect(taken.map(({ id }) => id).toSorted()).toEqual(keys(0, 64).map(({ id }) => id))
  expect(taken.every(({ id, salt }) => salt?.[31] === Number(id.slice(4)))).toBe(true)
  expect((await other.takeKey(now))?.id).toBe('cal_100')
  await runInDurableObject(one, (_, { storage }) => expect(storage.sql.exec('SELECT * FROM stock LIMIT 1').columnNames).toEqual(['id', 'handed_at']))
})

test('keys are wanted when fewer than half are left; those handed out are looked after an hour later and not before, and what lay at hand for half of one is handed to nobody', async () => {
  const guard = organisation()
  await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a') })
  expect(await guard.keysAsked(now)).toEqual({ wanted: 64, handed: [] })
  await guard.stockKeys({ made: keys(0, 64), settled: [] })
  for (let n = 0; n < 32; n += 1) await guard.takeKey(now)
  expect((await guard.keysAsked(now)).wanted).toBe(0)
  const last = await guard.takeKey(now)
  expect(await guard.keysAsked(now)).toEqual({ wanted: 33, handed: [] })
  const later = now + 3_600_000
  expect((await guard.keysAsked(later - 1)).handed).toEqual([])
  const next = await guard.takeKey(later)
  const { handed } = await guard.keysAsked(later)
  expect([handed.length, handed.includes(last?.id ?? ''), next !== null && handed.includes(next.id)]).toEqual([40, true, false]) // eight were at hand, of which seven wait for nobody
  await guard.stockKeys({ made: [], settled: handed })
  expect((await guard.keysAsked(later)).handed).toEqual([])
})

test('a session takes one key however often it rings; one of another organisation’s, and one that was long forgotten, takes its own', async () => {
  const [one, other] = [organisation(), organisation()]
  for (const guard of [one, other]) {
    await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a') })
    await guard.stockKeys({ made: keys(0, 64), settled: [] })
  }
  const rung = await Promise.all(Array.from({ length: 5 }, () => one.takeKeyFor({ session: 'cnn_a s-1', now })))
  expect(rung.map(({ heard, key }) => [heard, key === null])).toEqual([[false, false], ...Array.from({ length: 4 }, () => [true, true])])
  expect((await other.takeKeyFor({ session: 'cnn_a s-1', now })).heard).toBe(false)
  for (let n = 0; n < 2_000; n += 1) await one.takeKeyFor({ session: `later ${n}`, now })
  expect([(await one.takeKeyFor({ session: 'later 1999', now })).heard, (await one.takeKeyFor({ session: 'cnn_a s-1', now })).heard]).toEqual([true, false])
})

test('a destroyed organisation is handed no key and takes none', async () => {
  const guard = organisation()
  await guard.setUp({ seat: seat('ten_a'), quotas, connection: connection('cnn_a') })
  await guard.stockKeys({ made: keys(0, 8), settled: [] })
  await guard.forget()
  expect([await guard.takeKey(now), await guard.stockKeys({ made: keys(8, 1), settled: [] }), await guard.takeKey(now)]).toEqual([null, false, null])
})
