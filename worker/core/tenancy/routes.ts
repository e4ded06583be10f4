import { z } from 'zod'
import { Paging } from '../api/cursor.ts'
import { tagOf } from '../api/etag.ts'
import { route, type ApiRoute } from '../api/route.ts'
import { Fault } from '../failure.ts'
import { changeRole } from './change-role.ts'
import { changePolicy } from './change-policy.ts'
import { GrantableRole, InvitationId, InvitationView, InviteMember, MemberId, MemberView, PolicyChange, PolicyDocument } from './contract.ts'
import { invitedMember, inviteMember } from './invite-member.ts'
import { listInvitations } from './list-invitations.ts'
import { listMembers } from './list-members.ts'
import { readMember } from './read-member.ts'
import { readPolicy } from './read-policy.ts'
import { removeMember } from './remove-member.ts'
import { revokeInvitation } from './revoke-invitation.ts'

const Page = z.strictObject(Paging)
const memberParams = z.strictObject({ memberId: MemberId })
const invitationParams = z.strictObject({ invitationId: InvitationId })

/** People, for programs that read them and for scripts of those who manage them. */
export const tenancyRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/members', operationId: 'listMembers', tag: 'People', scope: 'members.read',
    summary: 'Who works here, in order of joining',
    query: Page,
    answer: z.object({ members: z.array(MemberView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listMembers(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'get', path: '/api/v1/members/{memberId}', operationId: 'readMember', tag: 'People', scope: 'members.read',
    summary: 'One member',
    params: memberParams,
    answer: MemberView,
    run: async (ctx, { params }) => ({ body: (await readMember(ctx, params.memberId)).member }),
  }),
  route({
    method: 'put', path: '/api/v1/members/{memberId}/role', operationId: 'changeRole', tag: 'People',
    summary: 'Give a member another role, never above one’s own; If-Match takes the member’s ETag',
    params: memberParams,
    body: z.strictObject({ role: GrantableRole }),
    versioned: true,
    status: 204,
    run: async (ctx, { params, body, ifMatch }) => {
      const { member } = await readMember(ctx, params.memberId)
      if ((await tagOf(member)) !== ifMatch) throw new Fault({ code: 'precondition_failed' })
      return { body: await changeRole(ctx, { memberId: member.id, role: body.role, from: member.role }) }
    },
  }),
  route({
    method: 'delete', path: '/api/v1/members/{memberId}', operationId: 'removeMember', tag: 'People',
    summary: 'Remove a member at once',
    params: memberParams,
    overwritesNothing: 'It ends a membership whatever its role is by now; nothing of anybody’s is written over.',
    status: 204,
    run: async (ctx, { params }) => ({ body: await removeMember(ctx, params.memberId) }),
  }),
  route({
    method: 'get', path: '/api/v1/policy', operationId: 'readPolicy', tag: 'Policy',
    summary: 'The policy in force and its versions',
    answer: z.object({ policy: PolicyDocument, version: z.number(), preset: z.string() }).loose(),
    run: async (ctx) => {
      const view = await readPolicy(ctx)
      return { body: view, version: view.version }
    },
  }),
  route({
    method: 'patch', path: '/api/v1/policy', operationId: 'changePolicy', tag: 'Policy',
    summary: 'Put other values in force, within the floors of the preset',
    body: PolicyChange,
    versioned: true,
    answer: z.object({ version: z.number() }),
    run: async (ctx, { body, ifMatch }) => {
      const version = await changePolicy(ctx, { version: Number(ifMatch), values: body })
      return { body: { version }, version }
    },
  }),
  route({
    method: 'get', path: '/api/v1/invitations', operationId: 'listInvitations', tag: 'People',
    summary: 'Invitations, newest first',
    query: Page,
    answer: z.object({ invitations: z.array(InvitationView), next: z.string().nullable() }),
    run: async (ctx, { query }) => {
      const page = await listInvitations(ctx, query)
      return { body: page, next: page.next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/invitations', operationId: 'inviteMember', tag: 'People',
    summary: 'Invite somebody; the link is mailed and never shown here',
    body: InviteMember,
    answer: InvitationView,
    status: 201,
    run: async (ctx, { body }) => ({ body: await inviteMember(ctx, body) }),
    again: invitedMember,
  }),
  route({
    method: 'post', path: '/api/v1/invitations/{invitationId}/revocation', operationId: 'revokeInvitation', tag: 'People',
    summary: 'Take an invitation back',
    params: invitationParams,
    status: 204,
    run: async (ctx, { params }) => ({ body: await revokeInvitation(ctx, params.invitationId) }),
  }),
]
