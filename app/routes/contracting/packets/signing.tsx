import { useLoaderData } from '@remix-run/react'
import type { OfferView } from '../../../../worker/contracting/packets/contract.ts'
import { listOffers } from '../../../../worker/contracting/packets/list-offers.ts'
import { page } from '../../../page.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'

export const meta = () => [{ title: 'To sign · Countersign' }]
export const handle = { crumbs: () => [{ label: 'To sign' }] }

export const loader = page(async ({ door }) => ({ offers: await door.tenant(listOffers) }))

const columns: readonly Column<OfferView>[] = [
  { key: 'title', header: 'Packet', phone: 'title', cell: ({ title }) => <span className="font-medium [overflow-wrap:anywhere]">{title}</span> },
  { key: 'carrier', header: 'For', cell: ({ carrier }) => carrier },
  { key: 'fmo', header: 'Prepared by', cell: ({ fmo }) => fmo },
  { key: 'state', header: 'State', fit: true, cell: ({ state }) => (state === 'signed' ? <StatusChip tone="ok">signed</StatusChip> : <StatusChip tone="warn">waits for you</StatusChip>) },
  { key: 'at', header: 'When', quiet: true, fit: true, cell: ({ signedAt, offeredAt }) => <RelativeTime at={signedAt ?? offeredAt} /> },
]

export default function Signing() {
  const { offers } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title="To sign" lead="Packets that your FMOs filled from your passport. Review each one before you sign it; the numbers in your copy are masked." />
      <DataTable<OfferView>
        caption="Packets to sign and signed, newest first"
        columns={columns}
        rows={offers}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/signing/${id}`}
        empty={<EmptyState icon="file" title="Nothing to sign">When an FMO of yours fills a packet for a carrier, it comes here.</EmptyState>}
      />
    </>
  )
}
