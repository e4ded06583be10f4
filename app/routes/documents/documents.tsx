import { redirectDocument } from '@remix-run/cloudflare'
import { useActionData, useLoaderData, useRevalidator, type MetaFunction } from '@remix-run/react'
import { DocumentFilter, DocumentId } from '../../../worker/core/documents/contract.ts'
import { issueDocumentLink } from '../../../worker/core/documents/issue-document-link.ts'
import { readDocuments } from '../../../worker/core/documents/read-documents.ts'
import { restoreDocument, trashDocument } from '../../../worker/core/documents/trash-document.ts'
import { action as posted, input, page } from '../../page.ts'
import { DocumentsPage } from './documents-page.tsx'

export const meta: MetaFunction = () => [{ title: 'Documents · Countersign' }]
export const handle = { crumbs: () => [{ label: 'Documents' }] }

const PER_PAGE = 25

/** Filter and cursor stand in the address; a word that is none filters nothing. */
export const loader = page(async ({ door, url }) => {
  const asked = (name: string) => url.searchParams.get(name) || undefined
  const category = DocumentFilter.shape.category.safeParse(asked('category')).data
  const state = asked('state') === 'trashed' ? 'trashed' : 'stored'
  const view = await door.tenant((ctx) => readDocuments(ctx, { state, category }, { cursor: asked('cursor'), limit: PER_PAGE }))
  return { ...view, state, category: category ?? null, uploaded: asked('uploaded') === '1', refusedUpload: asked('refused') ?? null, paged: asked('cursor') !== undefined } as const
})

/** `download` answers with the link itself: the browser follows it, and stays on the page. */
export const action = posted(async ({ door, form }) => {
  const id = input(DocumentId, form.get('document') ?? '')
  if (form.get('intent') === 'download') {
    const { url } = await door.tenant((ctx) => issueDocumentLink(ctx, id))
    return redirectDocument(new URL(url).pathname, 303)
  }
  const restore = form.get('intent') === 'restore'
  const moved = await door.tenant((ctx) => (restore ? restoreDocument(ctx, id) : trashDocument(ctx, id)))
  return { moved: { id: moved.id, name: moved.name, to: restore ? ('stored' as const) : ('trashed' as const) } }
})

export default function Documents() {
  const loaded = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  const { revalidate } = useRevalidator()
  return <DocumentsPage {...loaded} refused={done && 'problem' in done ? done : null} moved={done && 'moved' in done ? done.moved : null} onUploaded={revalidate} />
}
