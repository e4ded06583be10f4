import { beforeAll, expect, test } from 'vitest'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asOwner, bindings, failureOf, ORIGIN, reachNow, type Browser } from '../../../tests/support/scene.ts'
import { clock } from '../../../tests/support/clock.ts'
import { exports } from 'cloudflare:workers'
import { issueApiKey } from './issue-api-key.ts'
import { listApiKeys } from './list-api-keys.ts'
import { revokeApiKey } from './revoke-api-key.ts'

const { default: worker } = exports as unknown as { default: Fetcher } // `as`: typed by the entry file

let here: { tenant: TestTenant; owner: Browser }
let there: { tenant: TestTenant; owner: Browser }

beforeAll(async () => {
  const [one, other] = [await newTenant(), await newTenant()]
  here = { tenant: one, owner: await asOwner(one) }
  there = { tenant: other, owner: await asOwner(other) }
})

const wanted = { label: 'Nightly export', scopes: ['members.read'] as ('members.read' | 'audit.read')[], days: 30 }
const issue = (owner: Browser, input = wanted) => owner.runConfirmed((ctx) => issueApiKey(ctx, input))
const withKey = (token: string, path = '/api/v1/members', headers: Record<string, string> = {}) =>
  worker.fetch(`${ORIGIN}${path}`, { headers: { Authorization: `Bearer ${token}`, 'CF-Connecting-IP': '203.0.113.9', ...headers } })

test('[IFD-75] an owner gets a key once and it works; an admin gets none', async () => {
  const admin = await asAdmin(here.tenant)
  expect(await failureOf(admin.run((ctx) => issueApiKey(ctx, wanted)))).toMatchObject({ code: 'role_required' })
  const refused = await admin.call('/api/v1/api-keys', { json: wanted })
  expect(refused.status).toBe(403)

  const { token, key } = await issue(here.owner)
  expect((await withKey(token)).status).toBe(200)
  const listed = await here.owner.run((ctx) => listApiKeys(ctx, { limit: 25 }))
  expect(listed.keys.find(({ id }) => id === key.id)).toMatchObject({ label: 'Nightly export', state: 'active' })
  expect(JSON.stringify(listed)).not.toContain(token.slice(40))
})

test('the proof is for the key’s scopes and days as much as for its name, whatever order the scopes are named in', async () => {
  const both = { ...wanted, label: 'Swapped', scopes: ['members.read', 'audit.read'] as typeof wanted.scopes }
  const asked = await failureOf(here.owner.run((ctx) => issueApiKey(ctx, both)))
  if (asked?.code === 'step_up_required' && asked.ticket) await here.owner.confirm(asked.ticket)
  for (const other of [{ ...both, scopes: wanted.scopes }, { ...both, days: 365 }]) expect(await failureOf(here.owner.run((ctx) => issueApiKey(ctx, other)))).toMatchObject({ code: 'step_up_required' })
  expect(await failureOf(there.owner.run((ctx) => issueApiKey(ctx, both)))).toMatchObject({ code: 'step_up_required' })
  expect((await here.owner.run((ctx) => issueApiKey(ctx, { ...both, scopes: both.scopes.toReversed() }))).key.label).toBe('Swapped')
})

test('a key is asked for with a proof for that very key, and a second key needs a second proof', async () => {
  const asked = await failureOf(here.owner.run((ctx) => issueApiKey(ctx, { ...wanted, label: 'One' })))
  expect(asked).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  await here.owner.runConfirmed((ctx) => issueApiKey(ctx, { ...wanted, label: 'One' }))
  expect(await failureOf(here.owner.run((ctx) => issueApiKey(ctx, { ...wanted, label: 'One' })))).toMatchObject({ code: 'step_up_required' })
})

test('a key reads its own tenant’s members and no other’s, until it is revoked', async () => {
  const { token, key } = await issue(here.owner)
  const other = await issue(there.owner)
  const mine = await (await withKey(token)).text()
  expect(mine).toContain(here.tenant.owner.memberId)
  expect(mine).not.toContain(there.tenant.owner.memberId)

  await here.owner.run((ctx) => revokeApiKey(ctx, key.id))
  expect((await withKey(token)).status).toBe(401)
  expect((await withKey(other.token)).status).toBe(200)
})

test('another tenant’s key cannot be revoked, and looks like one that never was', async () => {
  const { key } = await issue(there.owner)
  const foreign = await failureOf(here.owner.run((ctx) => revokeApiKey(ctx, key.id)))
  const absent = await failureOf(here.owner.run((ctx) => revokeApiKey(ctx, 'key_01aaaaaaaaaaaaaaaaaaaaaaaa')))
  expect(foreign).toEqual(absent)
  expect(foreign).toMatchObject({ code: 'not_found' })
})

test('a key does only what its scopes say, and never what is for people', async () => {
  const { token } = await issue(here.owner)
  expect((await withKey(token, '/api/v1/audit-entries')).status).toBe(403)
  expect((await withKey(token, '/api/v1/api-keys')).status).toBe(403)
})

test('a key counts in the Authorization header only, unchanged in every character', async () => {
  const { token } = await issue(here.owner)
  expect((await worker.fetch(`${ORIGIN}/api/v1/members?access_token=${token}`)).status).toBe(401)
  for (const at of [10, 40, 70, 100, token.length - 1]) {
    const changed = token.slice(0, at) + (token[at] === 'a' ? 'b' : 'a') + token.slice(at + 1)
    expect((await withKey(changed)).status).toBe(401)
  }
  expect((await withKey(`${token}x`)).status).toBe(401)
  expect((await withKey(token, '/api/v1/members', { Cookie: here.owner.cookies })).status).toBe(400)
})

test('a key ends on its day', async () => {
  const { token } = await issue(here.owner, { ...wanted, days: 1 })
  clock.aheadMs += 86_400_000 + 1000
  try {
    expect((await withKey(token)).status).toBe(401)
  } finally {
    clock.aheadMs -= 86_400_000 + 1000
  }
})

test('only a hash of the token is kept, in the database and in the guard alike', async () => {
  const { token, key } = await issue(here.owner)
  const secret = token.split('_').slice(4).join('_')
  const { results } = await bindings[here.tenant.shard as 'SHARD_1'].prepare('SELECT * FROM api_keys WHERE id = ?').bind(key.id).all() // `as`: a shard's binding
  expect(JSON.stringify(results)).not.toContain(secret)
  expect(JSON.stringify(results)).toContain(key.id)
  expect(await (await reachNow()).keyGuards.of(key.id).present({ secretHash: secret, now: Date.now() })).toEqual({ ok: false })
})

test('the API makes a key once per Idempotency-Key and does not show it again', async () => {
  const json = { label: 'By program', scopes: ['members.read'], days: 7 }
  const first = await here.owner.call('/api/v1/api-keys', { json, headers: { 'Idempotency-Key': 'one' } })
  expect(first.status).toBe(403)
  const { ticket } = (await first.json()) as { ticket: string } // `as`: the problem's extension
  await here.owner.confirm(ticket)
  const made = await here.owner.call('/api/v1/api-keys', { json, headers: { 'Idempotency-Key': 'one' } })
  expect(made.status).toBe(201)
  const again = await here.owner.call('/api/v1/api-keys', { json, headers: { 'Idempotency-Key': 'one' } })
  expect([again.status, ((await again.json()) as { code: string }).code]).toEqual([409, 'already_issued']) // `as`: a problem
})
