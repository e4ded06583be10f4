import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { InviteMember } from '../../../worker/core/tenancy/contract.ts'
import { inviteMember } from '../../../worker/core/tenancy/invite-member.ts'
import { readInviting } from '../../../worker/core/tenancy/read-inviting.ts'
import { action as posted, input, page } from '../../page.ts'
import { InvitePage } from './invite-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Invite · Countersign' }]
export const handle = { crumbs: () => [{ label: 'People', href: '/people' }, { label: 'Invite' }] }

export const loader = page(({ door }) => door.tenant(readInviting))

/** The list says that it is on its way: an address does not belong into an URL, so the invitation's id goes along. */
export const action = posted(async ({ door, form }) => {
  const wanted = input(InviteMember, { name: form.get('name') ?? '', email: form.get('email') ?? '', role: form.get('role') ?? '' })
  const { id } = await door.tenant((ctx) => inviteMember(ctx, wanted))
  throw redirect(`/people?invited=${id}`)
})

export default function Invite() {
  const inviting = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <InvitePage inviting={inviting} refused={refused} />
}
