import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { readPassportVersion } from '../../../../worker/contracting/passport/read-passport-version.ts'
import { page } from '../../../page.ts'
import { VersionPage } from './version-page.tsx'

export const meta: MetaFunction<typeof loader> = ({ data }) => [{ title: `Version ${data?.number ?? ''} · Countersign` }]
export const handle = { crumbs: (version?: { number: number }) => [{ label: 'My passport', href: '/passport' }, { label: `Version ${version?.number ?? ''}` }] }

export const loader = page(({ door, params }) => door.tenant((ctx) => readPassportVersion(ctx, params['versionId'] ?? '')))

export default function Version() {
  return <VersionPage version={useLoaderData<typeof loader>()} />
}
