import { createDocument } from '../../worker/core/documents/create-document.ts'
import { stageContent } from '../../worker/core/documents/stage-content.ts'
import { storeDocument } from '../../worker/core/documents/store-document.ts'
import { draftRequest } from '../../worker/contracting/requests/draft-request.ts'
import { makeReady } from '../../worker/contracting/requests/move-request.ts'
import { rights as requests } from '../../worker/contracting/requests/module.ts'
import { signedWrites } from '../../worker/contracting/requests/sign-for.ts'
import { transmitRequest } from '../../worker/contracting/requests/transmit-request.ts'
import { pdf } from '../support/sample-files.ts'
import { asStranger } from '../support/scene.ts'
import type { Ask, Sender } from './ask.ts'
import { carrierKey, standingCarrier } from './carrier-cases.ts'
import type { Case } from './case.ts'
import type { Home } from './home.ts'

const nothing = async (): Promise<Ask> => ({})

type Reached = { readonly id: string; readonly documentId: string; readonly version: number }

/** A request of the home's, brought so far. */
export async function request(home: Home, state: 'draft' | 'ready' | 'signed' | 'transmitted'): Promise<Reached> {
  const [carrierId, { linkId }] = [await standingCarrier(home), await home.producer()]
  const { id } = await home.tenant.asJob((ctx) => draftRequest(ctx, { kind: 'contract', carrierId, linkId, states: ['OR'], upline: `Upline ${home.word}` }))
  if (state === 'draft') return { id, documentId: '', version: 1 }
  await home.tenant.asJob((ctx) => makeReady(ctx, { id, version: 1 }))
  if (state === 'ready') return { id, documentId: '', version: 2 }
  const documentId = await home.tenant.asJob(async (ctx) => {
    const document = await createDocument(ctx, { name: `${home.word}.pdf`, category: 'agreement', phi_ack: true })
    const bytes = new Response(pdf(`Signed by ${home.word}`)).body ?? new ReadableStream<Uint8Array>()
    await storeDocument(ctx, await stageContent(ctx, { documentId: document.id, bytes, claimedType: 'application/pdf' }))
    const { writes, event } = await signedWrites(ctx, id, { documents: [{ documentId: document.id, packetId: ctx.newId('flp'), sha256: 'a'.repeat(64) }], passportNumber: 1 })
    await ctx.commit(writes, event)
    return document.id
  })
  if (state === 'signed') return { id, documentId, version: 3 }
  await home.tenant.asJob((ctx) => transmitRequest(ctx, { id, version: 3 }))
  return { id, documentId, version: 4 }
}

/** The ids of a request that its carrier has in hand, and of its document. */
export const handedOver = async (home: Home): Promise<string[]> => {
  const { id, documentId } = await request(home, 'transmitted')
  return [id, documentId]
}

const named = async (home: Home, state: Parameters<typeof request>[1]) => {
  const { id, version } = await request(home, state)
  return { params: { requestId: id }, json: { version } }
}
const stepped = async (home: Home, state: Parameters<typeof request>[1], intent: string) => {
  const { params, json } = await named(home, state)
  return { params, form: { intent, version: String(json.version), reason: 'No longer wanted' } }
}
const application = async (home: Home) => ({ params: { applicationId: (await request(home, 'transmitted')).id } })

/** An application that its carrier accepted and appointed, with a number. */
async function appointed(home: Home) {
  const ask = await application(home)
  const { token } = await carrierKey(home)
  for (const json of [{ status: 'accepted' }, { status: 'appointed', writingNumbers: [{ number: `N ${home.word}`, states: ['OR'] }] }])
    await asStranger().call(`/api/carrier/v1/applications/${ask.params.applicationId}/answers`, { json, headers: { Authorization: `Bearer ${token}` } })
  return ask
}

/** What stands after `files/` in a link that the sender asked for, or another program of that carrier's where the sender may not. */
async function link(home: Home, { key }: Sender): Promise<string> {
  const { documentId } = await request(home, 'transmitted')
  const ask = (token: string) => asStranger().call(`/api/carrier/v1/documents/${documentId}/links`, { method: 'POST', headers: { Authorization: `Bearer ${token}` } })
  const own = key?.startsWith('cs_cky_') ? await ask(key) : null
  const answer = own?.status === 201 ? own : await ask((await carrierKey(home)).token)
  return new URL(((await answer.json()) as { url: string }).url).pathname.replace('/api/carrier/v1/files/', '') // `as`: the route's own answer
}

/** Contracting requests, and what a carrier's programs make of those that were handed over. */
export const requestCases: readonly Case[] = [
  { entrance: 'GET /api/v1/contracting-requests', may: requests.readRequests, ask: nothing },
  { entrance: 'POST /api/v1/contracting-requests', may: requests.writeRequests, records: 'contracting.request.created', ask: async (home) => ({ json: { kind: 'contract', carrierId: await standingCarrier(home), linkId: (await home.producer()).linkId, states: ['OR'] } }) },
  { entrance: 'GET /api/v1/contracting-requests/:requestId', may: requests.readRequests, ask: async (home) => ({ params: (await named(home, 'draft')).params }) },
  {
    entrance: 'PATCH /api/v1/contracting-requests/:requestId', may: requests.writeRequests, records: 'contracting.request.changed',
    ask: async (home) => ({ params: (await named(home, 'draft')).params, json: { states: ['OR'], upline: 'Somebody else' }, headers: { 'If-Match': `"1.${home.tenant.id.slice(-8)}"` } }),
  },
  { entrance: 'POST /api/v1/contracting-requests/:requestId/ready', may: requests.writeRequests, records: 'contracting.request.readied', ask: (home) => named(home, 'draft') },
  { entrance: 'POST /api/v1/contracting-requests/:requestId/draft', may: requests.writeRequests, records: 'contracting.request.reopened', ask: (home) => named(home, 'ready') },
  { entrance: 'POST /api/v1/contracting-requests/:requestId/transmission', may: requests.transmit, records: 'contracting.packet.transmitted', ask: (home) => named(home, 'signed') },
  { entrance: 'POST /api/v1/contracting-requests/:requestId/end', may: requests.endRequest, records: 'contracting.request.ended', ask: async (home) => { const ask = await named(home, 'draft'); return { ...ask, json: { ...ask.json, reason: 'No longer wanted' } } } },

  { entrance: 'GET /requests', may: requests.readRequests, ask: nothing },
  { entrance: 'GET /requests/new', may: requests.writeRequests, ask: nothing },
  { entrance: 'POST /requests/new', may: requests.writeRequests, programs: false, records: 'contracting.request.created', ask: async (home) => ({ form: { kind: 'contract', carrierId: await standingCarrier(home), linkId: (await home.producer()).linkId, states: 'OR' } }) },
  { entrance: 'GET /requests/:requestId', may: requests.readRequests, ask: async (home) => ({ params: (await named(home, 'draft')).params }) },
  { entrance: 'POST /requests/:requestId', which: 'ready', may: requests.writeRequests, programs: false, records: 'contracting.request.readied', ask: (home) => stepped(home, 'draft', 'ready') },
  { entrance: 'POST /requests/:requestId', which: 'hand over', may: requests.transmit, programs: false, records: 'contracting.packet.transmitted', ask: (home) => stepped(home, 'signed', 'transmitted') },
  { entrance: 'POST /requests/:requestId', which: 'end', may: requests.endRequest, programs: false, records: 'contracting.request.ended', ask: (home) => stepped(home, 'draft', 'terminated') },

  { entrance: 'GET /my-requests', may: requests.readOwn, bridges: true, ask: async (home) => (await home.fmo(), {}) },

  { entrance: 'GET /api/carrier/v1/applications', may: 'carrier', records: 'contracting.carrier_api.read', ask: nothing },
  { entrance: 'GET /api/carrier/v1/applications/:applicationId', may: 'carrier', records: 'contracting.application.read', ask: appointed },
  { entrance: 'POST /api/carrier/v1/applications/:applicationId/answers', may: 'carrier', records: 'contracting.application.answered', ask: async (home) => ({ ...(await application(home)), json: { status: 'returned', reason: 'A page is missing' } }) },
  { entrance: 'POST /api/carrier/v1/applications/:applicationId/writing-numbers', may: 'carrier', records: 'contracting.writing_number.given', ask: async (home) => ({ ...(await appointed(home)), json: { number: 'SM-2', states: ['OR'] } }) },
  { entrance: 'POST /api/carrier/v1/documents/:documentId/links', may: 'carrier', records: 'core.document.url_issued', ask: async (home) => ({ params: { documentId: (await request(home, 'transmitted')).documentId } }) },
  { entrance: 'GET /api/carrier/v1/files/*', may: 'carrier', records: 'core.document.downloaded', ask: async (home, by) => ({ params: { '*': await link(home, by) } }) },
]
