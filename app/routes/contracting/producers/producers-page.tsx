import type { ProducerView } from '../../../../worker/contracting/producers/contract.ts'
import type { ProducersView } from '../../../../worker/contracting/producers/read-producers.ts'
import { LinkButton } from '../../../ui/button.tsx'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { KpiStrip } from '../../../ui/kpi-strip.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { Pagination } from '../../../ui/pagination.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import { StatusChip } from '../../../ui/status-chip.tsx'
import { TabLinks } from '../../../ui/tab-links.tsx'
import type { Column } from '../../../ui/table-cells.tsx'
import { RosterForm } from './roster-form.tsx'
import { masked } from './words.ts'

const columns: readonly Column<ProducerView>[] = [
  { key: 'name', header: 'Name', phone: 'title', cell: ({ name }) => <span className="font-medium">{name}</span> },
  { key: 'email', header: 'Invited at', quiet: true, cell: ({ email }) => <span className="[overflow-wrap:anywhere]">{email}</span> },
  { key: 'passport', header: 'Passport', cell: ({ passport }) => (passport ? <StatusChip tone="ok">version {passport.number}</StatusChip> : <StatusChip tone="mute">not submitted</StatusChip>) },
  { key: 'npn', header: 'NPN', mono: true, cell: ({ passport }) => passport?.npn ?? '–' },
  { key: 'ssn', header: 'SSN or EIN', mono: true, cell: ({ passport }) => (passport?.ssnLast4 ? masked.ssn(passport.ssnLast4) : passport?.hasEin ? 'EIN on file' : '–') },
  { key: 'cover', header: 'E&O until', quiet: true, cell: ({ passport }) => passport?.coverExpiresOn ?? '–' },
  { key: 'since', header: 'Since', quiet: true, fit: true, cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
]
const ended: readonly Column<ProducerView>[] = [
  ...columns.slice(0, 2),
  { key: 'since', header: 'Joined', quiet: true, cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
  { key: 'until', header: 'Released', cell: ({ endedAt }) => (endedAt === null ? '–' : <RelativeTime at={endedAt} />) },
]

/** Whom the FMO works with, by what may be read without opening anything. */
export function ProducersPage({ state, producers, next, figures, mayInvite, mayExport }: ProducersView & { state: 'active' | 'ended' }) {
  const { active, released, waiting, invited, releasesOpen, coverLapsed } = figures
  return (
    <>
      <PageHeader
        title="Producers"
        lead="Each keeps one passport of its own; what you hold is a copy of what it submitted. A look at this list opens nothing."
        actions={
          <>
            {mayExport ? <RosterForm /> : null}
            {mayInvite ? (
              <>
                <LinkButton href="/producers/import" icon="upload">
                  Import a list
                </LinkButton>
                <LinkButton href="/producers/invite" tone="primary" icon="plus">
                  Invite
                </LinkButton>
              </>
            ) : null}
          </>
        }
      />
      <KpiStrip
        items={[
          { label: 'Linked', value: active, href: '/producers' },
          { label: 'Passport not submitted', value: waiting, tone: waiting > 0 ? 'warn' : 'mute', href: '/producers' },
          { label: 'Invitations open', value: invited, href: '/producers/invitations' },
          { label: 'Releases to answer', value: releasesOpen, tone: releasesOpen > 0 ? 'warn' : 'mute', href: '/releases' },
          { label: 'E&O cover lapsed', value: coverLapsed, tone: coverLapsed > 0 ? 'bad' : 'mute', href: '/producers' },
          { label: 'Released', value: released, href: '/producers?state=ended' },
        ]}
      />
      <TabLinks
        label="Which producers"
        tabs={[
          { label: 'Linked', href: '/producers', current: state === 'active', count: active },
          { label: 'Released', href: '/producers?state=ended', current: state === 'ended', count: released },
          { label: 'Invitations', href: '/producers/invitations', current: false },
        ]}
      />
      <DataTable<ProducerView>
        caption={state === 'active' ? 'Linked producers' : 'Released producers'}
        columns={state === 'active' ? columns : ended}
        rows={producers}
        rowId={({ id }) => id}
        rowHref={state === 'active' ? ({ id }) => `/producers/${id}` : undefined}
        empty={
          state === 'active' ? (
            <EmptyState icon="people" title="No producer has joined yet" action={mayInvite ? <LinkButton href="/producers/invite" icon="plus">Invite a producer</LinkButton> : undefined}>
              Whoever you invite gets a mail with a link that works once. They fill in their passport and submit it to you.
            </EmptyState>
          ) : (
            <EmptyState icon="leave" title="Nobody was released">Whoever is released stands here by name; what you held of them is gone for good.</EmptyState>
          )
        }
        footer={<Pagination summary={`${producers.length} shown`} next={next ? `/producers?state=${state}&cursor=${encodeURIComponent(next)}` : undefined} />}
      />
    </>
  )
}
