import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { Fault } from '../../../worker/core/failure.ts'
import { changePolicy } from '../../../worker/core/tenancy/change-policy.ts'
import { listedVersion, readPolicyVersions } from '../../../worker/core/tenancy/read-policy-versions.ts'
import { action as posted, page } from '../../page.ts'
import { VersionsPage } from './versions-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Versions of the policy · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Policy', href: '/policy' }, { label: 'Versions' }] }

export const loader = page(async ({ door }) => {
  const { preset, mayChange, versions } = await door.tenant(readPolicyVersions)
  return { preset, mayChange, versions: versions.map(listedVersion) }
})

/** Puts the values of an older version in force again, as a new version. */
export const action = posted(async ({ door, form }) => {
  await door.tenant(async (ctx) => {
    const { versions } = await readPolicyVersions(ctx)
    const wanted = versions.find(({ version }) => String(version) === form.get('back'))
    if (!wanted) throw new Fault({ code: 'not_found' })
    await changePolicy(ctx, { version: Number(form.get('version')), values: wanted.policy })
  })
  throw redirect('/policy?saved=1')
})

export default function PolicyVersions() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <VersionsPage {...loaded} refused={refused} />
}
