import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newId } from '../worker/core/id.ts'
import { presets } from '../worker/core/tenancy/contract.ts'
import type { SeatCopy } from './account-words.ts'
import type { KeyGuard } from './key-guard.ts'

const now = Date.UTC(2026, 10, 22)
const namespace = (env as unknown as { KEY_GUARD: DurableObjectNamespace<KeyGuard> }).KEY_GUARD // `as`: made in wrangler.test.toml
const seat = (tenantId: string): SeatCopy => ({ tenantId, shard: 'SHARD_1', sealVersion: 1, policyVersion: 1, role: '', memberId: '', name: 'n', kind: 'agency', preset: 'combined', policy: presets.combined })
const key = () => namespace.get(namespace.idFromName(newId('key', now)))
const event = { id: newId('evt', now), name: 'core.api_key.revoked', subject: 'key', meta: {}, actorKind: 'account' as const, at: now, personal: null }

test('a key opens its tenant with its secret only, and not before it was set up', async () => {
  const guard = key()
  expect(await guard.present({ secretHash: 'right', now })).toEqual({ ok: false })
  expect(await guard.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: ['members.read'], requests: 100, expiresAt: null })).toBe(true)
  expect(await guard.present({ secretHash: 'right', now })).toMatchObject({ ok: true, seat: { tenantId: 'ten_a' }, scopes: ['members.read'], limit: { quota: 100, allowed: true, remaining: 99 } })
  expect(await guard.present({ secretHash: 'wrong', now })).toEqual({ ok: false })
})

test('a key is never given a second secret or another tenant', async () => {
  const guard = key()
  await guard.setUp({ secretHash: 'first', seat: seat('ten_a'), scopes: [], requests: 100, expiresAt: null })
  expect(await guard.setUp({ secretHash: 'second', seat: seat('ten_b'), scopes: [], requests: 100, expiresAt: null })).toBe(false)
  expect(await guard.present({ secretHash: 'second', now })).toEqual({ ok: false })
})

test('a carrier’s key says whose it is, and a workspace key that it is nobody’s', async () => {
  const [carriers, workspace] = [key(), key()]
  await carriers.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: [], requests: 100, expiresAt: null, carrierId: 'car_1' })
  await workspace.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: [], requests: 100, expiresAt: null })
  expect(await carriers.present({ secretHash: 'right', now })).toMatchObject({ ok: true, carrierId: 'car_1' })
  expect(await workspace.present({ secretHash: 'right', now })).toMatchObject({ ok: true, carrierId: null })
  expect(await carriers.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: [], requests: 100, expiresAt: null, carrierId: 'car_2' })).toBe(false)
  expect(await carriers.present({ secretHash: 'right', now })).toMatchObject({ carrierId: 'car_1' })
})

test('revoked once, a key opens nothing; the tenant’s log is told once', async () => {
  const guard = key()
  await guard.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: [], requests: 100, expiresAt: null })
  expect(await guard.revoke({ now, events: [event] })).toBe(true)
  expect(await guard.revoke({ now, events: [event] })).toBe(false)
  const answers = await Promise.all(Array.from({ length: 200 }, () => guard.present({ secretHash: 'right', now })))
  expect(answers.filter(({ ok }) => ok)).toEqual([])
  expect((await guard.outbox(10)).rows.map(({ destination, n }) => [destination, n])).toEqual([['ten_a', 1]])
})

test('a key ends at its time, for good', async () => {
  const guard = key()
  await guard.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: [], requests: 100, expiresAt: now + 1000 })
  expect(await guard.present({ secretHash: 'right', now: now + 999 })).toMatchObject({ ok: true })
  expect(await guard.present({ secretHash: 'right', now: now + 1000 })).toEqual({ ok: false })
  expect(await guard.present({ secretHash: 'right', now })).toEqual({ ok: false })
})

test('its requests are limited by the minute, another key’s are not', async () => {
  const [one, other] = [key(), key()]
  for (const guard of [one, other]) await guard.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: [], requests: 3, expiresAt: null })
  const allowed = async (guard: typeof one, at = now) => {
    const answer = await guard.present({ secretHash: 'right', now: at })
    return answer.ok && answer.limit.allowed
  }
  for (let n = 0; n < 3; n += 1) expect(await allowed(one)).toBe(true)
  expect(await allowed(one)).toBe(false)
  expect(await allowed(other)).toBe(true)
  expect(await allowed(one, now + 60_000)).toBe(true)
})

test('calls above a carrier’s limit put off nothing that waits to be told', async () => {
  const guard = key()
  await guard.setUp({ secretHash: 'right', seat: seat('ten_a'), scopes: [], requests: 1, expiresAt: null, carrierId: 'car_1' })
  const present = Date.now()
  const alarms = await runInDurableObject(guard, async (instance: KeyGuard, { storage }) => {
    const after = async (at: number) => {
      instance.present({ secretHash: 'right', now: at, refusal: { ...event, name: 'contracting.carrier_api.read', actorKind: 'key' } })
      return storage.getAlarm()
    }
    const [, refused] = [await after(present), await after(present)]
    // The next minute's first call tells of that one at once; the second is above the limit again.
    await after(present + 60_000)
    return { refused, refusedAgain: await after(present + 60_000) }
  })
  expect((alarms.refused ?? 0) - present).toBeGreaterThan(30_000)
  expect((alarms.refusedAgain ?? 0) - present).toBeLessThan(15_000)
})
