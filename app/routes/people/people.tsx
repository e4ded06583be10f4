import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { InvitationId, RoleName } from '../../../worker/core/tenancy/contract.ts'
import { inviteAgain } from '../../../worker/core/tenancy/invite-again.ts'
import { readPeople } from '../../../worker/core/tenancy/read-people.ts'
import { revokeInvitation } from '../../../worker/core/tenancy/revoke-invitation.ts'
import { action as posted, input, page } from '../../page.ts'
import { PeoplePage } from './people-page.tsx'

export const meta: MetaFunction = () => [{ title: 'People · Countersign' }]
export const handle = { crumbs: () => [{ label: 'People' }] }

const PER_PAGE = 25

/** The filter and both cursors stand in the address; a role that is none filters nothing. */
export const loader = page(async ({ door, url }) => {
  const asked = (name: string) => url.searchParams.get(name) || undefined
  const role = RoleName.safeParse(asked('role')).data
  const people = await door.tenant((ctx) => readPeople(ctx, { role, members: asked('members'), invitations: asked('invitations'), limit: PER_PAGE }))
  return { people, role: role ?? null, place: { members: asked('members') ?? null, invitations: asked('invitations') ?? null }, invited: asked('invited') ?? null, revoked: asked('revoked') ?? null, removed: asked('removed') ?? null }
})

/** Takes an invitation back, or offers it again. */
export const action = posted(async ({ door, form }) => {
  const invitationId = input(InvitationId, form.get('invitation') ?? '')
  if (form.get('intent') === 'again') {
    const { id } = await door.tenant((ctx) => inviteAgain(ctx, invitationId))
    throw redirect(`/people?invited=${id}`)
  }
  await door.tenant((ctx) => revokeInvitation(ctx, invitationId))
  throw redirect(`/people?revoked=${invitationId}`)
})

export default function People() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <PeoplePage {...loaded} refused={refused} />
}
