import { redirect } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { readKeys } from '../../../worker/core/tenancy/read-keys.ts'
import { rotateSealRoot } from '../../../worker/core/tenancy/rotate-seal-root.ts'
import { action as posted, page } from '../../page.ts'
import { KeysPage } from './keys-page.tsx'
import { useFreshWhile } from './use-fresh-while.ts'

export const meta: MetaFunction = () => [{ title: 'Keys · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Keys' }] }

export const loader = page(({ door }) => door.tenant(readKeys))

/** Begins a rotation; the page then shows how far it has come. */
export const action = posted(async ({ door }) => {
  await door.tenant((ctx) => rotateSealRoot(ctx, 'button'))
  throw redirect('/keys#rotation')
})

export default function Keys() {
  const keys = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>() ?? null
  useFreshWhile(keys.rotations.some(({ state }) => state === 'sweeping'))
  return <KeysPage keys={keys} refused={refused} />
}
