import { useLoaderData, type MetaFunction } from '@remix-run/react'
import { listReleases, type ReleaseDetail } from '../../../../worker/contracting/producers/list-releases.ts'
import { page } from '../../../page.ts'
import { DataTable } from '../../../ui/data-table.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { RelativeTime } from '../../../ui/relative-time.tsx'
import type { Column } from '../../../ui/table-cells.tsx'

export const meta: MetaFunction = () => [{ title: 'Releases · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Releases' }] }

export const loader = page(({ door }) => door.tenant(listReleases))

const columns: readonly Column<ReleaseDetail>[] = [
  { key: 'other', header: 'With', phone: 'title', cell: ({ other }) => <span className="font-medium">{other}</span> },
  { key: 'by', header: 'Asked by', cell: ({ askedBy, side }) => (askedBy === side ? 'you' : 'them') },
  { key: 'reason', header: 'Why', quiet: true, cell: ({ reason }) => reason },
  { key: 'due', header: 'Granted by itself', fit: true, cell: ({ dueAt }) => <RelativeTime at={dueAt} /> },
]

export default function Releases() {
  const { releases } = useLoaderData<typeof loader>()
  return (
    <>
      <PageHeader title="Releases" lead="Who asked to part, and until when it may be answered. Silence grants it." />
      <DataTable<ReleaseDetail>
        caption="Releases that wait for an answer"
        columns={columns}
        rows={releases}
        rowId={({ id }) => id}
        rowHref={({ id }) => `/releases/${id}`}
        empty={<EmptyState icon="leave" title="Nothing waits for an answer">When you or the other side asks to part, it stands here until it is answered.</EmptyState>}
      />
    </>
  )
}
