import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { changePolicy } from '../../../worker/core/tenancy/change-policy.ts'
import { readPolicy } from '../../../worker/core/tenancy/read-policy.ts'
import { listedVersion, readPolicyVersions } from '../../../worker/core/tenancy/read-policy-versions.ts'
import { action as posted, page } from '../../page.ts'
import { PolicyPage } from './policy-page.tsx'
import { typedPolicy } from './typed-policy.ts'

export const meta: MetaFunction = () => [{ title: 'Policy · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Policy' }] }

const VERSIONS_BESIDE = 6

export const loader = page(async ({ door, url }) => {
  const { view, history } = await door.tenant(async (ctx) => ({ view: await readPolicy(ctx), history: await readPolicyVersions(ctx) }))
  return {
    view: { policy: view.policy, version: view.version, preset: view.preset, mayChange: view.mayChange, mayRequireMfa: view.mayRequireMfa },
    versions: history.versions.slice(0, VERSIONS_BESIDE).map(listedVersion),
    older: Math.max(0, history.versions.length - VERSIONS_BESIDE),
    saved: url.searchParams.has('saved'),
  }
})

export const action = posted(async ({ door, form }) => {
  const change = { version: Number(form.get('version')), values: typedPolicy(form) }
  await door.tenant((ctx) => changePolicy(ctx, change))
  throw redirect('/policy?saved=1')
})

export default function Policy() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <PolicyPage {...loaded} refused={refused} />
}
