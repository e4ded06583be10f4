import { useLoaderData, type MetaFunction } from '@remix-run/react'
import type { CarrierView } from '../../../../worker/contracting/carriers/contract.ts'
import { listCarriers } from '../../../../worker/contracting/carriers/list-carriers.ts'
import { page } from '../../../page.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { lineNames } from './carrier-words.ts'

export const meta: MetaFunction = () => [{ title: 'Carriers · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Carriers' }] }

const PER_PAGE = 25

export const loader = page(({ door, url }) => door.tenant((ctx) => listCarriers(ctx, { cursor: url.searchParams.get('cursor') || undefined, limit: PER_PAGE })))

const columns: readonly Column<CarrierView>[] = [
  { key: 'name', header: 'Name', phone: 'title', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { key: 'naic', header: 'NAIC', mono: true, fit: true, cell: ({ naic }) => naic },
  { key: 'states', header: 'States', quiet: true, cell: ({ states }) => (states.length > 8 ? `${states.length} states` : states.join(', ')) },
  { key: 'lines', header: 'Lines', quiet: true, cell: ({ lines }) => lineNames(lines) },
]

/** Whom the FMO contracts its producers with. */
export default function Carriers() {
  const { carriers, next, mayWrite } = useLoaderData<typeof loader>()
  const add = (
    <LinkButton href="/carriers/new" tone="primary" icon="plus">
      Add a carrier
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="Carriers" lead="Each has keys of its own for its programs, and sees what was handed over to it and nothing else." actions={mayWrite ? add : undefined} />
      <DataTable<CarrierView>
        caption="Carriers by name"
        columns={columns}
        rows={carriers}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/carriers/${id}`}
        empty={<EmptyState icon="building" title="No carriers yet" action={mayWrite ? add : undefined}>{mayWrite ? 'Add the first one: its company number, where it writes business, and in which lines.' : 'An administrator adds them.'}</EmptyState>}
        footer={<Pagination summary={`${carriers.length} shown`} next={next ? `/carriers?cursor=${encodeURIComponent(next)}` : undefined} />}
      />
    </>
  )
}
