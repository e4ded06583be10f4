import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { leaveTenant } from '../../../worker/core/tenancy/leave-tenant.ts'
import { action as posted, page } from '../../page.ts'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Question } from '../../shell/question.tsx'

export const meta: MetaFunction = () => [{ title: 'Leave · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Leave' }] }

export const loader = page(({ door }) => door.tenant(async (ctx) => ({ tenant: ctx.tenant.name, owner: ctx.actor.kind === 'member' && ctx.actor.role === 'owner' })))

export const action = posted(async ({ door }) => {
  await door.tenant(leaveTenant)
  throw redirect('/')
})

export default function Leave() {
  const { tenant, owner } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  if (owner)
    return (
      <>
        <PageHeader title={`Leave ${tenant}`} />
        <Notice title="You are its owner">A tenant always has one. Hand ownership over on the page of whoever is to have it, or close the tenant under Security.</Notice>
      </>
    )
  return (
    <Question
      title={`Leave ${tenant}?`}
      refused={refused}
      means={['You lose your seat with this press, in every browser.', 'What you did stays in its audit log.', 'Your account and your other tenants stay. To come back you need an invitation.']}
      yes={`Leave ${tenant}`}
      danger
      back="/"
    />
  )
}
