import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { requestKinds, requestStates, RequestFilter, type RequestView } from '../../../../worker/contracting/requests/contract.ts'
import { listRequests } from '../../../../worker/contracting/requests/list-requests.ts'
import { readRequestFigures } from '../../../../worker/contracting/requests/read-request-figures.ts'
import { page } from '../../../page.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { FilterBar } from '../../../ui/filter-bar.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { SelectField } from '../../../ui/select-field.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { RequestFiguresStrip } from './request-figures.tsx'
import { kindChoices, stateChoices, stateTones, waitsWords } from './request-words.ts'

export const meta: MetaFunction = () => [{ title: 'Contracting requests · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Requests' }] }

const PER_PAGE = 25

/** Filters and cursor stand in the address; a word that is none filters nothing. */
export const loader = page(async ({ door, url }) => {
  const asked = (name: keyof RequestFilter) => RequestFilter.shape[name].safeParse(url.searchParams.get(name) || undefined).data
  const filter = RequestFilter.parse({ state: asked('state'), waits: asked('waits'), kind: asked('kind'), carrier: asked('carrier'), producer: asked('producer') })
  const cursor = url.searchParams.get('cursor') || undefined
  const [list, figures] = await door.tenant((ctx) => Promise.all([listRequests(ctx, filter, { cursor, limit: PER_PAGE }), readRequestFigures(ctx)]))
  return { ...list, figures, filter, paged: cursor !== undefined }
})

const columns: readonly Column<RequestView>[] = [
  { key: 'producer', header: 'Producer', phone: 'title', cell: ({ producer }) => <span className="font-medium">{producer}</span> },
  { key: 'kind', header: 'Asks for', cell: ({ kind }) => requestKinds[kind] },
  { key: 'carrier', header: 'Carrier', cell: ({ carrier }) => carrier.name },
  { key: 'states', header: 'States', quiet: true, cell: ({ states }) => states.join(', ') },
  { key: 'state', header: 'Stands at', fit: true, cell: ({ state }) => <StatusChip tone={stateTones[state]}>{requestStates[state]}</StatusChip> },
  { key: 'since', header: 'Since', quiet: true, fit: true, cell: ({ stateAt }) => <RelativeTime at={stateAt} /> },
]

const hrefOf = (filter: RequestFilter, cursor?: string): string => {
  const query = new URLSearchParams([...Object.entries(filter), ...(cursor ? [['cursor', cursor]] : [])].filter((pair): pair is [string, string] => Boolean(pair[1])))
  return query.size > 0 ? `/requests?${query}` : '/requests'
}

/** What the FMO asks carriers to do for its producers. */
export default function Requests() {
  const { requests, next, mayWrite, figures, filter, paged } = useLoaderData<typeof loader>()
  const words = { state: filter.state && requestStates[filter.state], waits: filter.waits && waitsWords[filter.waits], kind: filter.kind && requestKinds[filter.kind], carrier: filter.carrier && 'One carrier', producer: filter.producer && 'One producer' }
  const active = (Object.keys(words) as (keyof typeof words)[]).flatMap((name) => (words[name] ? [{ label: words[name], without: hrefOf({ ...filter, [name]: undefined }) }] : [])) // `as`: the keys of that object
  const draft = (
    <LinkButton href="/requests/new" tone="primary" icon="plus">
      New request
    </LinkButton>
  )
  return (
    <>
      <PageHeader title="Contracting requests" lead="From the draft to the carrier’s answer. Each step is a record with who and when." actions={mayWrite ? draft : undefined} />
      <RequestFiguresStrip figures={figures} />
      <FilterBar label="Filter requests" action="/requests" keep={{ waits: filter.waits, carrier: filter.carrier, producer: filter.producer }} active={active} summary={`${requests.length} shown`}>
        <SelectField name="state" label="State" labelHidden size="sm" none="Any state" choices={stateChoices} defaultValue={filter.state ?? ''} />
        <SelectField name="kind" label="Kind" labelHidden size="sm" none="Any kind" choices={kindChoices} defaultValue={filter.kind ?? ''} />
      </FilterBar>
      <DataTable<RequestView>
        caption="Contracting requests, newest first"
        columns={columns}
        rows={requests}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/requests/${id}`}
        empty={
          active.length > 0 ? (
            <EmptyState icon="file" title="Nothing fits">Take a filter away, or look at all of them.</EmptyState>
          ) : (
            <EmptyState icon="file" title="No requests yet" action={mayWrite ? draft : undefined}>Choose a producer and a carrier. What stands in the way is said before anybody signs.</EmptyState>
          )
        }
        footer={<Pagination summary={`${requests.length} shown`} previous={paged ? hrefOf(filter) : undefined} previousLabel="Newest" next={next ? hrefOf(filter, next) : undefined} nextLabel="Older" />}
      />
    </>
  )
}
