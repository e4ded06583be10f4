import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { Period } from '../../../worker/calls/figures/contract.ts'
import { readFigures } from '../../../worker/calls/figures/read-figures.ts'
import { page } from '../../page.ts'
import { DashboardPage } from './dashboard-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Calls in figures · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Dashboard' }] }

export const loader = page(({ door, url }) => {
  const period = Period.catch('30').parse(url.searchParams.get('period'))
  return door.tenant((ctx) => readFigures(ctx, { period }))
})

export default function Dashboard() {
  return <DashboardPage figures={useLoaderData<typeof loader>()} />
}
