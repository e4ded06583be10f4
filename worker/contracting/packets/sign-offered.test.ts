import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { newFmo, newProgram, type CarrierProgram, type Fmo } from '../../../tests/support/carrier-scene.ts'
import { copiedTo, someSnapshot, type Linked } from '../../../tests/support/link-scene.ts'
import { draft, newApplicant, seen, transmit } from '../../../tests/support/request-scene.ts'
import { asMember, bindings, drained, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { issueDocumentLink } from '../../core/documents/issue-document-link.ts'
import { bytesInside } from '../../core/documents/open-inside.ts'
import { purgeDocuments } from '../../core/documents/purge-documents.ts'
import { answerRelease } from '../producers/answer-release.ts'
import { askRelease } from '../producers/ask-release.ts'
import { listOpenings } from '../producers/list-openings.ts'
import { makeReady, reopenRequest } from '../requests/move-request.ts'
import { readRequest } from '../requests/read-request.ts'
import { addPacket } from './add-packet.ts'
import { attachForm } from './attach-form.ts'
import type { OfferView } from './contract.ts'
import { fillForRequest } from './fill-for-request.ts'
import { listOffers } from './list-offers.ts'
import { readSealKey } from './pdf/seal-key.ts'
import { verifySeal } from './pdf/verify-seal.ts'
import { publishPacket } from './publish-packet.ts'
import { readFilled } from './read-filled.ts'
import { signOffered } from './sign-offered.ts'

type Scene = { fmo: Fmo; program: CarrierProgram; carrierId: string; applicant: Linked; requestId: string }

/** A request that is ready to be signed, of a carrier with a packet. */
async function ready(): Promise<Scene> {
  const fmo = await newFmo()
  const [{ carrierId, program }, applicant] = [await newProgram(fmo), await newApplicant(fmo)]
  await fmo.admin.run(async (ctx) => {
    const { id } = await addPacket(ctx, { carrier_id: carrierId, name: 'New business packet', for_kind: 'any' })
    await attachForm(ctx, id, { own_form: 'appointment' })
    await publishPacket(ctx, id)
  })
  const { id: requestId } = await draft(fmo, carrierId, applicant.linkId)
  await fmo.admin.run(async (ctx) => makeReady(ctx, await seen(fmo, requestId)))
  return { fmo, program, carrierId, applicant, requestId }
}

async function offered(scene: Scene): Promise<OfferView> {
  await scene.fmo.admin.run((ctx) => fillForRequest(ctx, scene.requestId))
  await drained(scene.fmo.tenant.id)
  await drained(scene.applicant.producerId)
  const [offer] = await scene.applicant.browser.run(listOffers)
  if (!offer) throw new Error('no offer came')
  return offer
}

const sign = ({ applicant }: Scene, offer: OfferView) => applicant.browser.run((ctx) => signOffered(ctx, { packet: offer.id, basis: offer.basis, mark: { kind: 'typed', name: 'Maria Alvarez' }, consent: true }))
const stateOf = async ({ fmo, requestId }: Scene) => (await fmo.admin.run((ctx) => readRequest(ctx, requestId))).state

test('[CIQ-11] filled, reviewed, signed, handed over: the carrier fetches exactly the file that was sealed', async () => {
  const scene = await ready()
  const { fmo, program, requestId } = scene
  const offer = await offered(scene)
  expect(await failureOf(transmit(fmo, requestId))).toMatchObject({ code: 'conflict' })
  const { sha256 } = await sign(scene, offer)
  expect(await stateOf(scene)).toBe('signed')
  await transmit(fmo, requestId)
  const application = await (await program.fetch(`/api/carrier/v1/applications/${requestId}`)).json<{ documents: { id: string; sha256: string }[] }>()
  expect(application.documents).toMatchObject([{ sha256 }])
  const link = await program.fetch(`/api/carrier/v1/documents/${application.documents[0]?.id}/links`, { method: 'POST' })
  const { url } = await link.json<{ url: string }>()
  const file = new Uint8Array(await (await program.fetch(new URL(url).pathname)).arrayBuffer())
  expect(createHash('sha256').update(file).digest('hex')).toBe(sha256)
  expect(verifySeal(file, readSealKey(bindings.PDF_SEAL_KEY))).toEqual({ verdict: 'whole' })
})

test('filling opens the passport for the packet alone, and the producer reads that it was opened and what for', async () => {
  const scene = await ready()
  await offered(scene)
  expect((await scene.applicant.browser.run((ctx) => listOpenings(ctx, { limit: 10 }))).openings).toMatchObject([{ purpose: 'packet', parts: ['contact', 'content', 'secret'] }])
  const [entry] = await entriesOf(scene.fmo.tenant.id, 'contracting.packet.generated')
  expect(JSON.stringify(entry)).not.toMatch(/123456789|121000021|99887744174417|Alvarez/)
})

test('a passport submitted anew after the packet was shown stops the signature: the request stays ready, and a new packet is signed', async () => {
  const scene = await ready()
  const offer = await offered(scene)
  await copiedTo(scene.fmo.tenant, scene.applicant, await someSnapshot({ number: 2 }))
  expect(await failureOf(sign(scene, offer))).toMatchObject({ code: 'conflict', state: 'packet_changed' })
  expect(await stateOf(scene)).toBe('ready')
  await sign(scene, await offered(scene))
  expect(await stateOf(scene)).toBe('signed')
})

test('a request taken back to a draft is neither filled nor signed', async () => {
  const scene = await ready()
  const offer = await offered(scene)
  await scene.fmo.admin.run(async (ctx) => reopenRequest(ctx, await seen(scene.fmo, scene.requestId)))
  expect(await failureOf(sign(scene, offer))).toMatchObject({ code: 'conflict' })
  expect(await failureOf(scene.fmo.admin.run((ctx) => fillForRequest(ctx, scene.requestId)))).toMatchObject({ code: 'conflict', state: 'request_draft' })
  expect(await entriesOf(scene.fmo.tenant.id, 'contracting.packet.signed')).toEqual([])
})

test('another FMO’s admin and a member of this one fill nothing', async () => {
  const scene = await ready()
  expect(await failureOf((await newFmo()).admin.run((ctx) => fillForRequest(ctx, scene.requestId)))).toEqual({ code: 'not_found' })
  expect(await failureOf((await asMember(scene.fmo.tenant)).run((ctx) => fillForRequest(ctx, scene.requestId)))).toMatchObject({ code: 'role_required', need: 'packet.fill' })
})

test('the sealed file is nobody’s form: no packet takes it in, though every member sees its id, so that no masked copy ever shows its pages', async () => {
  const scene = await ready()
  await sign(scene, await offered(scene))
  const { fmo, carrierId, requestId } = scene
  const [signed] = (await fmo.admin.run((ctx) => readRequest(ctx, requestId))).documents
  const { id } = await fmo.admin.run((ctx) => addPacket(ctx, { carrier_id: carrierId, name: 'Another packet', for_kind: 'transfer' }))
  expect(await failureOf(fmo.admin.run((ctx) => attachForm(ctx, id, { document_id: signed?.id ?? '' })))).toEqual({ code: 'not_found' })
})

const ROWS = 'SELECT id, state, salt FROM documents WHERE tenant_id = ? AND category = ?'
const filesOf = async ({ fmo }: Scene) => (await bindings[fmo.tenant.shard as 'SHARD_1' | 'SHARD_2'].prepare(ROWS).bind(fmo.tenant.id, 'signed_application').all<{ id: string; state: string; salt: string | null }>()).results // `as`: the two shards there are
async function released({ fmo, applicant }: Scene): Promise<void> {
  const { id } = await applicant.browser.run((ctx) => askRelease(ctx, applicant.linkId, { reason: 'We part ways' }))
  await fmo.admin.run((ctx) => answerRelease(ctx, id, { verdict: 'released', answer: '' }))
}

test('[CIQ-15] a release takes every packet that no carrier got: no masked copy is found from then on, the full file’s key is gone, and nothing waits for a signature any more', async () => {
  const [scene, kept] = [await ready(), await ready()]
  const [offer] = [await offered(scene), await offered(kept)]
  const [full, review] = [(await filesOf(scene)).find(({ state }) => state === 'held'), (await filesOf(scene)).find(({ state }) => state === 'stored')]
  expect(full?.salt).toBe(`link/cop_${scene.applicant.linkId.slice(4)}`)
  const path = new URL(await scene.fmo.admin.run(async (ctx) => (await issueDocumentLink(ctx, review?.id ?? '')).url)).pathname
  expect((await scene.fmo.admin.call(path)).status).toBe(200)
  await released(scene)
  expect((await scene.fmo.admin.call(path)).status).toBe(410)
  expect((await scene.fmo.admin.call(`/api/v1/documents/${review?.id}`)).status).toBe(404)
  expect(await failureOf(scene.fmo.tenant.asJob((ctx) => bytesInside(ctx, full?.id ?? '')))).toEqual({ code: 'gone', detail: expect.any(String) })
  await drained(scene.fmo.tenant.id)
  await drained(scene.applicant.producerId)
  expect(await scene.applicant.browser.run(listOffers)).toEqual([])
  expect(await failureOf(sign(scene, offer))).toMatchObject({ code: 'conflict', state: 'packet_changed' })
  expect(await scene.fmo.tenant.asJob((ctx) => purgeDocuments(ctx, 100))).toBe(2)
  expect(await filesOf(scene)).toEqual([])
  // Another FMO's, and what was signed and not handed over.
  expect((await filesOf(kept)).map(({ state }) => state).toSorted()).toEqual(['held', 'stored'])
  await sign(kept, await offered(kept))
  const signed = (await filesOf(kept)).find(({ salt }) => salt?.startsWith('signature/'))
  expect((await kept.fmo.tenant.asJob((ctx) => bytesInside(ctx, signed?.id ?? ''))).length).toBeGreaterThan(0)
  await released(kept)
  expect(await failureOf(kept.fmo.tenant.asJob((ctx) => bytesInside(ctx, signed?.id ?? '')))).toEqual({ code: 'gone', detail: expect.any(String) })
  await drained(kept.fmo.tenant.id)
  await kept.fmo.tenant.asJob((ctx) => purgeDocuments(ctx, 100))
  expect(await filesOf(kept)).toEqual([])
})

test('a producer reads that a carrier fetched the file with its numbers in full, each time, also after it was released', async () => {
  const scene = await ready()
  await sign(scene, await offered(scene))
  await transmit(scene.fmo, scene.requestId)
  const application = await (await scene.program.fetch(`/api/carrier/v1/applications/${scene.requestId}`)).json<{ documents: { id: string }[] }>()
  const fetched = async () => {
    const { url } = await (await scene.program.fetch(`/api/carrier/v1/documents/${application.documents[0]?.id}/links`, { method: 'POST' })).json<{ url: string }>()
    await (await scene.program.fetch(new URL(url).pathname)).arrayBuffer()
    await drained(scene.fmo.tenant.id)
    return (await scene.applicant.browser.run((ctx) => listOpenings(ctx, { limit: 20 }))).openings.filter(({ reason }) => reason === 'The carrier fetched the signed packet')
  }
  const carrier = (await scene.fmo.admin.run((ctx) => readRequest(ctx, scene.requestId))).carrier.name
  expect(await fetched()).toMatchObject([{ who: carrier, purpose: 'contracting', parts: ['contact', 'content', 'secret'], number: 1, where: scene.fmo.tenant.name }])
  await released(scene)
  expect(await fetched()).toHaveLength(2)
  expect((await entriesOf(scene.applicant.producerId, 'contracting.passport.read')).length).toBeGreaterThan(2)
})

test('what a carrier was handed stays with it after a release, the masked copy of it with the FMO', async () => {
  const scene = await ready()
  await sign(scene, await offered(scene))
  await transmit(scene.fmo, scene.requestId)
  await released(scene)
  await drained(scene.fmo.tenant.id)
  await scene.fmo.tenant.asJob((ctx) => purgeDocuments(ctx, 100))
  const application = await (await scene.program.fetch(`/api/carrier/v1/applications/${scene.requestId}`)).json<{ documents: { id: string; sha256: string }[] }>()
  const { url } = await (await scene.program.fetch(`/api/carrier/v1/documents/${application.documents[0]?.id}/links`, { method: 'POST' })).json<{ url: string }>()
  const file = new Uint8Array(await (await scene.program.fetch(new URL(url).pathname)).arrayBuffer())
  expect(createHash('sha256').update(file).digest('hex')).toBe(application.documents[0]?.sha256)
  const packet = await scene.fmo.admin.run((ctx) => readFilled(ctx, scene.requestId))
  expect((await scene.fmo.admin.call(`/api/v1/documents/${packet.signature?.copyId}`)).status).toBe(200)
})
