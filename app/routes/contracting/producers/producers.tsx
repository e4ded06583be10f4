import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { LinkState } from '../../../../worker/contracting/producers/contract.ts'
import { readProducers } from '../../../../worker/contracting/producers/read-producers.ts'
import { page } from '../../../page.ts'
import { ProducersPage } from './producers-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Producers · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Producers' }] }

const PER_PAGE = 25

/** Filter and cursor stand in the address; a state that is none is the usual one. */
export const loader = page(async ({ door, url }) => {
  const state = LinkState.safeParse(url.searchParams.get('state')).data ?? 'active'
  return { state, ...(await door.tenant((ctx) => readProducers(ctx, { state, cursor: url.searchParams.get('cursor') || undefined, limit: PER_PAGE }))) }
})

export default function Producers() {
  return <ProducersPage {...useLoaderData<typeof loader>()} />
}
