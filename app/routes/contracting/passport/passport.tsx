import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { listPassportVersions } from '../../../../worker/contracting/passport/list-passport-versions.ts'
import { readPassport } from '../../../../worker/contracting/passport/read-passport.ts'
import { submitPassport } from '../../../../worker/contracting/passport/submit-passport.ts'
import { action as posted, page } from '../../../page.ts'
import { PassportPage } from './passport-page.tsx'

export const meta: MetaFunction = () => [{ title: 'My passport · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My passport' }] }

const VERSIONS = 10

export const loader = page(async ({ door, url }) =>
  door.tenant(async (ctx) => {
    const passport = await readPassport(ctx)
    const { versions, next } = await listPassportVersions(ctx, { cursor: url.searchParams.get('cursor') ?? undefined, limit: VERSIONS })
    return { passport, versions, next }
  }),
)

export const action = posted(async ({ door, form }) => ({ submitted: (await door.tenant((ctx) => submitPassport(ctx, form.get('tag') ?? ''))).number }))

export default function Passport() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return <PassportPage {...loaded} refused={done && 'problem' in done ? done : null} submitted={done && 'submitted' in done ? done.submitted : null} />
}
