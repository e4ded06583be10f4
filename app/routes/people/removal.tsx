import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { Fault } from '../../../worker/core/failure.ts'
import { readMember, type MemberDetail } from '../../../worker/core/tenancy/read-member.ts'
import { removeMember } from '../../../worker/core/tenancy/remove-member.ts'
import { action as posted, page } from '../../page.ts'
import type { PageHandle } from '../../shell/crumbs.tsx'
import { Question } from '../../shell/question.tsx'

export const meta: MetaFunction = () => [{ title: 'Remove somebody · Countersign' }]
export const handle: PageHandle<MemberDetail | undefined> = {
  crumbs: (detail) => [{ label: 'People', href: '/people' }, { label: detail?.member.name ?? 'Somebody', href: `/people/${detail?.member.id ?? ''}` }, { label: 'Remove' }],
}

export const loader = page(async ({ door, params }) => {
  const detail = await door.tenant((ctx) => readMember(ctx, params['memberId'] ?? ''))
  if (!detail.mayRemove) throw new Fault({ code: 'role_required', need: 'member.remove' })
  return detail
})

export const action = posted(async ({ door, params }) => {
  await door.tenant((ctx) => removeMember(ctx, params['memberId'] ?? ''))
  throw redirect('/people?removed=1')
})

export default function Removal() {
  const { member } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return (
    <Question
      title={`Remove ${member.name}?`}
      refused={refused}
      means={[
        'Every session of theirs loses this tenant with its next request.',
        'What they did stays in the audit log.',
        'Their account, factors and other tenants are their own and stay as they are.',
        'To undo it, invite them again.',
      ]}
      yes={`Remove ${member.name}`}
      danger
      back={`/people/${member.id}`}
    />
  )
}
