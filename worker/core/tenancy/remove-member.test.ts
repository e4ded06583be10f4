import { expect, test } from 'vitest'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, entriesOf, failureOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { createTenant } from './create-tenant.ts'
import { jobVisit } from '../job.ts'
import { leaveTenant } from './leave-tenant.ts'
import { listMembers } from './list-members.ts'
import { readMember } from './read-member.ts'
import { removeMember } from './remove-member.ts'

test('[IFD-19][IFD-90] somebody removed is off the list, its session loses this tenant at its next request, and the log says so once', async () => {
  const tenant = await newTenant()
  const person = await tenant.newSomeone('member')
  const browser = await signedIn(person, tenant.id)
  await browser.run((ctx) => listMembers(ctx, { limit: 10 }))
  const admin = await asAdmin(tenant)
  await admin.run((ctx) => removeMember(ctx, person.memberId))
  expect(await failureOf(browser.run((ctx) => listMembers(ctx, { limit: 10 })))).toMatchObject({ code: 'not_found' })
  const { members } = await admin.run((ctx) => listMembers(ctx, { limit: 10 }))
  expect(members.map((member) => member.id)).not.toContain(person.memberId)
  expect(await entriesOf(tenant.id, 'core.member.removed')).toMatchObject([{ subject: person.memberId, meta: { account: person.accountId, role: 'member' } }])
})

test('its other tenants and its account stay its own', async () => {
  const tenant = await newTenant()
  const removed = await tenant.newSomeone('member')
  const own = await createTenant(jobVisit(await testParts(), 'test'), { name: 'Mine', kind: 'agency', preset: 'combined', owner: removed })
  const browser = await signedIn(removed, tenant.id)
  await (await asAdmin(tenant)).run((ctx) => removeMember(ctx, removed.memberId))
  expect(await browser.run(async (ctx) => ctx.tenant.id)).toBe(own)
})

test('[IFD-73] only an admin or the owner removes people; nobody removes the owner, itself or a stranger', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const [admin, member] = [await tenant.someone('admin'), await tenant.someone('member')]
  for (const browser of [await asMember(tenant), await asViewer(tenant)]) expect(await failureOf(browser.run((ctx) => removeMember(ctx, admin.memberId)))).toMatchObject({ code: 'role_required' })
  const asking = await asAdmin(tenant)
  expect(await failureOf(asking.run((ctx) => removeMember(ctx, tenant.owner.memberId)))).toMatchObject({ code: 'role_required' })
  expect(await failureOf(asking.run((ctx) => removeMember(ctx, admin.memberId)))).toMatchObject({ code: 'conflict', state: 'self' })
  expect(await failureOf(asking.run((ctx) => removeMember(ctx, other.owner.memberId)))).toMatchObject({ code: 'not_found' })
  expect(await failureOf((await asOwner(tenant)).run((ctx) => removeMember(ctx, member.memberId)))).toBeNull()
})

test('a removal that fails leaves the person its seat', async () => {
  const tenant = await newTenant()
  const person = await tenant.newSomeone('member')
  const browser = await signedIn(person, tenant.id)
  const away = () => Promise.reject(new TypeError('the shard is away'))
  await expect((await asAdmin(tenant)).run((ctx) => removeMember({ ...ctx, commit: away }, person.memberId))).rejects.toThrow('away')
  expect(await browser.run(async (ctx) => ctx.tenant.id)).toBe(tenant.id)
})

test('people leave of their own accord, the owner only after handing over', async () => {
  const tenant = await newTenant()
  const person = await tenant.newSomeone('viewer')
  const browser = await signedIn(person, tenant.id)
  await browser.run(leaveTenant)
  expect(await failureOf(browser.run(leaveTenant))).toMatchObject({ code: 'not_found' })
  expect(await entriesOf(tenant.id, 'core.member.left')).toHaveLength(1)
  expect(await failureOf((await asOwner(tenant)).run(leaveTenant))).toMatchObject({ code: 'conflict', state: 'owner' })
})

test('members are listed a page at a time with their own tenant’s cursor only, and a viewer sees nobody', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  for (const role of ['admin', 'member', 'viewer'] as const) await tenant.someone(role)
  await other.someone('member')
  const owner = await asOwner(tenant)
  const first = await owner.run((ctx) => listMembers(ctx, { limit: 3 }))
  expect(first.members).toHaveLength(3)
  const second = await owner.run((ctx) => listMembers(ctx, { limit: 3, cursor: first.next ?? '' }))
  expect(second).toMatchObject({ members: [{ role: 'viewer' }], next: null })
  expect(new Set([...first.members, ...second.members].map((member) => member.name))).toEqual(new Set(['Olga Owner', 'Ada Admin', 'Mila Member', 'Vera Viewer']))
  const theirs = await asOwner(other)
  expect(await failureOf(theirs.run((ctx) => listMembers(ctx, { limit: 3, cursor: first.next ?? '' })))).toMatchObject({ code: 'invalid' })
  expect(await failureOf((await asViewer(tenant)).run((ctx) => listMembers(ctx, { limit: 3 })))).toMatchObject({ code: 'role_required' })
})

test('a member’s page says what its reader may do, and knows nobody of another tenant', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const person = await tenant.someone('member')
  const seen = async (browser: Awaited<ReturnType<typeof asOwner>>, id: string) => browser.run((ctx) => readMember(ctx, id))
  expect(await seen(await asOwner(tenant), person.memberId)).toMatchObject({ mayChangeRole: true, mayRemove: true, mayBecomeOwner: true, roles: ['admin', 'member', 'viewer'] })
  expect(await seen(await asMember(tenant), tenant.owner.memberId)).toMatchObject({ mayChangeRole: false, mayRemove: false, mayBecomeOwner: false })
  expect(await failureOf(seen(await asOwner(other), person.memberId))).toMatchObject({ code: 'not_found' })
})

test('[IFD-40] two members’ sealed contacts swapped in the database open for nobody', async () => {
  const tenant = await newTenant()
  const [one, two] = [await tenant.newSomeone('member'), await tenant.newSomeone('member')]
  const shard = (await reachNow()).shard(tenant.shard)
  const cipher = async (id: string) => (await shard.prepare('select contact from members where tenant_id = ? and id = ?').bind(tenant.id, id).first<{ contact: string }>())?.contact ?? ''
  const [first, second] = [await cipher(one.memberId), await cipher(two.memberId)]
  const put = shard.prepare('update members set contact = ? where tenant_id = ? and id = ?')
  await shard.batch([put.bind(second, tenant.id, one.memberId), put.bind(first, tenant.id, two.memberId)])
  const owner = await asOwner(tenant)
  expect(await failureOf(owner.run((ctx) => readMember(ctx, one.memberId)))).toMatchObject({ code: 'integrity' })
  expect(await failureOf(owner.run((ctx) => listMembers(ctx, { limit: 10 })))).toMatchObject({ code: 'integrity' })
  expect(await entriesOf(tenant.id, 'core.integrity.failed')).toMatchObject([
    { subject: one.memberId, actor: { kind: 'member', role: 'owner' }, meta: { field: 'core.member.contact', reason: 'not_authentic' } },
    { meta: { field: 'core.member.contact' } },
  ])
  await shard.batch([put.bind(first, tenant.id, one.memberId), put.bind(second, tenant.id, two.memberId)])
  expect(await failureOf(owner.run((ctx) => readMember(ctx, one.memberId)))).toBeNull()
})
