import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { inviteAgain } from './invite-again.ts'
import { inviteMember } from './invite-member.ts'
import { listInvitations } from './list-invitations.ts'
import { revokeInvitation } from './revoke-invitation.ts'

const ivy = { email: 'ivy@example.test', name: 'Ivy', role: 'viewer' } as const

test('an invitation taken back by mistake is offered again to the same person in the same role, once, and its old link stays dead', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  const { id } = await owner.run((ctx) => inviteMember(ctx, ivy))
  const again = (ctx: Parameters<typeof inviteAgain>[0]) => inviteAgain(ctx, id)
  expect(await failureOf(owner.run(again))).toMatchObject({ code: 'conflict', state: 'invitation_open' })
  await owner.run((ctx) => revokeInvitation(ctx, id))
  expect(await failureOf((await asOwner(other)).run(again))).toEqual({ code: 'not_found' })
  expect(await failureOf((await asMember(tenant)).run(again))).toMatchObject({ code: 'role_required' })
  const fresh = await owner.run(again)
  expect(fresh).toMatchObject({ ...ivy, state: 'open' })
  const { invitations } = await owner.run((ctx) => listInvitations(ctx, { limit: 10 }))
  expect(Object.fromEntries(invitations.map((each) => [each.id, each.state]))).toEqual({ [fresh.id]: 'open', [id]: 'revoked' })
  expect(await failureOf(owner.run(again))).toMatchObject({ code: 'invalid' })
  expect(await entriesOf(tenant.id, 'core.member.invited')).toHaveLength(2)
})
