import type { Category } from '../../../worker/core/documents/contract.ts'
import { categories } from '../../../worker/core/documents/contract.ts'
import type { DocumentsView, ListedDocument } from '../../../worker/core/documents/read-documents.ts'
import type { Refused } from '../../refused.ts'
import { Done } from '../../shell/done.tsx'
import { SavedViews } from '../../shell/saved-views.tsx'
import { Card } from '../../ui/card.tsx'
import { DataTable } from '../../ui/data-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { Notice } from '../../ui/notice.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { Pagination } from '../../ui/pagination.tsx'
import { ProblemBanner } from '../../ui/problem-banner.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { TabLinks } from '../../ui/tab-links.tsx'
import { storedColumns, trashedColumns } from './document-columns.tsx'
import { UploadCard } from './upload-card.tsx'

export type DocumentsPageProps = DocumentsView & {
  state: 'stored' | 'trashed'
  category: Category | null
  /** True when an upload without scripts has just ended well; the word for what was wrong otherwise. */
  uploaded: boolean
  refusedUpload: string | null
  /** False on the first page. */
  paged: boolean
  moved: { id: string; name: string; to: 'stored' | 'trashed' } | null
  refused: Refused | null
  /** After each file that arrived. */
  onUploaded: () => void
}

/** Files of the tenant: what there is, a way in, and a trash that gives back. */
export function DocumentsPage(props: DocumentsPageProps) {
  const { documents, counts, state, category, moved, refused, linkMinutes, trashDays } = props
  const href = (change: { state?: string | undefined; category?: string | undefined; cursor?: string | undefined }) => documentsHref({ state, category: category ?? undefined, ...change })
  return (
    <>
      <PageHeader
        title="Documents"
        lead={`Each file is encrypted under a key of its own. A download link works for ${linkMinutes} minutes and only in the session that asked for it; making one and using it stand in the audit log.`}
      />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {props.uploaded && !moved && !refused ? <Notice tone="ok" title="Uploaded" live /> : null}
      {moved ? <Moved moved={moved} trashDays={trashDays} /> : null}
      {state === 'stored' && props.mayUpload ? <UploadCard refused={props.refusedUpload} open={counts.stored === 0} onUploaded={props.onUploaded} /> : null}
      <Card flush>
        <TabLinks
          inset
          label="Documents by state"
          tabs={[
            { label: 'Stored', href: documentsHref({}), current: state === 'stored', count: counts.stored },
            { label: 'Trash', href: documentsHref({ state: 'trashed' }), current: state === 'trashed', count: counts.trashed },
          ]}
        />
        <div className="grid gap-2 border-b border-line px-4 py-2.5">
          <SavedViews page="/documents" query={documentsHref({ state, category: category ?? undefined }).split('?')[1] ?? ''} />
          <FilterBar
            label="Filter documents"
            action="/documents"
            keep={{ state: state === 'trashed' ? 'trashed' : undefined }}
            active={category ? [{ label: categories[category], without: href({ category: undefined }) }] : []}
          >
            <SelectField size="sm" name="category" label="Category" labelHidden none="Any category" choices={Object.entries(categories).map(([value, label]) => ({ value, label }))} defaultValue={category ?? ''} key={category} />
          </FilterBar>
        </div>
        <DataTable<ListedDocument>
          bare
          caption={state === 'stored' ? 'Documents, newest first' : 'Documents in the trash'}
          columns={state === 'stored' ? storedColumns : trashedColumns}
          rows={documents}
          rowId={({ id }) => id}
          empty={<Nothing state={state} category={category} trashDays={trashDays} />}
          footer={
            <Pagination
              summary={`${documents.length} shown`}
              previous={props.paged ? href({}) : undefined}
              previousLabel="Newest"
              next={props.next ? href({ cursor: props.next }) : undefined}
              nextLabel="Older"
            />
          }
        />
      </Card>
    </>
  )
}

function Moved({ moved, trashDays }: { moved: NonNullable<DocumentsPageProps['moved']>; trashDays: number }) {
  if (moved.to === 'stored') return <Done title={`${moved.name} is back`} />
  return (
    <Done
      title={`${moved.name} is in the trash`}
      detail={`Its links work no more. It can be restored for ${trashDays} ${trashDays === 1 ? 'day' : 'days'}; then its key is destroyed.`}
      undo={{ action: '/documents', fields: { document: moved.id, intent: 'restore' } }}
    />
  )
}

function Nothing({ state, category, trashDays }: { state: 'stored' | 'trashed'; category: Category | null; trashDays: number }) {
  if (category) return <EmptyState icon="file" title={`Nothing filed under ${categories[category]}`}>Remove the filter to see the rest.</EmptyState>
  if (state === 'trashed')
    return (
      <EmptyState icon="trash" title="The trash is empty">
        What is deleted waits here for {trashDays} {trashDays === 1 ? 'day' : 'days'} and can be restored.
      </EmptyState>
    )
  return (
    <EmptyState icon="file" title="No documents yet">
      Upload the first one above: a signed application, a licence, a carrier letter.
    </EmptyState>
  )
}

/** The page's address for a view of it. */
export function documentsHref({ state, category, cursor }: { state?: string | undefined; category?: string | undefined; cursor?: string | undefined }): string {
  const query = new URLSearchParams(Object.entries({ state: state === 'trashed' ? state : undefined, category, cursor }).flatMap(([name, value]) => (value ? [[name, value]] : [])))
  return query.size > 0 ? `/documents?${query}` : '/documents'
}
