import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { callOutcomes, CallStanding } from '../../../worker/calls/log/contract.ts'
import { listNamedCalls, type NamedCall } from '../../../worker/calls/log/list-named-calls.ts'
import { handOversIfMay } from '../../../worker/calls/sync/read-hand-overs.ts'
import { mayReplay } from '../../../worker/calls/sync/replay-call.ts'
import { replayCalls } from '../../../worker/calls/sync/replay-calls.ts'
import { action as posted, page } from '../../page.ts'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { HandOvers } from './hand-overs.tsx'
import { standingOf } from './hand-over-words.ts'
import { directionWords, outcomeTones, spokenFor } from './call-words.ts'

export const meta: MetaFunction = () => [{ title: 'Call log · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Call log' }] }

const PER_PAGE = 25

export const loader = page(async ({ door, url }) => {
  const cursor = url.searchParams.get('cursor') || undefined
  const stands = CallStanding.safeParse(url.searchParams.get('stands')).data
  const view = await door.tenant(async (ctx) => ({ ...(await listNamedCalls(ctx, { cursor, limit: PER_PAGE, stands })), handOvers: await handOversIfMay(ctx), mayReplay: mayReplay(ctx) }))
  return { ...view, stands: stands ?? null, paged: cursor !== undefined }
})

/** Hands over again whatever was given up, or was due without an AMS. */
export const action = posted(({ door }) => door.tenant((ctx) => replayCalls(ctx)))

const columns: readonly Column<NamedCall>[] = [
  { key: 'number', header: 'Number', mono: true, phone: 'title', cell: ({ number }) => number ?? 'withheld' },
  { key: 'direction', header: 'Way', fit: true, cell: ({ direction }) => directionWords[direction] },
  { key: 'outcome', header: 'Outcome', fit: true, cell: ({ outcome }) => <StatusChip tone={outcomeTones[outcome]}>{callOutcomes[outcome]}</StatusChip> },
  { key: 'member', header: 'Handled by', cell: ({ member }) => member ?? <span className="text-ink-3">nobody known</span> },
  { key: 'duration', header: 'Spoke for', align: 'end', cell: ({ durationS }) => spokenFor(durationS) },
  { key: 'ams', header: 'Note', fit: true, cell: (call) => <Note call={call} /> },
  { key: 'at', header: 'When', quiet: true, fit: true, cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
]

function Note({ call }: { call: NamedCall }) {
  const { says, tone } = standingOf(call)
  return <StatusChip tone={tone}>{says}</StatusChip>
}

/** Every call that diallers told of, or one's own. */
export default function Calls() {
  const { calls, next, whose, paged, mayConnect, handOvers, mayReplay: replays, stands } = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const here = stands === null ? '/calls?' : `/calls?stands=${stands}&`
  return (
    <>
      <PageHeader title="Call log" lead={whose === 'own' ? 'Your calls. Of a number only the last four digits are shown.' : 'Everybody’s calls. Of a number only the last four digits are shown.'} />
      {handOvers === null ? null : <HandOvers counts={handOvers} stands={stands} mayReplay={replays} refused={done && 'problem' in done ? done : null} replayed={done && 'calls' in done ? done.calls : null} />}
      <DataTable<NamedCall>
        caption="Calls, newest first"
        columns={columns}
        rows={calls}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/calls/${id}`}
        empty={
          <EmptyState icon="phone" title={stands === null ? 'No calls yet' : 'No such call'}>
            {stands !== null ? 'Whatever needs somebody to look at it stands here.' : mayConnect ? 'Connect a dialler under Diallers: what it tells of calls stands here from then on.' : 'They stand here once a dialler is connected and its words for you are known.'}
          </EmptyState>
        }
        footer={<Pagination summary={`${calls.length} shown`} previous={paged ? here.slice(0, -1) : undefined} previousLabel="Newest" next={next ? `${here}cursor=${encodeURIComponent(next)}` : undefined} nextLabel="Older" />}
      />
    </>
  )
}
