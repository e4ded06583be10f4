import { rights as api } from '../../worker/core/api/module.ts'
import { rights as audit } from '../../worker/core/audit/module.ts'
import { rights as documents } from '../../worker/core/documents/module.ts'
import type { RightDeclaration } from '../../worker/core/module.ts'
import { createDocument } from '../../worker/core/documents/create-document.ts'
import { issueDocumentLink } from '../../worker/core/documents/issue-document-link.ts'
import { pdf } from '../support/sample-files.ts'
import { failureOf, type Browser } from '../support/scene.ts'
import type { Ask } from './ask.ts'
import type { Home } from './home.ts'

/**
 * One request that works: which entrance, who may, and what it says in a given tenant. `ask` makes whatever the request needs
 * there, for `by` where it must be somebody's own, and names it. The walks send the same request from other tenants, in every role, without tokens.
 */
export type Case = {
  /** As route-table.ts names it: `POST /api/v1/documents`. */
  readonly entrance: string
  /** Which one, where an entrance has several: `revoke`. */
  readonly which?: string
  /** The right it needs; `anyone` opens to strangers too, `member` to whoever works in the tenant. */
  readonly may: RightDeclaration | 'member' | 'anyone'
  readonly ask: (home: Home, by: Browser) => Promise<Ask>
  /** What it adds to the tenant's log when it succeeds. Every request that changes something names one. */
  readonly records?: string
  /** The same request for a thing that is nowhere, where swapping ids for unknown ones is not enough. */
  readonly absent?: (ask: Ask) => Ask
}

const nothing = async (): Promise<Ask> => ({})

/** Every case there is. A route without one fails the sweep: add it here, with whatever it needs in home.ts. */
export const cases: readonly Case[] = [
  { entrance: 'GET /healthz', may: 'anyone', ask: nothing },
  { entrance: 'GET /api/openapi.json', may: 'anyone', ask: nothing },
  { entrance: 'GET /trust.json', may: 'anyone', ask: nothing },
  { entrance: 'GET /.well-known/security.txt', may: 'anyone', ask: nothing },
  { entrance: 'GET /trust', may: 'anyone', ask: nothing },
  { entrance: 'GET /api/docs', may: 'anyone', ask: nothing },
  { entrance: 'GET /', may: 'anyone', ask: nothing },

  { entrance: 'GET /api/v1/api-keys', may: api.readKeys, ask: nothing },
  { entrance: 'POST /api/v1/api-keys', may: api.issueKey, records: 'core.api_key.issued', ask: async ({ word }) => ({ json: { label: `New ${word.slice(0, 4)}`, scopes: ['members.read'], days: 1 } }) },
  { entrance: 'POST /api/v1/api-keys/:keyId/revocation', may: api.issueKey, records: 'core.api_key.revoked', ask: async (home) => ({ params: { keyId: (await home.apiKey()).id } }) },
  { entrance: 'GET /api-keys', may: api.readKeys, ask: nothing },
  { entrance: 'POST /api-keys', which: 'issue', may: api.issueKey, records: 'core.api_key.issued', ask: async () => ({ form: { label: 'From a form', scopes: 'members.read', days: '1' } }) },
  { entrance: 'POST /api-keys', which: 'revoke', may: api.issueKey, records: 'core.api_key.revoked', ask: async (home) => ({ form: { intent: 'revoke', key: (await home.apiKey()).id } }) },

  { entrance: 'GET /api/v1/audit-entries', may: audit.readAudit, ask: nothing },
  { entrance: 'GET /api/v1/audit-entries/:number', may: audit.readAudit, ask: async (home) => ({ params: { number: String(await home.entryNumber()) } }) },
  { entrance: 'GET /api/v1/audit-checkpoint', may: audit.readAudit, ask: checkpointed },
  { entrance: 'GET /audit', may: audit.readAudit, ask: nothing },
  { entrance: 'GET /audit/:number', may: audit.readAudit, ask: async (home) => ({ params: { number: String(await home.entryNumber()) } }) },
  { entrance: 'POST /audit/:number', may: audit.openEntry, records: 'core.audit.entry_opened', ask: async (home) => ({ params: { number: String(await home.entryNumber()) }, form: {} }) },
  { entrance: 'GET /audit/export', may: audit.readAudit, ask: nothing },
  { entrance: 'POST /audit/export', may: audit.exportAudit, records: 'core.audit.exported', ask: async (home) => (await home.entryNumber(), { query: { form: 'csv' }, form: {} }) },

  { entrance: 'GET /api/v1/documents', may: documents.readDocuments, ask: nothing },
  { entrance: 'POST /api/v1/documents', may: documents.uploadDocument, records: 'core.document.begun', ask: async () => ({ json: { name: 'new.pdf', category: 'agreement', phi_ack: true } }) },
  { entrance: 'GET /api/v1/documents/:documentId', may: documents.readDocuments, ask: async (home) => ({ params: { documentId: await home.document() } }) },
  { entrance: 'POST /api/v1/documents/:documentId/links', may: documents.readDocuments, records: 'core.document.url_issued', ask: async (home) => ({ params: { documentId: await home.document() } }) },
  { entrance: 'POST /api/v1/documents/:documentId/trash', may: documents.trashDocument, records: 'core.document.trashed', ask: async (home) => ({ params: { documentId: await home.document() } }) },
  { entrance: 'DELETE /api/v1/documents/:documentId/trash', may: documents.trashDocument, records: 'core.document.restored', ask: async (home) => ({ params: { documentId: await home.document('trashed') } }) },
  { entrance: 'PUT /api/v1/documents/:documentId/content', may: documents.uploadDocument, records: 'core.document.uploaded', ask: async (home, by) => ({ params: { documentId: await announced(home, by) }, bytes: pdf('A page.'), headers: { 'Content-Type': 'application/pdf' } }) },
  { entrance: 'GET /documents/file/*', may: documents.readDocuments, ask: async (home, by) => ({ params: { '*': await link(home, by) } }) },
  { entrance: 'POST /documents/upload', may: documents.uploadDocument, records: 'core.document.uploaded', ask: async (home) => upload(home) },
  { entrance: 'GET /audit/exports/:ticket', may: audit.exportAudit, ask: async (home, by) => ({ params: { ticket: await own(home, by, (browser) => home.exportTicket(browser)) } }), absent: (ask) => ({ ...ask, params: { ticket: `${btoa('{}')}.${'A'.repeat(43)}` } }) },
]

/** A checkpoint exists once a log has been exported. */
async function checkpointed(home: Home): Promise<Ask> {
  await home.entryNumber()
  await home.exportTicket()
  return {}
}

/** What only whoever made it may use: made by the sender, or by the owner where the sender may not. */
async function own<T>(home: Home, by: Browser, make: (browser: Browser) => Promise<T>): Promise<T> {
  const made: { thing?: T } = {}
  const refused = await failureOf(make(by).then((thing) => void (made.thing = thing)))
  return refused || made.thing === undefined ? make(home.owner) : made.thing
}

/** An announced document of the sender's. */
const announced = (home: Home, by: Browser): Promise<string> =>
  own(home, by, (browser) => browser.run(async (ctx) => (await createDocument(ctx, { name: `${home.word}.pdf`, category: 'agreement', phi_ack: true })).id))

/** The path of a download link that the sender asked for. */
async function link(home: Home, by: Browser): Promise<string> {
  const id = await home.document()
  const { url } = await own(home, by, (browser) => browser.run((ctx) => issueDocumentLink(ctx, id)))
  return new URL(url).pathname.replace('/documents/file/', '')
}

/** A page form with a file, as a browser without scripts sends it. */
function upload(home: Home): Ask {
  const line = '--boundary\r\nContent-Disposition: form-data; name='
  const head = `${line}"csrf"\r\n\r\nCSRF\r\n${line}"category"\r\n\r\nagreement\r\n${line}"phi_ack"\r\n\r\nyes\r\n${line}"file"; filename="${home.word.slice(0, 4)}.pdf"\r\nContent-Type: application/pdf\r\n\r\n`
  const encoder = new TextEncoder()
  const bytes = Uint8Array.from([...encoder.encode(head), ...pdf('A page.'), ...encoder.encode('\r\n--boundary--\r\n')])
  return { bytes, headers: { 'Content-Type': 'multipart/form-data; boundary=boundary' } }
}
