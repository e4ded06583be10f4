import { expect, test } from 'vitest'
import { newDialler } from '../../../tests/support/call-scene.ts'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, entriesOf, failureOf, reachNow, type Browser } from '../../../tests/support/scene.ts'
import { changePolicy } from '../tenancy/change-policy.ts'
import { readHookPath } from './address.ts'
import { listConnections, readConnection } from './list-connections.ts'
import { makeConnection } from './make-connection.ts'
import { OVERLAP_MS } from './module.ts'
import { secretsNow } from './open-connection.ts'
import { revokeConnection, revokedConnection } from './revoke-connection.ts'
import { rotateConnection } from './rotate-connection.ts'
import type { HookSender } from './sender.ts'
import { testConnection } from './test-connection.ts'

/** Proves its messages by saying the secret. */
const bell: HookSender = {
  name: 'bell',
  bytes: 100,
  perMinute: 60,
  newSecret: () => crypto.randomUUID(),
  verify: async ({ headers }, secret) => (headers.get('bell') === secret ? { accepted: true, body: {}, eventId: headers.get('id') ?? '' } : { accepted: false, why: 'wrong_signature' }),
  sample: async (secret, _now, id) => ({ headers: new Headers({ bell: secret, id }), body: new Uint8Array() }),
  take: async () => ({ type: 'rung', result: 'nothing', writes: [], events: [] }),
}

async function house(): Promise<{ tenant: TestTenant; owner: Browser }> {
  const tenant = await newTenant({ preset: 'callintel' })
  return { tenant, owner: await asOwner(tenant) }
}
const make = (owner: Browser, label = 'Front door') => owner.run((ctx) => makeConnection(ctx, bell, { label }))
const shard = async (tenant: TestTenant, id: string) => (await reachNow()).shard(tenant.shard).prepare('select * from hook_connections where id = ?').bind(id).first<Record<string, unknown>>()

test('the owner makes a connection: address and secret are in that answer, and the row shows neither', async () => {
  const { tenant, owner } = await house()
  const { connection, url, secret } = await make(owner)
  expect(await readHookPath((await reachNow()).signer, 'bell', url.split('/').at(-1) ?? '')).toEqual({ tenantId: tenant.id, connectionId: connection.id })
  expect(JSON.stringify(await shard(tenant, connection.id))).not.toContain(secret)
  const listed = await owner.run((ctx) => listConnections(ctx, { limit: 10 }))
  expect(listed.connections).toEqual([expect.objectContaining({ id: connection.id, label: 'Front door', state: 'active' })])
  expect(JSON.stringify(listed)).not.toContain(secret)
  expect((await entriesOf(tenant.id, 'core.hook_connection.made')).map(({ subject, meta }) => [subject, meta])).toEqual([[connection.id, { sender: 'bell' }]])
})

test('[CAL-84] under CallIntel’s preset nobody but the owner sees or makes a connection; another tenant’s is nowhere', async () => {
  const [{ tenant, owner }, other] = [await house(), await house()]
  const { connection } = await make(owner)
  for (const browser of [await asAdmin(tenant), await asMember(tenant), await asViewer(tenant)]) {
    expect(await failureOf(make(browser))).toMatchObject({ code: 'role_required' })
    expect(await failureOf(browser.run((ctx) => listConnections(ctx, { limit: 10 })))).toMatchObject({ code: 'role_required' })
    expect(await failureOf(browser.run((ctx) => readConnection(ctx, connection.id)))).toMatchObject({ code: 'role_required' })
  }
  expect(await failureOf(other.owner.run((ctx) => readConnection(ctx, connection.id)))).toEqual({ code: 'not_found' })
  expect(await failureOf(other.owner.run((ctx) => rotateConnection(ctx, [bell], connection.id)))).toEqual({ code: 'not_found' })
  expect(await failureOf(other.owner.run((ctx) => revokeConnection(ctx, connection.id)))).toEqual({ code: 'not_found' })
  const stale = await asOwner(tenant, { proven: false })
  expect(await failureOf(make(stale))).toMatchObject({ code: 'step_up_required', mode: 'recent' })
})

test('after a rotation both secrets are good for 24 hours to the millisecond, and the one before those for nothing', async () => {
  const { tenant, owner } = await house()
  const { connection, secret } = await make(owner)
  const second = await owner.run((ctx) => rotateConnection(ctx, [bell], connection.id))
  const third = await owner.run((ctx) => rotateConnection(ctx, [bell], connection.id, { given: 'given-by-the-vendor' }))
  expect(third.secret).toBe('given-by-the-vendor')
  const at = third.connection.secretAt
  const accepted = (now: number) =>
    tenant.asJob(async (ctx) => {
      const held = await ctx.reach.hookGuards.of(tenant.id).present({ connectionId: connection.id, now })
      return held.ok ? secretsNow(ctx, held.connection, 60) : []
    }, now)
  expect(await accepted(at + OVERLAP_MS - 1)).toEqual([third.secret, second.secret])
  expect(await accepted(at + OVERLAP_MS)).toEqual([third.secret])
  expect([third.secret, second.secret]).not.toContain(secret)
})

test('a revoked connection is closed at its guard, its secret is out of its row, and revoking twice says so', async () => {
  const { tenant, owner } = await house()
  const { connection } = await make(owner)
  expect(await owner.run((ctx) => revokeConnection(ctx, connection.id))).toMatchObject({ state: 'revoked' })
  expect(await owner.run((ctx) => revokedConnection(ctx, connection.id))).toMatchObject({ state: 'revoked' })
  expect(await (await reachNow()).hookGuards.of(tenant.id).present({ connectionId: connection.id, now: Date.now() })).toEqual({ ok: false })
  expect(await failureOf(owner.run((ctx) => revokeConnection(ctx, connection.id)))).toMatchObject({ code: 'conflict', state: 'connection_changed' })
  expect(await failureOf(owner.run((ctx) => testConnection(ctx, [bell], connection.id)))).toEqual({ code: 'not_found' })
})

test('a test goes through the sender’s own check and stands among the last messages; a refused one leaves no message', async () => {
  const { tenant, owner } = await house()
  const { connection } = await make(owner)
  expect(await owner.run((ctx) => testConnection(ctx, [bell], connection.id))).toEqual({ accepted: true, verdict: 'accepted' })
  const deaf: HookSender = { ...bell, verify: async () => ({ accepted: false, why: 'wrong_signature' }) }
  expect(await owner.run((ctx) => testConnection(ctx, [deaf], connection.id))).toEqual({ accepted: false, verdict: 'wrong_signature' })
  expect((await owner.run((ctx) => readConnection(ctx, connection.id))).events.map(({ verdict }) => verdict)).toEqual(['test'])
  expect((await entriesOf(tenant.id, 'core.hook_connection.tested')).map(({ meta }) => meta['accepted'])).toEqual([true, false])
})

test('the first message after the policy was changed is taken under the new one, and the guard knows it from then on', async () => {
  const [line, other] = [await newDialler(), await newDialler()]
  const version = async ({ tenant, id }: typeof line) => {
    const held = await (await reachNow()).hookGuards.of(tenant.id).present({ connectionId: id, now: Date.now() })
    return held.ok && held.seat.policyVersion
  }
  await line.owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'audit.retention_years': 12 } }))
  expect(await version(line)).toBe(1)
  expect((await line.tell('ringing', 'next')).status).toBe(200)
  expect([await version(line), await version(other)]).toEqual([2, 1])
})
