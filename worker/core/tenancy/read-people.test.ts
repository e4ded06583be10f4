import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, failureOf } from '../../../tests/support/scene.ts'
import { inviteMember } from './invite-member.ts'
import { readPeople } from './read-people.ts'

test('people of one tenant are counted, filtered by role and walked page by page; another tenant’s are not among them', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  await other.someone('admin')
  const owner = await asOwner(tenant)
  const added = [await tenant.newSomeone('member'), await tenant.newSomeone('member'), await tenant.newSomeone('viewer')]
  const all = await owner.run((ctx) => readPeople(ctx, { limit: 10 }))
  expect(all.counts).toEqual({ owner: 1, admin: 0, member: 2, viewer: 1 })
  expect(all.members.map(({ id }) => id).sort()).toEqual([tenant.owner, ...added].map(({ memberId }) => memberId).sort())
  expect(all.nextMembers).toBeNull()

  const first = await owner.run((ctx) => readPeople(ctx, { role: 'member', limit: 1 }))
  const second = await owner.run((ctx) => readPeople(ctx, { role: 'member', limit: 1, members: first.nextMembers ?? '' }))
  expect([...first.members, ...second.members].map(({ role }) => role)).toEqual(['member', 'member'])
  expect(new Set([...first.members, ...second.members].map(({ id }) => id)).size).toBe(2)
  expect(second.nextMembers).toBeNull()
  expect(await failureOf(owner.run((ctx) => readPeople(ctx, { limit: 1, invitations: first.nextMembers ?? '' })))).toMatchObject({ code: 'invalid' })
})

test('invitations are for whoever may see them, the page for members; a viewer is told that its role is not enough', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  for (const each of [tenant, other]) await (await asOwner(each)).run((ctx) => inviteMember(ctx, { email: 'ivy@example.test', name: 'Ivy', role: 'admin' }))
  const admin = await (await asAdmin(tenant)).run((ctx) => readPeople(ctx, { limit: 5 }))
  expect(admin).toMatchObject({ mayInvite: true, invitations: [{ email: 'ivy@example.test', state: 'open' }], nextInvitations: null })
  const member = await (await asMember(tenant)).run((ctx) => readPeople(ctx, { limit: 5 }))
  expect(member).toMatchObject({ mayInvite: false, invitations: null, nextInvitations: null })
  expect(await failureOf((await asViewer(tenant)).run((ctx) => readPeople(ctx, { limit: 5 })))).toMatchObject({ code: 'role_required' })
})
