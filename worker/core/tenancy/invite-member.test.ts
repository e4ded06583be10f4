import { expect, test } from 'vitest'
import { newTenant, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, bindings, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { inviteMember } from './invite-member.ts'
import { listInvitations } from './list-invitations.ts'
import { revokeInvitation } from './revoke-invitation.ts'

const shardOf = ({ shard }: TestTenant): D1Database => (shard === 'SHARD_1' ? bindings.SHARD_1 : bindings.SHARD_2)
const someone = { email: 'Nora.New@Example.test', name: 'Nora New', role: 'member' } as const

test('[IFD-89] an invitation is one entry without address or name, and stands in its own tenant’s list only', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const { id } = await (await asAdmin(tenant)).run((ctx) => inviteMember(ctx, someone))
  const entries = await entriesOf(tenant.id, 'core.member.invited')
  expect(entries).toMatchObject([{ subject: id, meta: { role: 'member' } }])
  expect(JSON.stringify(entries)).not.toMatch(/nora/i)
  const listed = async (owner: Awaited<ReturnType<typeof asOwner>>) => (await owner.run((ctx) => listInvitations(ctx, { limit: 10 }))).invitations
  expect(await listed(await asOwner(tenant))).toMatchObject([{ id, name: 'Nora New', email: someone.email, state: 'open' }])
  expect(await listed(await asOwner(other))).toEqual([])
})

test('an address has one open invitation at a time, whatever its spelling; another tenant may invite it too', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  const { id } = await owner.run((ctx) => inviteMember(ctx, someone))
  const again = { ...someone, email: 'nora.new@example.test' }
  expect(await failureOf(owner.run((ctx) => inviteMember(ctx, again)))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/email' }] })
  expect(await failureOf((await asOwner(other)).run((ctx) => inviteMember(ctx, again)))).toBeNull()
  await owner.run((ctx) => revokeInvitation(ctx, id))
  expect(await failureOf(owner.run((ctx) => inviteMember(ctx, again)))).toBeNull()
})

test('of four invitations to one address at once, one is sent; when it has run out, another may be', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  const failures = await Promise.all(Array.from({ length: 4 }, () => failureOf(owner.run((ctx) => inviteMember(ctx, someone)))))
  expect(failures.filter((failure) => failure === null)).toHaveLength(1)
  for (const failure of failures) if (failure) expect(failure).toMatchObject({ code: 'invalid', errors: [{ pointer: '/email' }] })
  expect(await entriesOf(tenant.id, 'core.member.invited')).toHaveLength(1)
  expect(await failureOf((await asOwner(other)).run((ctx) => inviteMember(ctx, someone)))).toBeNull()
  await shardOf(tenant).prepare('update invitations set expires_at = created_at + 1 where tenant_id = ?').bind(tenant.id).run()
  await owner.run((ctx) => inviteMember(ctx, someone))
  const { invitations } = await owner.run((ctx) => listInvitations(ctx, { limit: 10 }))
  expect(invitations.map(({ state }) => state)).toEqual(['open', 'expired'])
})

test('whoever works here already is not invited again', async () => {
  const tenant = await newTenant()
  const { email } = await tenant.someone('member')
  expect(await failureOf((await asOwner(tenant)).run((ctx) => inviteMember(ctx, { ...someone, email })))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/email' }] })
})

test('[IFD-73] members and viewers neither invite nor see or take back invitations', async () => {
  const tenant = await newTenant()
  const { id } = await (await asOwner(tenant)).run((ctx) => inviteMember(ctx, someone))
  for (const browser of [await asMember(tenant), await asViewer(tenant)]) {
    expect(await failureOf(browser.run((ctx) => inviteMember(ctx, { ...someone, email: 'b@example.test' })))).toMatchObject({ code: 'role_required' })
    expect(await failureOf(browser.run((ctx) => listInvitations(ctx, { limit: 10 })))).toMatchObject({ code: 'role_required' })
    expect(await failureOf(browser.run((ctx) => revokeInvitation(ctx, id)))).toMatchObject({ code: 'role_required' })
  }
})

test('a preset without viewers invites admins and members only', async () => {
  for (const preset of ['inforcedesk', 'spartan'] as const) {
    const owner = await asOwner(await newTenant({ preset }))
    expect(await failureOf(owner.run((ctx) => inviteMember(ctx, { ...someone, role: 'viewer' })))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/role' }] })
    for (const role of ['admin', 'member'] as const) expect(await failureOf(owner.run((ctx) => inviteMember(ctx, { ...someone, email: `${role}@example.test`, role })))).toBeNull()
  }
})

test('another tenant’s invitation cannot be taken back', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const { id } = await (await asOwner(tenant)).run((ctx) => inviteMember(ctx, someone))
  expect(await failureOf((await asOwner(other)).run((ctx) => revokeInvitation(ctx, id)))).toMatchObject({ code: 'not_found' })
})
