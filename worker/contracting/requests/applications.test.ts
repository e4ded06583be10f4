import { beforeAll, expect, test } from 'vitest'
import { clock } from '../../../tests/support/clock.ts'
import { CarrierProgram, entryLoaded, type Fmo, issueKey, newFmo, newProgram } from '../../../tests/support/carrier-scene.ts'
import { newApplicant, newApplication, seen, sign, signedRequest, transmit, type Application } from '../../../tests/support/request-scene.ts'
import { asOwner, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import type { Ctx } from '../../core/ctx.ts'
import { changePolicy } from '../../core/tenancy/change-policy.ts'
import { answerApplication } from './answer-application.ts'
import type { ApplicationAnswer } from './contract.ts'
import { issueFileLink } from './fetch-document.ts'
import { listApplications } from './list-applications.ts'
import { makeReady } from './move-request.ts'
import { readApplication } from './read-application.ts'
import { readRequest } from './read-request.ts'

const scene = {} as { fmo: Fmo; a: Application; b: { carrierId: string; program: CarrierProgram } }

beforeAll(async () => {
  await entryLoaded()
  const fmo = await newFmo()
  Object.assign(scene, { fmo, a: await newApplication(fmo), b: await newProgram(fmo) })
}, 120_000)

const one = ({ client }: CarrierProgram, applicationId: string) => client.GET('/api/carrier/v1/applications/{applicationId}', { params: { path: { applicationId } } })
const list = async ({ client }: CarrierProgram, query: { status?: 'accepted' | 'returned' | 'transmitted'; cursor?: string; limit?: number } = {}) => (await client.GET('/api/carrier/v1/applications', { params: { query } })).data
const answer = ({ client }: CarrierProgram, applicationId: string, body: ApplicationAnswer) => client.POST('/api/carrier/v1/applications/{applicationId}/answers', { params: { path: { applicationId } }, body })
const link = ({ client }: CarrierProgram, documentId: string) => client.POST('/api/carrier/v1/documents/{documentId}/links', { params: { path: { documentId } } })

test('[CIQ-08][CIQ-45] before it is handed over a carrier learns nothing of an application, afterwards everything; a second carrier never does, and all three nothings are the same', async () => {
  const { fmo, b } = scene
  const [{ carrierId, program }, applicant] = [await newProgram(fmo), await newApplicant(fmo)]
  const { id, documentId } = await signedRequest(fmo, carrierId, applicant.linkId)
  const nowhere = await one(program, 'req_01h455vb4pex5vsknk084sn02q')
  const before = [await one(program, id), await link(program, documentId), await answer(program, id, { status: 'accepted' })]
  expect(nowhere.response.status).toBe(404)
  for (const early of before) expect([early.response.status, early.error]).toEqual([404, nowhere.error])
  expect(await list(program)).toEqual({ applications: [], next: null })

  await transmit(fmo, id)
  const { data } = await one(program, id)
  expect(data).toMatchObject({ id, status: 'transmitted', applicant: { contact: { name: { first: 'Maria' } } }, documents: [{ id: documentId }] })
  expect((await list(program))?.applications.map((application) => application.id)).toEqual([id])
  for (const other of [await one(b.program, id), await link(b.program, documentId), await answer(b.program, id, { status: 'accepted' })]) expect([other.response.status, other.error]).toEqual([404, nowhere.error])
  expect(await list(b.program)).toEqual({ applications: [], next: null })
})

test('[CIQ-52] every way of the carriers’ API, walked with one carrier’s key, shows nothing of another carrier’s', async () => {
  const { a, b } = scene
  const ways = [
    await b.program.fetch('/api/carrier/v1/applications'),
    await b.program.fetch(`/api/carrier/v1/applications/${a.id}`),
    await b.program.fetch(`/api/carrier/v1/applications/${a.id}/answers`, { json: { status: 'accepted' } }),
    await b.program.fetch(`/api/carrier/v1/applications/${a.id}/writing-numbers`, { json: { number: 'X-1', states: ['OR'] } }),
    await b.program.fetch(`/api/carrier/v1/documents/${a.documentId}/links`, { method: 'POST' }),
    await b.program.fetch('/api/carrier/v1/activity'),
  ]
  expect(ways.map(({ status }) => status)).toEqual([200, 404, 404, 404, 404, 200])
  for (const way of ways) {
    const text = await way.text()
    for (const secret of [a.carrierId, a.id, a.documentId, 'Maria', a.receipt.receipt]) expect(text).not.toContain(secret)
  }
})

test('the same carrier under another FMO has keys of its own there, and finds nothing of this one’s', async () => {
  const { a } = scene
  const there = await newFmo()
  const theirs = await newApplication(there)
  expect((await one(theirs.program, a.id)).response.status).toBe(404)
  expect((await one(a.program, theirs.id)).response.status).toBe(404)
  expect((await list(a.program))?.applications.map(({ id }) => id)).toEqual([a.id])
})

test('[CIQ-17] a carrier reads the applicant as it was signed for: last fours of what is secret, and no number whole', async () => {
  const { a, fmo } = scene
  const { data, response } = await one(a.program, a.id)
  expect(data?.applicant).toMatchObject({ fmo: fmo.tenant.name, kind: 'contract', states: ['OR'], passportVersion: 1, summary: { ssnLast4: '6789', npn: '8812345' }, licences: [{ state: 'OR', number: 'OR-5501' }, { state: 'WA' }] })
  expect(response.headers.get('ETag')).toBeTruthy()
  expect(JSON.stringify(data)).not.toMatch(/123-?45-?6789|121000021|99887744174417/)
  expect(data?.transmission).toEqual({ id: a.receipt.transmissionId, at: a.receipt.at, receipt: a.receipt.receipt })
  expect((await entriesOf(fmo.tenant.id, 'contracting.application.read')).at(-1)).toMatchObject({ subject: a.id, actor: { kind: 'key' }, meta: { carrier: a.carrierId } })
})

test('a carrier fetches the signed document through a link of a quarter of an hour, with the key that asked for it and no other', async () => {
  const { a, b, fmo } = scene
  const { data } = await link(a.program, a.documentId)
  const path = new URL(data?.url ?? '').pathname
  expect((data?.expiresAt ?? 0) - Date.now() - clock.aheadMs).toBeGreaterThan(14 * 60_000)
  const whole = await a.program.fetch(path)
  const text = new TextDecoder().decode(await whole.arrayBuffer())
  expect([whole.status, whole.headers.get('Content-Type'), text.startsWith('%PDF'), text.includes(a.text)]).toEqual([200, 'application/pdf', true, true])

  const second = new CarrierProgram((await issueKey(fmo, a.carrierId, 'Another')).token)
  for (const other of [b.program, second]) expect((await other.fetch(path)).status).toBe(403)
  expect((await a.program.fetch(`${path.slice(0, -1)}${path.endsWith('A') ? 'B' : 'A'}`)).status).toBe(403)
  expect((await fmo.admin.call(path)).status).toBe(401)
  expect((await a.program.fetch(path.replace('/api/carrier/v1/files', '/documents/file'))).status).not.toBe(200)
  await drained(fmo.tenant.id)
  clock.aheadMs += 15 * 60_000 + 1000
  try {
    expect((await a.program.fetch(path)).status).toBe(410)
  } finally {
    clock.aheadMs -= 15 * 60_000 + 1000
  }
})

test('a tenant’s shorter life of links holds for carriers too', async () => {
  const fmo = await newFmo()
  const application = await newApplication(fmo)
  await (await asOwner(fmo.tenant)).run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.url_ttl_min': 5 } }))
  const { data } = await link(application.program, application.documentId)
  expect((data?.expiresAt ?? 0) - Date.now() - clock.aheadMs).toBeLessThanOrEqual(5 * 60_000)
})

test('a carrier accepts and appoints with its numbers; the FMO sees them on the timeline, and who gave them', async () => {
  const fmo = await newFmo()
  const { id, program, carrierId } = await newApplication(fmo)
  expect((await answer(program, id, { status: 'appointed', writingNumbers: [{ number: 'SM-1', states: ['OR'] }] })).response.status).toBe(409)
  expect((await answer(program, id, { status: 'accepted' })).data).toMatchObject({ status: 'accepted' })
  expect((await answer(program, id, { status: 'appointed', writingNumbers: [{ number: 'SM-44012', states: ['OR'] }] })).data).toMatchObject({ status: 'appointed' })
  const more = await program.client.POST('/api/carrier/v1/applications/{applicationId}/writing-numbers', { params: { path: { applicationId: id } }, body: { number: 'SM-44013', states: ['WA'] } })
  expect(more.response.status).toBe(201)
  const request = await fmo.admin.run((ctx) => readRequest(ctx, id))
  expect(request).toMatchObject({ state: 'appointed', writingNumbers: [{ number: 'SM-44012', states: ['OR'] }, { number: 'SM-44013', states: ['WA'] }] })
  expect(request.timeline.map(({ state }) => state)).toEqual(['draft', 'ready', 'signed', 'transmitted', 'accepted', 'appointed'])
  expect(request.timeline.at(-1)?.by).toBe(request.carrier.name)
  const entries = (await entriesOf(fmo.tenant.id, 'contracting.application.answered')).map(({ meta }) => meta)
  expect(entries.map(({ status, carrier }) => [status, carrier])).toEqual([['accepted', carrierId], ['appointed', carrierId]])
})

test('a return says why; while it is mended the carrier still sees it returned, and then the new one', async () => {
  const fmo = await newFmo()
  const { id, program, documentId, carrierId } = await newApplication(fmo)
  const without = await program.fetch(`/api/carrier/v1/applications/${id}/answers`, { json: { status: 'returned' } })
  expect(without.status).toBe(422)
  expect((await answer(program, id, { status: 'returned', reason: 'The voided cheque is not legible.' })).data).toMatchObject({ status: 'returned' })
  expect((await fmo.admin.run((ctx) => readRequest(ctx, id))).timeline.at(-1)).toMatchObject({ state: 'returned', reason: 'The voided cheque is not legible.' })
  const returned = await seen(fmo, id)
  await fmo.admin.run((ctx) => makeReady(ctx, returned))
  const again = await sign(fmo, id)
  expect((await list(program, { status: 'returned' }))?.applications.map((application) => application.id)).toEqual([id])
  expect((await one(program, id)).data?.documents.map((document) => document.id)).toEqual([documentId])
  expect((await link(program, again.documentId)).response.status).toBe(404)
  await transmit(fmo, id)
  const { data } = await one(program, id)
  expect([data?.status, data?.documents.map((document) => document.id)]).toEqual(['transmitted', [again.documentId]])
  expect(data?.timeline.map(({ status }) => status)).toEqual(['transmitted', 'returned', 'transmitted'])
  expect((await entriesOf(fmo.tenant.id, 'contracting.packet.transmitted')).map(({ meta }) => meta['carrier'])).toEqual([carrierId, carrierId])
})

test('an answer under one Idempotency-Key is carried out once', async () => {
  const fmo = await newFmo()
  const { id, program } = await newApplication(fmo)
  const send = () => program.fetch(`/api/carrier/v1/applications/${id}/answers`, { json: { status: 'accepted' }, headers: { 'Idempotency-Key': 'accept-1' } })
  const [first, second] = [await send(), await send()]
  expect([first.status, second.status, await second.text()]).toEqual([201, 201, await first.text()])
  expect((await fmo.admin.run((ctx) => readRequest(ctx, id))).timeline.filter(({ state }) => state === 'accepted')).toHaveLength(1)
})

test('[CIQ-17] applications come in pages by a cursor that is good for one carrier and one filter', async () => {
  const fmo = await newFmo()
  const [{ carrierId, program }, other, applicant] = [await newProgram(fmo), await newProgram(fmo), await newApplicant(fmo)]
  const ids: string[] = []
  for (let n = 0; n < 3; n += 1) {
    const { id } = await signedRequest(fmo, carrierId, applicant.linkId)
    await transmit(fmo, id)
    ids.unshift(id)
  }
  const first = await list(program, { limit: 2 })
  const rest = await list(program, { limit: 2, cursor: first?.next ?? '' })
  expect([...(first?.applications ?? []), ...(rest?.applications ?? [])].map(({ id }) => id)).toEqual(ids)
  expect(rest?.next).toBeNull()
  expect(Object.keys(first?.applications[0] ?? {}).toSorted()).toEqual(['id', 'kind', 'states', 'status', 'transmittedAt', 'updatedAt'])
  for (const response of [await other.program.fetch(`/api/carrier/v1/applications?cursor=${encodeURIComponent(first?.next ?? '')}`), await program.fetch(`/api/carrier/v1/applications?status=accepted&cursor=${encodeURIComponent(first?.next ?? '')}`)]) expect(response.status).toBe(422)
})

test('[CIQ-65] what a carrier did with an application stands in its activity', async () => {
  const { a, fmo } = scene
  await drained(fmo.tenant.id)
  const { data } = await a.program.client.GET('/api/carrier/v1/activity', { params: { query: { limit: 100 } } })
  const called = data?.activity.map(({ method, path, status }) => `${method} ${path} ${status}`) ?? []
  expect(called).toContain(`GET /api/carrier/v1/applications/${a.id} 200`)
  expect(called).toContain(`POST /api/carrier/v1/documents/${a.documentId}/links 201`)
  expect(called.some((call) => call.startsWith(`GET /api/carrier/v1/files/${a.documentId}/:expiresAt/:mac 200`))).toBe(true)
})

test('whoever is no carrier’s program is turned away by each of its verbs, an owner of the FMO too', async () => {
  const { a, fmo } = scene
  const owner = await asOwner(fmo.tenant)
  const verbs: ((ctx: Ctx) => Promise<unknown>)[] = [(ctx) => listApplications(ctx, { limit: 25 }), (ctx) => readApplication(ctx, a.id), (ctx) => answerApplication(ctx, a.id, { status: 'accepted' }), (ctx) => issueFileLink(ctx, a.documentId)]
  for (const verb of verbs) expect(await failureOf(owner.run(verb))).toEqual({ code: 'unauthenticated' })
})
