import { useLoaderData, type MetaFunction } from '@remix-run/react'
import type { FmoView } from '../../../../worker/contracting/producers/contract.ts'
import { listFmos } from '../../../../worker/contracting/producers/list-fmos.ts'
import { listOpenings } from '../../../../worker/contracting/producers/list-openings.ts'
import { page } from '../../../page.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { OpeningsCard } from './openings-card.tsx'

export const meta: MetaFunction = () => [{ title: 'My FMOs · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My FMOs' }] }

const PER_PAGE = 20

export const loader = page(({ door, url }) =>
  door.tenant(async (ctx) => {
    const [fmos, openings] = await Promise.all([listFmos(ctx), listOpenings(ctx, { cursor: url.searchParams.get('cursor') || undefined, limit: PER_PAGE })])
    return { ...fmos, ...openings }
  }),
)

const columns: readonly Column<FmoView>[] = [
  { key: 'name', header: 'Name', phone: 'title', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { key: 'state', header: 'State', cell: ({ state }) => (state === 'active' ? <StatusChip tone="ok">linked</StatusChip> : <StatusChip tone="mute">released</StatusChip>) },
  { key: 'holds', header: 'Holds', cell: ({ state, copiedNumber }) => (state === 'ended' ? 'nothing: its copy is gone' : copiedNumber === null ? 'nothing yet' : `version ${copiedNumber} of your passport`) },
  { key: 'since', header: 'Since', quiet: true, fit: true, cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
]

/** Whom one works with as a producer, and who of them opened what. */
export default function Fmos() {
  const { fmos, releases, openings, next } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title="My FMOs" lead="Each holds a copy of what you submitted, under a key of its own. When one releases you, that key is destroyed; your passport stays with you." />
      {releases.map(({ id, askedBy, dueAt, linkId }) => (
        <Notice key={id} tone="warn" title={askedBy === 'fmo' ? `${fmos.find((fmo) => fmo.id === linkId)?.name ?? 'An FMO'} asks to part` : `You asked ${fmos.find((fmo) => fmo.id === linkId)?.name ?? 'an FMO'} to release you`} action={<LinkButton href={`/releases/${id}`}>{askedBy === 'fmo' ? 'Answer' : 'Look'}</LinkButton>}>
          Unanswered, it is granted <RelativeTime at={dueAt} />.
        </Notice>
      ))}
      <DataTable<FmoView>
        caption="FMOs, the newest first"
        columns={columns}
        rows={fmos}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/fmos/${id}`}
        empty={<EmptyState icon="building" title="You work with no FMO yet">One that wants to do your contracting sends you a mail with a link. Open it while you are signed in here.</EmptyState>}
      />
      <OpeningsCard openings={openings} title="Who opened my data" whose />
      {next ? <Pagination summary={`${openings.length} shown`} next={`/fmos?cursor=${encodeURIComponent(next)}`} nextLabel="Older" /> : null}
    </>
  )
}
