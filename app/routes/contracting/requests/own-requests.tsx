import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { requestKinds, requestStates, type Obstacle } from '../../../../worker/contracting/requests/contract.ts'
import { readOwnRequests, type CarrierNeeds, type OwnRequest } from '../../../../worker/contracting/requests/read-own-requests.ts'
import { page } from '../../../page.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Anchor } from '../../../ui/links.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { stateTones } from './request-words.ts'

export const meta: MetaFunction = () => [{ title: 'My requests · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My requests' }] }

export const loader = page(({ door }) => door.tenant(readOwnRequests))

/** What is missing, each a line; a way to where it is filled in stands above the table. */
function Missing({ missing, none }: { missing: readonly Obstacle[]; none: string }) {
  if (missing.length === 0) return <span className="text-ink-2">{none}</span>
  return (
    <ul className="grid gap-0.5">
      {missing.map(({ about, says }) => (
        <li key={about}>{says}</li>
      ))}
    </ul>
  )
}

/** All that is left for the producer to do, and the way to it. */
const Signature = () => (
  <Anchor href="/signing" className="underline">
    your signature
  </Anchor>
)

const requestColumns: readonly Column<OwnRequest>[] = [
  { key: 'carrier', header: 'Carrier', phone: 'title', cell: ({ carrier }) => <span className="font-medium">{carrier}</span> },
  { key: 'kind', header: 'Asks for', cell: ({ kind, states }) => `${requestKinds[kind]}: ${states.join(', ')}` },
  { key: 'fmo', header: 'Through', cell: ({ fmo }) => fmo },
  { key: 'state', header: 'Stands at', fit: true, cell: ({ state }) => <StatusChip tone={stateTones[state]}>{requestStates[state]}</StatusChip> },
  { key: 'missing', header: 'In its way', cell: ({ state, obstacles }) => (state === 'ready' && obstacles.length === 0 ? <Signature /> : <Missing missing={obstacles} none="nothing of yours" />) },
  { key: 'since', header: 'Since', quiet: true, fit: true, cell: ({ stateAt }) => <RelativeTime at={stateAt} /> },
]

const carrierColumns: readonly Column<CarrierNeeds>[] = [
  { key: 'carrier', header: 'Carrier', phone: 'title', cell: ({ carrier }) => <span className="font-medium">{carrier}</span> },
  { key: 'fmo', header: 'Through', cell: ({ fmo }) => fmo },
  { key: 'ready', header: 'State', fit: true, cell: ({ missing }) => (missing.length === 0 ? <StatusChip tone="ok">complete</StatusChip> : <StatusChip tone="warn">{`${missing.length} missing`}</StatusChip>) },
  { key: 'missing', header: 'Missing', cell: ({ missing }) => <Missing missing={missing} none="nothing" /> },
]

/** What a producer's FMOs ask of carriers for it, and what each carrier still lacks. */
export default function OwnRequests() {
  const { requests, carriers, unasked } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title="My requests" lead="What your FMOs ask carriers to do for you, as it stands there now." actions={<LinkButton href="/passport">My passport</LinkButton>} />
      {unasked.length > 0 ? <Notice tone="warn" title="Not everybody could be asked">{`${unasked.join(' and ')} cannot be reached just now. Load the page again in a while.`}</Notice> : null}
      <DataTable<OwnRequest>
        caption="Requests for you, the latest change first"
        columns={requestColumns}
        rows={requests}
        rowId={({ id }) => id}
        empty={<EmptyState icon="file" title="No requests yet">When an FMO of yours asks a carrier to contract you, it stands here from the draft to the appointment.</EmptyState>}
      />
      <DataTable<CarrierNeeds>
        caption="Carriers of your FMOs, and what each would still lack"
        columns={carrierColumns}
        rows={carriers}
        rowId={({ id }) => id}
        empty={<EmptyState icon="shield" title="No carriers yet">The carriers of the FMOs you work with stand here, with what your passport lacks for each.</EmptyState>}
      />
    </>
  )
}
