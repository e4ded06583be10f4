import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { newId } from '../worker/core/id.ts'
import { presets } from '../worker/core/tenancy/contract.ts'
import type { SeatCopy } from './account-words.ts'
import type { HookGuard } from './hook-guard.ts'

const now = Date.UTC(2026, 10, 27)
const namespace = (env as unknown as { HOOK_GUARD: DurableObjectNamespace<HookGuard> }).HOOK_GUARD // `as`: made in wrangler.test.toml
const seat = (tenantId: string): SeatCopy => ({ tenantId, shard: 'SHARD_1', sealVersion: 1, policyVersion: 1, role: '', memberId: '', name: 'n', kind: 'agency', preset: 'combined', policy: presets.combined })
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
