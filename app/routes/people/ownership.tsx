import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { Fault } from '../../../worker/core/failure.ts'
import { readMember, type MemberDetail } from '../../../worker/core/tenancy/read-member.ts'
import { transferOwnership } from '../../../worker/core/tenancy/transfer-ownership.ts'
import { action as posted, page } from '../../page.ts'
import type { PageHandle } from '../../shell/crumbs.tsx'
import { Question } from '../../shell/question.tsx'

export const meta: MetaFunction = () => [{ title: 'Hand over ownership · Countersign' }]
export const handle: PageHandle<{ detail: MemberDetail } | undefined> = {
  crumbs: (loaded) => [{ label: 'People', href: '/people' }, { label: loaded?.detail.member.name ?? 'Somebody', href: `/people/${loaded?.detail.member.id ?? ''}` }, { label: 'Hand over' }],
}

export const loader = page(async ({ door, params, url }) => {
  const detail = await door.tenant((ctx) => readMember(ctx, params['memberId'] ?? ''))
  if (!detail.mayBecomeOwner) throw new Fault({ code: 'role_required', need: 'tenant.transfer' })
  return { detail, confirmed: url.searchParams.get('confirmed') === '1' }
})

/** Asks for a proof made for this very heir; the second press, within two minutes of it, hands over. */
export const action = posted(async ({ door, params }) => {
  await door.tenant((ctx) => transferOwnership(ctx, params['memberId'] ?? ''))
  throw redirect(`/people/${params['memberId'] ?? ''}`)
})

export default function Ownership() {
  const { detail, confirmed } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const { name, id } = detail.member
  return (
    <Question
      title={`Hand over to ${name}?`}
      refused={refused}
      confirmed={confirmed}
      means={[
        `${name} becomes the only owner: the policy, the keys, closing the tenant, and handing over again are theirs alone.`,
        'You become an admin in the same moment. Only they can give it back.',
        'Both changes stand in the audit log.',
      ]}
      yes={`Make ${name} the owner`}
      danger
      back={`/people/${id}`}
    />
  )
}
