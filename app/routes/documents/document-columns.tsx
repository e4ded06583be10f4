import type { ListedDocument } from '../../../worker/core/documents/read-documents.ts'
import { categories } from '../../../worker/core/documents/contract.ts'
import { PostForm } from '../../shell/post-form.tsx'
import { Button } from '../../ui/button.tsx'
import { sizeWords } from '../../ui/file-line.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import type { Column } from '../../ui/table-cells.tsx'

const name: Column<ListedDocument> = {
  key: 'name',
  header: 'Name',
  phone: 'title',
  cell: (document) => <span className="font-medium [overflow-wrap:anywhere]">{document.name}</span>,
}
const category: Column<ListedDocument> = { key: 'category', header: 'Category', cell: (document) => categories[document.category] }
const kind: Column<ListedDocument> = { key: 'kind', header: 'Kind', quiet: true, fit: true, cell: (document) => document.kind }
const size: Column<ListedDocument> = { key: 'size', header: 'Size', align: 'end', quiet: true, fit: true, cell: (document) => sizeWords(document.size ?? 0) }
const author: Column<ListedDocument> = { key: 'author', header: 'Uploaded by', cell: (document) => document.author }

/** One button that acts on one row, named with the row for whoever hears it. */
function RowAct({ document, intent, label, icon }: { document: ListedDocument; intent: string; label: string; icon: 'download' | 'trash' | 'refresh' }) {
  return (
    <PostForm reload={intent === 'download'}>
      <input type="hidden" name="document" value={document.id} />
      <Button size="sm" tone={intent === 'download' ? 'plain' : 'quiet'} icon={icon} name="intent" value={intent}>
        {label}
        <span className="sr-only"> {document.name}</span>
      </Button>
    </PostForm>
  )
}

/** The list. */
export const storedColumns: readonly Column<ListedDocument>[] = [
  name,
  category,
  kind,
  size,
  author,
  { key: 'at', header: 'Uploaded', quiet: true, fit: true, cell: (document) => <RelativeTime at={document.createdAt} /> },
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    fit: true,
    phone: 'foot',
    cell: (document) => (
      <span className="flex justify-end gap-1">
        <RowAct document={document} intent="download" label="Download" icon="download" />
        {document.mayMove ? <RowAct document={document} intent="trash" label="Delete" icon="trash" /> : null}
      </span>
    ),
  },
]

/** The trash. */
export const trashedColumns: readonly Column<ListedDocument>[] = [
  name,
  category,
  size,
  author,
  { key: 'trashed', header: 'Deleted', quiet: true, fit: true, cell: (document) => (document.trashedAt === null ? null : <RelativeTime at={document.trashedAt} />) },
  { key: 'purged', header: 'Gone for good', fit: true, cell: (document) => (document.purgedAt === null ? null : <RelativeTime at={document.purgedAt} />) },
  {
    key: 'act',
    header: 'Act',
    headerHidden: true,
    fit: true,
    cell: (document) => (document.mayMove ? <RowAct document={document} intent="restore" label="Restore" icon="refresh" /> : null),
  },
]
