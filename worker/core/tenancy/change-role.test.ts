import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, entriesOf, failureOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import type { Ctx } from '../ctx.ts'
import { changeRole } from './change-role.ts'
import { transferOwnership } from './transfer-ownership.ts'

test('[IFD-91][CLN-38] a role change is one entry with the old and the new role, and counts at the very next request', async () => {
  const tenant = await newTenant()
  const person = await tenant.newSomeone('member')
  const browser = await signedIn(person, tenant.id)
  await (await asAdmin(tenant)).run((ctx) => changeRole(ctx, { memberId: person.memberId, role: 'admin' }))
  expect(await browser.run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('admin')
  const entries = await entriesOf(tenant.id, 'core.member.role_changed')
  expect(entries).toHaveLength(1)
  expect(entries[0]).toMatchObject({ subject: person.memberId, meta: { from: 'member', to: 'admin' }, actor: { kind: 'member', role: 'admin' } })
})

test('[CLN-21] a demotion in the database alone refuses the very next request of a session that nobody touched', async () => {
  const tenant = await newTenant()
  const [admin, victim] = [await tenant.someone('admin'), await tenant.someone('member')]
  const browser = await signedIn(admin, tenant.id)
  await (await reachNow()).shard(tenant.shard).prepare("update user_roles set role = 'member' where tenant_id = ? and account_id = ?").bind(tenant.id, admin.accountId).run()
  expect(await failureOf(browser.run((ctx) => changeRole(ctx, { memberId: victim.memberId, role: 'viewer' })))).toMatchObject({ code: 'role_required' })
  for (const path of ['/people/invite', '/policy', '/keys', '/audit']) expect([path, (await browser.page(path)).status]).toEqual([path, 403])
  const tag = (await browser.call(`/api/v1/members/${victim.memberId}`)).headers.get('ETag') ?? ''
  expect((await browser.call(`/api/v1/members/${victim.memberId}/role`, { method: 'PUT', json: { role: 'viewer' }, headers: { 'If-Match': tag } })).status).toBe(403)
})

test('nobody gives more than it has, touches somebody above, or makes a second owner', async () => {
  const tenant = await newTenant()
  const [admin, member] = [await asAdmin(tenant), await asMember(tenant)]
  const { memberId } = await tenant.someone('viewer')
  expect(await failureOf(member.run((ctx) => changeRole(ctx, { memberId, role: 'member' })))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(admin.run((ctx) => changeRole(ctx, { memberId: tenant.owner.memberId, role: 'member' })))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(admin.run((ctx) => changeRole(ctx, { memberId, role: 'owner' as 'admin' })))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(tenant)).run((ctx) => changeRole(ctx, { memberId: tenant.owner.memberId, role: 'admin' })))).toMatchObject({ code: 'role_required' })
})

test('a member of another tenant is not found, and stays what it is', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const theirs = await other.someone('member')
  expect(await failureOf((await asOwner(tenant)).run((ctx) => changeRole(ctx, { memberId: theirs.memberId, role: 'admin' })))).toMatchObject({ code: 'not_found' })
  expect(await (await signedIn(theirs, other.id)).run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('member')
})

test('a role that the preset has switched off cannot be given', async () => {
  const tenant = await newTenant({ preset: 'inforcedesk' })
  const { memberId } = await tenant.someone('member')
  expect(await failureOf((await asOwner(tenant)).run((ctx) => changeRole(ctx, { memberId, role: 'viewer' })))).toMatchObject({ code: 'invalid' })
})

test('without a proof of the last fifteen minutes an admin is asked for one first', async () => {
  const tenant = await newTenant()
  const { memberId } = await tenant.someone('member')
  const change = { memberId, role: 'viewer' } as const
  expect(await failureOf((await asMember(tenant)).run((ctx) => changeRole(ctx, change)))).toMatchObject({ code: 'role_required' })
  const unproven = await asAdmin(tenant, { proven: false })
  expect(await failureOf(unproven.run((ctx) => changeRole(ctx, change)))).toEqual({ code: 'step_up_required', mode: 'recent' })
  const now = Date.now()
  const proven = () => asAdmin(tenant, { now: now - 15 * 60_000 })
  expect(await failureOf((await proven()).run((ctx) => changeRole(ctx, change), now + 1))).toEqual({ code: 'step_up_required', mode: 'recent' })
  expect(await failureOf((await proven()).run((ctx) => changeRole(ctx, change), now - 1))).toBeNull()
})

test('[IFD-71][IFD-93] ownership changes hands with a proof made for it: the roles swap and there is exactly one owner', async () => {
  const tenant = await newTenant()
  const heir = await tenant.someone('member')
  const owner = await asOwner(tenant)
  await owner.runConfirmed((ctx) => transferOwnership(ctx, heir.memberId))
  const rows = await (await reachNow()).shard(tenant.shard).prepare('select id, role from user_roles where tenant_id = ?').bind(tenant.id).all<{ id: string; role: string }>()
  expect(Object.fromEntries(rows.results.map(({ id, role }) => [id, role]))).toEqual({ [tenant.owner.memberId]: 'admin', [heir.memberId]: 'owner' })
  expect(await entriesOf(tenant.id, 'core.tenant.ownership_transferred')).toMatchObject([{ meta: { from: tenant.owner.memberId, to: heir.memberId } }])
  expect(await owner.run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('admin')
})

test('[IFD-69] nobody but the owner hands ownership over, not even to itself, and a proof for one heir does not serve another', async () => {
  const tenant = await newTenant()
  const [heir, stranger] = [await tenant.someone('member'), await tenant.someone('admin')]
  for (const browser of [await asAdmin(tenant), await asMember(tenant)]) {
    expect(await failureOf(browser.run((ctx) => transferOwnership(ctx, heir.memberId)))).toMatchObject({ code: 'role_required' })
  }
  const owner = await asOwner(tenant)
  const refused = await failureOf(owner.run((ctx) => transferOwnership(ctx, heir.memberId)))
  await owner.confirm(refused?.code === 'step_up_required' ? (refused.ticket ?? '') : '')
  expect(await failureOf(owner.run((ctx) => transferOwnership(ctx, stranger.memberId)))).toMatchObject({ code: 'step_up_required' })
})

test('who hands ownership over is an admin to its guard before the roles swap, and the owner again where they do not', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [heir, owner, guards] = [await tenant.someone('member'), await asOwner(tenant), (await reachNow()).guards]
  const roleAtGuard = async (person: { accountId: string }, { id }: { id: string }) => (await guards.of(person.accountId).recall()).seats.find(({ tenantId }) => tenantId === id)?.role
  const during: unknown[] = []
  const handOver = (ctx: Ctx) =>
    transferOwnership({ ...ctx, commit: async () => { during.push(await roleAtGuard(tenant.owner, tenant), await roleAtGuard(heir, tenant), await roleAtGuard(other.owner, other)); throw new Error('cut off') } }, heir.memberId)
  await expect(owner.runConfirmed(handOver)).rejects.toThrow('cut off')
  expect(during).toEqual(['admin', 'member', 'owner'])
  expect(await roleAtGuard(tenant.owner, tenant)).toBe('owner')
})

test('of many transfers at once one happens', async () => {
  const tenant = await newTenant()
  const heirs = await Promise.all(Array.from({ length: 5 }, () => tenant.newSomeone('member')))
  const owner = await asOwner(tenant)
  for (const heir of heirs) {
    const refused = await failureOf(owner.run((ctx) => transferOwnership(ctx, heir.memberId)))
    await owner.confirm(refused?.code === 'step_up_required' ? (refused.ticket ?? '') : '')
  }
  const outcomes = await Promise.all(heirs.map((heir) => failureOf(owner.run((ctx) => transferOwnership(ctx, heir.memberId)))))
  expect(outcomes.filter((failure) => failure === null)).toHaveLength(1)
  const owners = await (await reachNow()).shard(tenant.shard).prepare("select count(*) as n from user_roles where tenant_id = ? and role = 'owner'").bind(tenant.id).first<{ n: number }>()
  expect(owners?.n).toBe(1)
})
