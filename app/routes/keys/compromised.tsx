import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { Fault } from '../../../worker/core/failure.ts'
import { readKeys } from '../../../worker/core/tenancy/read-keys.ts'
import { rotateSealRoot } from '../../../worker/core/tenancy/rotate-seal-root.ts'
import { action as posted, page } from '../../page.ts'
import { CompromisedPage } from './compromised-page.tsx'

export const meta: MetaFunction = () => [{ title: 'A compromised key · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Keys', href: '/keys' }, { label: 'Compromised' }] }

export const loader = page(async ({ door, url }) => {
  const keys = await door.tenant(readKeys)
  if (!keys.mayDestroy) throw new Fault({ code: 'role_required', need: 'key.compromised' })
  const seal = keys.roots.find(({ root }) => root === 'seal')
  return {
    confirmed: url.searchParams.get('confirmed') === '1',
    running: keys.rotations.some(({ state }) => state === 'sweeping'),
    goes: (seal?.versions ?? []).filter(({ state }) => state !== 'destroyed').map(({ version, state, createdAt }) => ({ version, state, createdAt })),
  }
})

/** Asks for a proof made for destroying this very version; the second press begins. */
export const action = posted(async ({ door }) => {
  await door.tenant((ctx) => rotateSealRoot(ctx, 'compromised'))
  throw redirect('/keys#rotation')
})

export default function Compromised() {
  const loaded = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  return <CompromisedPage {...loaded} refused={refused} />
}
