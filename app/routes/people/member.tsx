import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useSearchParams, type MetaFunction } from '@remix-run/react'
import { changeRole } from '../../../worker/core/tenancy/change-role.ts'
import { ChangeRole } from '../../../worker/core/tenancy/contract.ts'
import { readMember, type MemberDetail } from '../../../worker/core/tenancy/read-member.ts'
import { action as posted, input, page } from '../../page.ts'
import type { PageHandle } from '../../shell/crumbs.tsx'
import { MemberPage } from './member-page.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `${data?.member.name ?? 'Somebody'} · Countersign` }]
export const handle: PageHandle<MemberDetail | undefined> = { crumbs: (detail) => [{ label: 'People', href: '/people' }, { label: detail?.member.name ?? 'Somebody' }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readMember(ctx, params['memberId'] ?? '')))

/** Gives the person another role. Removing and handing over have pages of their own. */
export const action = posted(async ({ door, params, form }) => {
  const wanted = input(ChangeRole, { memberId: params['memberId'] ?? '', role: form.get('role') ?? '' })
  await door.tenant((ctx) => changeRole(ctx, wanted))
  throw redirect(`/people/${wanted.memberId}?changed=1`)
})

export default function Member() {
  const detail = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  const [search] = useSearchParams()
  return <MemberPage detail={detail} refused={refused} changed={search.has('changed') && !refused} />
}
