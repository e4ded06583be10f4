import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { callOutcomes } from '../../../worker/calls/log/contract.ts'
import { listNamedCalls, type NamedCall } from '../../../worker/calls/log/list-named-calls.ts'
import { page } from '../../page.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { directionWords, outcomeTones, spokenFor } from './call-words.ts'

export const meta: MetaFunction = () => [{ title: 'Call log · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Call log' }] }

const PER_PAGE = 25

export const loader = page(async ({ door, url }) => {
  const cursor = url.searchParams.get('cursor') || undefined
  return { ...(await door.tenant((ctx) => listNamedCalls(ctx, { cursor, limit: PER_PAGE }))), paged: cursor !== undefined }
})

const columns: readonly Column<NamedCall>[] = [
  { key: 'number', header: 'Number', mono: true, phone: 'title', cell: ({ number }) => number ?? 'withheld' },
  { key: 'direction', header: 'Way', fit: true, cell: ({ direction }) => directionWords[direction] },
  { key: 'outcome', header: 'Outcome', fit: true, cell: ({ outcome }) => <StatusChip tone={outcomeTones[outcome]}>{callOutcomes[outcome]}</StatusChip> },
  { key: 'member', header: 'Handled by', cell: ({ member }) => member ?? <span className="text-ink-3">nobody known</span> },
  { key: 'duration', header: 'Spoke for', align: 'end', cell: ({ durationS }) => spokenFor(durationS) },
  { key: 'at', header: 'When', quiet: true, fit: true, cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
]

/** Every call that diallers told of, or one's own. */
export default function Calls() {
  const { calls, next, whose, paged, mayConnect } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title="Call log" lead={whose === 'own' ? 'Your calls. Of a number only the last four digits are shown.' : 'Everybody’s calls. Of a number only the last four digits are shown.'} />
      <DataTable<NamedCall>
        caption="Calls, newest first"
        columns={columns}
        rows={calls}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/calls/${id}`}
        empty={
          <EmptyState icon="phone" title="No calls yet">
            {mayConnect ? 'Connect a dialler under Diallers: what it tells of calls stands here from then on.' : 'They stand here once a dialler is connected and its words for you are known.'}
          </EmptyState>
        }
        footer={<Pagination summary={`${calls.length} shown`} previous={paged ? '/calls' : undefined} previousLabel="Newest" next={next ? `/calls?cursor=${encodeURIComponent(next)}` : undefined} nextLabel="Older" />}
      />
    </>
  )
}
