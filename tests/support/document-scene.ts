import type { IssueApiKey } from '../../worker/core/api/contract.ts'
import { issueApiKey } from '../../worker/core/api/issue-api-key.ts'
import type { Category, DocumentView, LinkView } from '../../worker/core/documents/contract.ts'
import { listDocuments } from '../../worker/core/documents/list-documents.ts'
import type { EntryRow } from '../../durable-objects/audit-words.ts'
import { pdf } from './sample-files.ts'
import { Browser, drained, reachNow } from './scene.ts'

/** What a caller of the API has: a browser's session, or a key in the header. */
export type Caller = Pick<Browser, 'call'>

type Upload = { name?: string; category?: Category; bytes?: Uint8Array<ArrayBuffer>; type?: string }

/** Announce a document and send its bytes, as a program or a page's script does. */
export async function upload(who: Caller, { name = 'packet.pdf', category = 'signed_application', bytes = pdf(), type = 'application/pdf' }: Upload = {}): Promise<DocumentView> {
  const announced = await who.call('/api/v1/documents', { json: { name, category, phi_ack: true } })
  if (announced.status !== 201) throw new Error(`announcing answered ${announced.status}: ${await announced.text()}`)
  const { id } = await announced.json<DocumentView>()
  const put = await who.call(`/api/v1/documents/${id}/content`, { method: 'PUT', body: bytes, headers: { 'Content-Type': type } })
  if (put.status !== 200) throw new Error(`sending answered ${put.status}: ${await put.text()}`)
  return put.json<DocumentView>()
}

/** The path of a fresh download link. */
export async function linkTo(who: Caller, document: { id: string }): Promise<string> {
  const answer = await who.call(`/api/v1/documents/${document.id}/links`, { method: 'POST' })
  if (answer.status !== 201) throw new Error(`the link was refused with ${answer.status}`)
  return new URL((await answer.json<LinkView>()).url).pathname
}

/** What a page of the list shows a person. */
export const listed = (who: Browser, state: 'stored' | 'trashed' = 'stored', category?: Category): Promise<DocumentView[]> =>
  who.run(async (ctx) => (await listDocuments(ctx, { state, category }, { limit: 100 })).documents)

/** The tenant's events about one thing, oldest first, by name. */
export async function eventsAbout(tenantId: string, subject: string): Promise<string[]> {
  await drained(tenantId)
  const { entries } = await (await reachNow()).chain.query(tenantId, { subject }, null, 100)
  return entries.map((entry: EntryRow) => (JSON.parse(entry.line) as { name: string }).name).reverse() // `as`: a line of the log
}

/** A program of the tenant's with a fresh workspace key. */
export async function asProgram(owner: Browser, scopes: IssueApiKey['scopes'] = ['documents.read', 'documents.write']): Promise<Caller> {
  const { token } = await owner.runConfirmed((ctx) => issueApiKey(ctx, { label: `program ${scopes.join(' ')}`, scopes, days: 1 }))
  return { call: (path, init = {}) => new Browser(null).call(path, { ...init, headers: { ...init.headers, Authorization: `Bearer ${token}` } }) }
}
