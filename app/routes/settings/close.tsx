import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { Fault } from '../../../worker/core/failure.ts'
import { closeTenant } from '../../../worker/core/tenancy/close-tenant.ts'
import { readSettings } from '../../../worker/core/tenancy/read-settings.ts'
import { action as posted, page } from '../../page.ts'
import { ClosePage } from './close-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Close the tenant · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Security', href: '/security' }, { label: 'Close' }] }

export const loader = page(async ({ door, url }) => {
  const { name, mayClose, policy } = await door.tenant(readSettings)
  if (!mayClose) throw new Fault({ code: 'role_required', need: 'tenant.close' })
  return { name, days: policy['close.grace_days'], onClose: policy['audit.on_close'], confirmed: url.searchParams.get('confirmed') === '1' }
})

/** The name is checked before the proof is asked for; the second press, with the proof, closes. */
export const action = posted(async ({ door, form }) => {
  await door.tenant((ctx) => closeTenant(ctx, form.get('name') ?? ''))
  throw redirect('/security/closings')
})

export default function Close() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <ClosePage {...loaded} refused={refused} />
}
