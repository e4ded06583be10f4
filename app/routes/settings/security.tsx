import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { z } from 'zod'
import { listClosings } from '../../../worker/core/tenancy/call-off-closing.ts'
import { changePolicy } from '../../../worker/core/tenancy/change-policy.ts'
import { TenantName } from '../../../worker/core/tenancy/contract.ts'
import { readSettings } from '../../../worker/core/tenancy/read-settings.ts'
import { renameTenant } from '../../../worker/core/tenancy/rename-tenant.ts'
import { action as posted, input, page } from '../../page.ts'
import { typedPolicy } from '../policy/typed-policy.ts'
import { SecurityPage } from './security-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Security · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Security' }] }

const Rename = z.object({ name: TenantName })

export const loader = page(async ({ door, url }) => ({
  settings: await door.tenant(readSettings),
  closings: (await listClosings(await door.account())).length,
  saved: url.searchParams.get('saved'),
}))

/** The name, or who must sign in with two factors. Everything else is the policy's page. */
export const action = posted(async ({ door, form }) => {
  if (form.get('intent') === 'name') {
    const { name } = input(Rename, { name: form.get('name') ?? '' })
    await door.tenant((ctx) => renameTenant(ctx, name))
    throw redirect('/security?saved=name')
  }
  const { 'mfa.mode': mode } = typedPolicy(form)
  const change = { version: Number(form.get('version')), values: mode === undefined ? {} : { 'mfa.mode': mode } }
  await door.tenant((ctx) => changePolicy(ctx, change))
  throw redirect('/security?saved=mfa')
})

export default function Security() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <SecurityPage {...loaded} refused={refused} />
}
