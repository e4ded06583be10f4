import { z } from 'zod'
import { Paging } from '../api/cursor.ts'
import { route, type ApiRoute } from '../api/route.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { CreateDocument, DocumentFilter, DocumentId, DocumentView, LinkView, MAX_BYTES } from './contract.ts'
import { announcedDocument, createDocument } from './create-document.ts'
import { issueDocumentLink } from './issue-document-link.ts'
import { listDocuments } from './list-documents.ts'
import { readDocument } from './read-document.ts'
import { stageContent } from './stage-content.ts'
import { storeDocument } from './store-document.ts'
import { restoreDocument, trashDocument, trashedDocument } from './trash-document.ts'

const params = z.strictObject({ documentId: DocumentId })
const tag = 'Documents'

/** Documents for programs: announce, `PUT` the bytes, list, ask for a link, trash, restore. */
export const documentRoutes: readonly ApiRoute[] = [
  route({
    method: 'get', path: '/api/v1/documents', operationId: 'listDocuments', tag, scope: 'documents.read',
    summary: 'Documents, newest first',
    query: z.strictObject({ ...DocumentFilter.shape, ...Paging }),
    answer: z.object({ documents: z.array(DocumentView), next: z.string().nullable() }),
    run: async (ctx, { query: { state, category, ...page } }) => {
      const list = await listDocuments(ctx, { state, category }, page)
      return { body: list, next: list.next }
    },
  }),
  route({
    method: 'post', path: '/api/v1/documents', operationId: 'createDocument', tag, scope: 'documents.write',
    summary: 'Announce a document; send its bytes to contentUrl with PUT within a day',
    body: CreateDocument,
    answer: DocumentView.extend({ contentUrl: z.string() }),
    status: 201,
    run: async (ctx, { body }) => ({ body: withContentUrl(ctx, await createDocument(ctx, body)) }),
    again: async (ctx, id) => withContentUrl(ctx, await announcedDocument(ctx, id)),
  }),
  route({
    method: 'put', path: '/api/v1/documents/{documentId}/content', operationId: 'putDocumentContent', tag, scope: 'documents.write',
    summary: 'The bytes of an announced document: checked, counted and encrypted as they arrive',
    params,
    fileBytes: MAX_BYTES,
    overwritesNothing: 'Only an announced document without bytes takes any; a second file is refused.',
    answer: DocumentView,
    run: async (ctx, { params: { documentId }, file }) => {
      if (!file) throw new Fault({ code: 'malformed', detail: 'Send the file as the body.' })
      const staged = await file.once(() => stageContent(ctx, { documentId, bytes: file.stream, claimedType: file.type }))
      return { body: await storeDocument(ctx, staged) }
    },
  }),
  route({
    method: 'get', path: '/api/v1/documents/{documentId}', operationId: 'readDocument', tag, scope: 'documents.read',
    summary: 'One document, with its digest',
    params,
    answer: DocumentView,
    run: async (ctx, { params: { documentId } }) => ({ body: await readDocument(ctx, documentId) }),
  }),
  route({
    method: 'post', path: '/api/v1/documents/{documentId}/links', operationId: 'issueDocumentLink', tag, scope: 'documents.read',
    summary: 'A download link for this session or key only; it dies with it, or after the minutes the policy says',
    params,
    answer: LinkView,
    status: 201,
    // The link is worth nothing without its session, but there is no reason to keep it for a day either.
    showsOnce: true,
    run: async (ctx, { params: { documentId } }) => ({ body: await issueDocumentLink(ctx, documentId) }),
  }),
  route({
    method: 'post', path: '/api/v1/documents/{documentId}/trash', operationId: 'trashDocument', tag, scope: 'documents.write',
    summary: 'Put a document into the trash',
    params,
    answer: DocumentView,
    status: 201,
    run: async (ctx, { params: { documentId } }) => ({ body: await trashDocument(ctx, documentId) }),
    again: trashedDocument,
  }),
  route({
    method: 'delete', path: '/api/v1/documents/{documentId}/trash', operationId: 'restoreDocument', tag, scope: 'documents.write',
    summary: 'Take a document out of the trash',
    params,
    overwritesNothing: 'It leads from one state to one other, and is refused in any other.',
    alsoRefuses: [410],
    answer: DocumentView,
    run: async (ctx, { params: { documentId } }) => ({ body: await restoreDocument(ctx, documentId) }),
  }),
]

const withContentUrl = (ctx: Ctx, document: DocumentView) => ({ ...document, contentUrl: `${ctx.reach.env.ORIGIN}/api/v1/documents/${document.id}/content` })
