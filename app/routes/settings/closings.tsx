import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { switchTenant } from '../../../worker/core/identity/switch-tenant.ts'
import { callOffClosing, listClosings } from '../../../worker/core/tenancy/call-off-closing.ts'
import { action as posted, page } from '../../page.ts'
import { ClosingsPage } from './closings-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Closed tenants · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Closed tenants' }] }

/** Of the person, not of a tenant: what is closed can be asked about from nowhere else. */
export const loader = page(async ({ door, url }) => ({ closings: await listClosings(await door.account()), confirmed: url.searchParams.get('confirmed') === '1' }))

/** Opens the tenant again and goes on in it. */
export const action = posted(async ({ door, form }) => {
  const account = await door.account()
  const tenantId = form.get('tenant') ?? ''
  await callOffClosing(account, tenantId)
  const { secret } = await switchTenant(account, tenantId)
  await door.giveSession({ accountId: account.accountId, sid: account.session.sid, secret })
  throw redirect('/')
})

export default function Closings() {
  const { closings, confirmed } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <ClosingsPage closings={closings} confirmed={confirmed} refused={refused} />
}
