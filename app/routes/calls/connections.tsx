import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { providerNames, type ProviderName } from '../../../worker/calls/intake/contract.ts'
import type { ConnectionView } from '../../../worker/core/hooks/contract.ts'
import { listConnections } from '../../../worker/core/hooks/list-connections.ts'
import { page } from '../../page.ts'
import { LinkButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'

export const meta: MetaFunction = () => [{ title: 'Diallers · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Diallers' }] }

const PER_PAGE = 25

export const loader = page(({ door, url }) => door.tenant((ctx) => listConnections(ctx, { cursor: url.searchParams.get('cursor') || undefined, limit: PER_PAGE })))

const columns: readonly Column<ConnectionView>[] = [
  { key: 'label', header: 'Name', phone: 'title', cell: ({ label }) => <span className="font-medium">{label}</span> },
  { key: 'sender', header: 'Dialler', cell: ({ sender }) => providerNames[sender as ProviderName] ?? sender }, // `as`: another module's sender has no name here
  { key: 'state', header: 'State', fit: true, cell: ({ state }) => <StatusChip tone={state === 'active' ? 'ok' : 'bad'}>{state}</StatusChip> },
  { key: 'secret', header: 'Secret since', quiet: true, fit: true, cell: ({ secretAt }) => <RelativeTime at={secretAt} /> },
]

/** Whose webhooks the tenant takes. */
export default function Connections() {
  const { connections, next } = useLoaderData<typeof loader>()
  const add = (
    <LinkButton href="/call-connections/new" tone="primary" icon="plus">
      Connect a dialler
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="Diallers" lead="Each has an address and a secret of its own. What it sends is proven before it is believed." actions={add} />
      <DataTable<ConnectionView>
        caption="Connections, newest first"
        columns={columns}
        rows={connections}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/call-connections/${id}`}
        empty={<EmptyState icon="plug" title="No dialler is connected" action={add}>Connect the first one: you get an address and a secret to enter there.</EmptyState>}
        footer={<Pagination summary={`${connections.length} shown`} next={next ? `/call-connections?cursor=${encodeURIComponent(next)}` : undefined} />}
      />
    </>
  )
}
