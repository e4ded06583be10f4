import { beforeAll, expect, test } from 'vitest'
import { newCarrier, newFmo, type Fmo } from '../../../tests/support/carrier-scene.ts'
import { copiedTo, newLinked, someSnapshot, type Linked } from '../../../tests/support/link-scene.ts'
import { draft, newApplicant, seen, sign, signedRequest } from '../../../tests/support/request-scene.ts'
import { asMember, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { changeRequest, draftRequest } from './draft-request.ts'
import { listRequests } from './list-requests.ts'
import { endRequest, makeReady, reopenRequest } from './move-request.ts'
import { readRequest } from './read-request.ts'
import { requestToFill } from './sign-for.ts'

const scene = {} as { here: Fmo; there: Fmo; carrierId: string; maria: Linked }

beforeAll(async () => {
  const [here, there] = [await newFmo(), await newFmo()]
  Object.assign(scene, { here, there, carrierId: await newCarrier(here), maria: await newApplicant(here) })
})

const read = (id: string) => scene.here.admin.run((ctx) => readRequest(ctx, id))
const ready = async (id: string) => {
  const request = await seen(scene.here, id)
  return failureOf(scene.here.admin.run((ctx) => makeReady(ctx, request)))
}

test('a request is drafted for a producer of the FMO’s, to a carrier of its, in states that the carrier writes', async () => {
  const { here, there, carrierId, maria } = scene
  const { id } = await draft(here, carrierId, maria.linkId, { upline: 'Calder Group' })
  expect(await read(id)).toMatchObject({ kind: 'contract', state: 'draft', producer: maria.person.name, upline: 'Calder Group', states: ['OR'], version: 1, timeline: [{ state: 'draft' }], obstacles: [], may: ['ready', 'terminated'] })
  const theirs = await newCarrier(there)
  for (const [carrier, link] of [[theirs, maria.linkId], [carrierId, 'lnk_01h455vb4pex5vsknk084sn02q']] as const) expect(await failureOf(draft(here, carrier, link))).toEqual({ code: 'not_found' })
  expect(await failureOf(there.admin.run((ctx) => draftRequest(ctx, { kind: 'contract', carrierId: theirs, linkId: maria.linkId, states: ['OR'], upline: null })))).toEqual({ code: 'not_found' })
  expect(await failureOf(draft(here, carrierId, maria.linkId, { states: ['OR', 'TX'] }))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/states/1' }] })
})

test('another FMO finds neither the request nor a way to move it', async () => {
  const { here, there, carrierId, maria } = scene
  const { id } = await draft(here, carrierId, maria.linkId)
  const at = { id, version: 1 }
  for (const verb of [readRequest, requestToFill]) expect(await failureOf(there.admin.run((ctx) => verb(ctx, id)))).toEqual({ code: 'not_found' })
  for (const verb of [makeReady, reopenRequest] as const) expect(await failureOf(there.admin.run((ctx) => verb(ctx, at)))).toEqual({ code: 'not_found' })
  expect(await failureOf(there.admin.run((ctx) => endRequest(ctx, at, 'not ours')))).toEqual({ code: 'not_found' })
  expect((await there.admin.run((ctx) => listRequests(ctx, {}, { limit: 25 }))).requests).toEqual([])
})

test('a gate that is shut says which: the state without a licence, the part that is missing, the cover that ran out', async () => {
  const { here, carrierId } = scene
  const unlicensed = await draft(here, carrierId, scene.maria.linkId, { states: ['OR', 'CA'] })
  expect(await ready(unlicensed.id)).toEqual({ code: 'invalid', errors: [{ pointer: '/obstacles/licence.CA', detail: 'There is no licence in CA.' }] })
  expect((await read(unlicensed.id)).obstacles).toEqual([{ about: 'licence.CA', says: 'There is no licence in CA.' }])

  const bare = await newLinked(here.tenant)
  const unsubmitted = await draft(here, carrierId, bare.linkId)
  expect(await ready(unsubmitted.id)).toMatchObject({ errors: [{ pointer: '/obstacles/passport' }] })

  const snapshot = await someSnapshot()
  await copiedTo(here.tenant, bare, { ...snapshot, summary: { ...snapshot.summary, coverExpiresOn: '2020-01-01', routingLast4: null } })
  expect(await ready(unsubmitted.id)).toEqual({
    code: 'invalid',
    errors: [{ pointer: '/obstacles/bank', detail: 'The bank account is missing.' }, { pointer: '/obstacles/cover', detail: 'Errors and omissions cover expired on 2020-01-01.' }],
  })
  await copiedTo(here.tenant, bare, { ...snapshot, number: 2 })
  expect(await ready(unsubmitted.id)).toBeNull()
})

test('each state is a record with who and when; of two who saw the same request one is told', async () => {
  const { here, carrierId, maria } = scene
  const { id } = await signedRequest(here, carrierId, maria.linkId)
  const { timeline, documents, version } = await read(id)
  expect(timeline.map(({ state }) => state)).toEqual(['draft', 'ready', 'signed'])
  expect(timeline.every(({ at, by }) => at > 0 && by !== '')).toBe(true)
  expect(documents).toHaveLength(1)
  expect(await failureOf(here.admin.run((ctx) => reopenRequest(ctx, { id, version: version - 1 })))).toMatchObject({ code: 'conflict', state: 'request_changed' })
  const both = await Promise.all([1, 2].map(() => failureOf(here.admin.run((ctx) => reopenRequest(ctx, { id, version })))))
  expect(both.filter((failure) => failure === null)).toHaveLength(1)
})

test('a request that is made a draft again loses what was signed for it, and is signed anew', async () => {
  const { here, carrierId, maria } = scene
  const { id, documentId } = await signedRequest(here, carrierId, maria.linkId)
  const signed = await seen(here, id)
  await here.admin.run((ctx) => reopenRequest(ctx, signed))
  expect((await read(id)).documents).toEqual([])
  const { version } = await seen(here, id)
  expect(await here.admin.run((ctx) => changeRequest(ctx, id, { states: ['OR', 'WA'], upline: null, version }))).toMatchObject({ states: ['OR', 'WA'] })
  expect(await ready(id)).toBeNull()
  const again = await sign(here, id)
  expect((await read(id)).documents.map((document) => document.id)).toEqual([again.documentId])
  expect(again.documentId).not.toBe(documentId)
})

test('only a draft is changed, only what is ready is signed, and what is over stays over', async () => {
  const { here, carrierId, maria } = scene
  const { id } = await draft(here, carrierId, maria.linkId)
  await expect(sign(here, id)).rejects.toThrow('conflict')
  await ready(id)
  const { version } = await seen(here, id)
  expect(await failureOf(here.admin.run((ctx) => changeRequest(ctx, id, { states: ['WA'], upline: null, version })))).toMatchObject({ code: 'conflict', state: 'request_ready' })
  await here.admin.run((ctx) => endRequest(ctx, { id, version }, 'The producer went elsewhere.'))
  const ended = await read(id)
  expect([ended.state, ended.may, ended.timeline.at(-1)?.reason]).toEqual(['terminated', [], 'The producer went elsewhere.'])
  expect(await failureOf(here.admin.run((ctx) => reopenRequest(ctx, { id, version: ended.version })))).toMatchObject({ code: 'conflict', state: 'request_terminated' })
})

test('a member drafts and readies, and ends nothing', async () => {
  const { here, carrierId, maria } = scene
  const member = await asMember(here.tenant)
  const { id } = await member.run((ctx) => draftRequest(ctx, { kind: 'add_state', carrierId, linkId: maria.linkId, states: ['WA'], upline: null }))
  await member.run((ctx) => makeReady(ctx, { id, version: 1 }))
  expect(await failureOf(member.run((ctx) => endRequest(ctx, { id, version: 2 }, 'no more')))).toMatchObject({ code: 'role_required' })
  expect((await member.run((ctx) => readRequest(ctx, id))).may).toEqual(['draft'])
})

test('requests are listed newest first, by state, kind, carrier and producer, with a cursor that fits one filter only', async () => {
  const fmo = await newFmo()
  const [one, other] = [await newCarrier(fmo, { name: 'Alder' }), await newCarrier(fmo, { name: 'Birch' })]
  const [maria, ann] = [await newApplicant(fmo), await newApplicant(fmo)]
  const first = await draft(fmo, one, maria.linkId)
  const second = await draft(fmo, other, maria.linkId, { kind: 'add_state' })
  const third = await draft(fmo, one, ann.linkId)
  await fmo.admin.run((ctx) => makeReady(ctx, { id: third.id, version: 1 }))
  const list = async (filter: Parameters<typeof listRequests>[1], page: { cursor?: string; limit: number } = { limit: 25 }) => fmo.admin.run((ctx) => listRequests(ctx, filter, page))
  const ids = async (filter: Parameters<typeof listRequests>[1]) => (await list(filter)).requests.map(({ id }) => id)
  expect(await ids({})).toEqual([third.id, second.id, first.id])
  expect(await ids({ state: 'ready' })).toEqual([third.id])
  expect(await ids({ kind: 'add_state' })).toEqual([second.id])
  expect(await ids({ carrier: one, producer: maria.linkId })).toEqual([first.id])
  const page = await list({}, { limit: 2 })
  expect((await list({}, { limit: 2, cursor: page.next ?? '' })).requests.map(({ id, carrier }) => [id, carrier.name])).toEqual([[first.id, 'Alder']])
  expect(await failureOf(list({ state: 'draft' }, { limit: 2, cursor: page.next ?? '' }))).toMatchObject({ code: 'invalid' })
})

test('the log names each step, the carrier and the link, and no person', async () => {
  const { here, carrierId, maria } = scene
  const { id } = await signedRequest(here, carrierId, maria.linkId)
  const of = async (name: string) => (await entriesOf(here.tenant.id, name)).filter(({ subject }) => subject === id).map(({ meta }) => meta)
  expect(await of('contracting.request.created')).toEqual([{ kind: 'contract', carrier: carrierId, link: maria.linkId, states: 1 }])
  expect(await of('contracting.request.readied')).toEqual([{ kind: 'contract', carrier: carrierId, link: maria.linkId, from: 'draft' }])
  expect(await of('contracting.request.signed')).toEqual([{ kind: 'contract', carrier: carrierId, link: maria.linkId, documents: 1, version: 1 }])
})
