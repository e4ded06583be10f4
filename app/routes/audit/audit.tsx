import type { MetaFunction } from '@remix-run/cloudflare'
import { Outlet, useLoaderData, useParams } from '@remix-run/react'
import { AuditFilter, filterQuery, PER_PAGE, type AuditEntryView } from '../../../worker/core/audit/contract.ts'
import { listAuditEntries } from '../../../worker/core/audit/list-audit-entries.ts'
import { page } from '../../page.ts'
import { SavedViews } from '../../shell/saved-views.tsx'
import { LinkButton } from '../../ui/button.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { Column } from '../../ui/table-cells.tsx'
import { AuditFigures } from './audit-figures.tsx'
import { AuditFilters } from './audit-filters.tsx'
import { auditHref, exportHref, figure, shortId, typedFilters } from './audit-links.ts'
import { AuditStanding } from './audit-standing.tsx'
import { LiveTail } from './live-tail.tsx'

export const meta: MetaFunction = () => [{ title: 'Audit · Countersign' }]

export const handle = { crumbs: () => [{ label: 'Audit log', href: '/audit' }] }

export const loader = page(async ({ door, url, product }) => {
  const typed = typedFilters(url.searchParams)
  const parsed = AuditFilter.safeParse(typed)
  const before = Number(url.searchParams.get('before')) || null
  // A filter that makes no sense finds nothing: it is mended beside its field, with the rest kept as typed.
  const filter = parsed.success ? parsed.data : { event: 'nothing.fits' }
  const errors = Object.fromEntries((parsed.error?.issues ?? []).map((issue) => [String(issue.path[0]), issue.message]))
  const audit = await door.tenant((ctx) => listAuditEntries(ctx, filter, before, PER_PAGE))
  return { audit, events: product.events().map(({ name }) => name).sort(), typed, errors, place: { filter: parsed.success ? parsed.data : {}, live: url.searchParams.get('live') === '1' && before === null, before } }
})

/** What is asked of a log most often. */
const presets = [
  { label: 'Everything', query: '' },
  { label: 'Sensitive reads', query: filterQuery({ kind: 'reads' }) },
  { label: 'Sign-ins', query: filterQuery({ event: 'core.session' }) },
  { label: 'People', query: filterQuery({ event: 'core.member' }) },
  { label: 'Documents', query: filterQuery({ event: 'core.document' }) },
  { label: 'Policy', query: filterQuery({ event: 'core.policy' }) },
]

const columns: readonly Column<AuditEntryView>[] = [
  { key: 'n', header: 'No.', cell: ({ n }) => figure(n), fit: true, mono: true, phone: 'hide' },
  { key: 'at', header: 'When', cell: ({ at }) => <RelativeTime at={at} />, fit: true, quiet: true },
  { key: 'who', header: 'Who', cell: ({ actor }) => <Who actor={actor} /> },
  { key: 'what', header: 'What', cell: ({ event }) => event, mono: true, phone: 'title' },
  { key: 'subject', header: 'Subject', cell: ({ subject }) => <span title={subject}>{shortId(subject)}</span>, mono: true, quiet: true, phone: 'hide' },
  { key: 'link', header: 'Link', cell: ({ prev, hash }) => <Link prev={prev} hash={hash} />, mono: true, quiet: true, fit: true, phone: 'hide' },
]

/** Beside an open entry there is room for less, and the entry itself says the rest. */
const fewColumns = columns.filter(({ key }) => key !== 'subject')

function Who({ actor }: Pick<AuditEntryView, 'actor'>) {
  if (actor.name) return <>{actor.name}</>
  if (actor.kind === 'visitor') return <span className="text-ink-2">somebody signed out</span>
  return (
    <span title={actor.id} className="text-ink-2">
      {actor.kind === 'system' ? actor.id : shortId(actor.id)}
    </span>
  )
}

function Link({ prev, hash }: Pick<AuditEntryView, 'prev' | 'hash'>) {
  return (
    <span title={`${prev} → ${hash}`}>
      {prev.slice(0, 4)} <span aria-hidden>→</span> <span className="sr-only">to</span> {hash.slice(0, 4)}
    </span>
  )
}

export default function Audit() {
  const { audit, events, typed, errors, place } = useLoaderData<typeof loader>()
  const open = useParams()['number']
  const { entries, next, count, more, standing, waiting } = audit
  const { filter } = place
  const filtered = Object.keys(typed).length > 0
  return (
    <>
      <PageHeader
        title="Audit log"
        status={<AuditStanding standing={standing} waiting={waiting} reachable={audit.reachable} />}
        actions={
          <>
            <LiveTail place={place} />
            <LinkButton href={exportHref(filter, 'csv')} icon="download">
              Export CSV
            </LinkButton>
            <LinkButton href={exportHref(filter, 'ndjson')} icon="audit">
              Export for verification
            </LinkButton>
          </>
        }
      />
      <AuditFigures audit={audit} />
      {standing.brokenAt !== null || standing.refusal ? <Refusal standing={standing} /> : null}
      <SavedViews page="/audit" presets={presets} query={filterQuery(filter)} />
      <AuditFilters
        actors={audit.actors}
        events={events}
        typed={typed}
        errors={errors}
        place={place}
        summary={`${more ? 'more than ' : ''}${figure(count)} ${count === 1 ? 'entry' : 'entries'}`}
      />
      <div className={open ? 'grid items-start gap-6 min-[84rem]:grid-cols-[minmax(0,1fr)_24rem]' : undefined}>
        <DataTable
          caption="Entries of the audit log, newest first"
          columns={open ? fewColumns : columns}
          rows={entries}
          rowId={({ n }) => String(n)}
          rowHref={({ n }) => auditHref(place, n)}
          openRow={open}
          empty={
            <EmptyState icon="audit" title={!audit.reachable ? 'The log cannot be reached right now' : filtered ? 'No entry fits these filters' : 'Nothing in the log yet'}>
              {!audit.reachable
                ? 'Changes go on and wait to be sealed; nothing is lost. Try again in a minute.'
                : filtered
                  ? 'Take a filter away, or look further back.'
                  : 'Every change made here is written into this log within a minute, and nobody can take it out again.'}
            </EmptyState>
          }
          footer={
            <Pagination
              summary={`${entries.length} shown`}
              previous={place.before === null ? undefined : auditHref({ ...place, before: null })}
              previousLabel="Newest"
              next={next === null ? undefined : auditHref({ ...place, before: next })}
              nextLabel="Older"
            />
          }
        />
        <Outlet />
      </div>
    </>
  )
}

const refusals = {
  smaller: 'A larger log than this one was signed before: this object was put back to an older state.',
  inconsistent: 'Another log than this one was signed before under the same name.',
  bucket: 'What lies in the bucket is not what was written there.',
  broken: 'An entry was changed behind the triggers.',
}

function Refusal({ standing }: Pick<Awaited<ReturnType<typeof listAuditEntries>>, 'standing'>) {
  return (
    <Notice tone="bad" title={standing.brokenAt === null ? 'This log is not being signed' : `Entry ${figure(standing.brokenAt)} does not verify`}>
      {refusals[standing.refusal ?? 'broken']} Events are still taken in and nothing is lost. Whoever kept a checkpoint or an export can tell what is missing; tell the operator.
    </Notice>
  )
}
