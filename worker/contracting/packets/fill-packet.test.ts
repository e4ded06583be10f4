import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { newCarrier, newFmo, type Fmo } from '../../../tests/support/carrier-scene.ts'
import { linkTo, listed } from '../../../tests/support/document-scene.ts'
import { publishedPacket, requestFor, snapshotOf } from '../../../tests/support/packet-scene.ts'
import { asMember, bindings, entriesOf, failureOf } from '../../../tests/support/scene.ts'
import { bytesInside } from '../../core/documents/open-inside.ts'
import { documentTrashed } from '../../core/documents/module.ts'
import { newId } from '../../core/id.ts'
import { attachForm } from './attach-form.ts'
import { fillPacket, type Filling } from './fill-packet.ts'
import { publishPacket } from './publish-packet.ts'
import { readFilled, sealedPacketOf } from './read-filled.ts'
import { filledFor } from './store.ts'
import type { PacketRequest } from './contract.ts'

const textOf = async (bytes: Uint8Array): Promise<string> => (await extractText(await getDocumentProxy(bytes, { verbosity: 0 }), { mergePages: true })).text

/** The way to a passport that is there, without the link between two tenants. */
const opening = (snapshot = snapshotOf(newId('pve', 1)), producerId = 'ten_01kaz0000000000000000000tt'): Filling['open'] => async (_ctx, linkId) => ({ producerId, snapshot, writes: [], event: documentTrashed(linkId, { days: 0 }) })

async function filled(fmo: Fmo, change: Partial<PacketRequest> = {}, open = opening()) {
  const { carrierId, packetId } = await publishedPacket(fmo)
  const request = requestFor(carrierId, newId('req', 1), change)
  const view = await fmo.admin.run((ctx) => fillPacket(ctx, { request, open }))
  return { view, request, packetId, carrierId }
}

test('[CIQ-09][CIQ-57] a packet is filled from a producer’s passport: a valid PDF that names producer and carrier, and an event that names packet and carrier', async () => {
  const fmo = await newFmo()
  const { view, request, packetId, carrierId } = await filled(fmo)
  const row = await fmo.admin.run((ctx) => ctx.db.read(filledFor(ctx.db, request.id)))
  const text = await textOf(await fmo.admin.run((ctx) => bytesInside(ctx, row?.documentId ?? '')))
  for (const word of ['Zoë Müller', 'Northgate Life', '212-45-6789', '12-3456789', '121000021', '0099884321', 'WA, OR', 'OR-55', 'bankrupt: In 2019, discharged.', '02/29/1988']) expect(text).toContain(word)
  expect(view).toMatchObject({ state: 'waiting', pages: 3, signature: null })
  expect(await entriesOf(fmo.tenant.id, 'contracting.packet.generated')).toMatchObject([{ subject: view.id, meta: { packet: packetId, carrier: carrierId, request: request.id } }])
})

test('[CIQ-10] what people may open is a copy whose numbers are masked; no member opens the filled file, by list, link or API', async () => {
  const fmo = await newFmo()
  const { view, request } = await filled(fmo)
  const { admin } = fmo
  const download = await admin.call(await linkTo(admin, { id: view.reviewId }))
  expect(download.headers.get('Content-Type')).toBe('application/pdf')
  const copy = new Uint8Array(await download.arrayBuffer())
  expect(new TextDecoder().decode(copy.slice(0, 5))).toBe('%PDF-')
  const text = await textOf(copy)
  for (const word of ['Zoë Müller', '***-**-6789', '*****0021', '******4321', '**-*******']) expect(text).toContain(word)
  for (const secret of ['212-45-6789', '12-3456789', '121000021', '0099884321']) expect(text).not.toContain(secret)
  const row = await admin.run((ctx) => ctx.db.read(filledFor(ctx.db, request.id)))
  expect((await listed(admin)).map(({ id }) => id)).not.toContain(row?.documentId)
  expect((await admin.call(`/api/v1/documents/${row?.documentId}/links`, { method: 'POST' })).status).toBe(404)
})

test('[CIQ-23] the stored packet is ciphertext: no byte of a PDF and no word of the passport lies in the bucket', async () => {
  const fmo = await newFmo()
  await filled(fmo)
  const { objects } = await bindings.DOCUMENTS.list({ prefix: `${fmo.tenant.id}/` })
  const all = await Promise.all(objects.map(async ({ key }) => Buffer.from((await (await bindings.DOCUMENTS.get(key))?.arrayBuffer()) ?? new ArrayBuffer(0)).toString('latin1')))
  expect(all.length).toBeGreaterThanOrEqual(4)
  for (const bytes of all) expect(/%PDF|Müller|212-45-6789|6789/.test(bytes)).toBe(false)
})

test('an unsigned packet is handed to nobody: there is no sealed file to transmit', async () => {
  const fmo = await newFmo()
  const { request } = await filled(fmo)
  expect(await fmo.admin.run((ctx) => sealedPacketOf(ctx, request.id))).toBeNull()
})

test('filling again replaces what waits; conditional fields follow the passport', async () => {
  const fmo = await newFmo()
  const { view, request } = await filled(fmo)
  const snapshot = snapshotOf(newId('pve', 2))
  const again = await fmo.admin.run((ctx) => fillPacket(ctx, { request, open: opening({ ...snapshot, summary: { ...snapshot.summary, kind: 'business' }, parts: { ...snapshot.parts, contact: { ...snapshot.parts.contact, businessName: 'Müller LLC' } } }) }))
  expect(again.id).not.toBe(view.id)
  expect((await fmo.admin.run((ctx) => readFilled(ctx, request.id))).id).toBe(again.id)
  expect((await entriesOf(fmo.tenant.id, 'contracting.packet.generated')).at(-1)?.meta['replaces']).toBe(view.id)
})

test('without a published packet for the carrier nothing is filled, and the sentence says so; a packet for the kind comes before one for any', async () => {
  const fmo = await newFmo()
  const carrierId = await newCarrier(fmo)
  expect(await failureOf(fmo.admin.run((ctx) => fillPacket(ctx, { request: requestFor(carrierId, newId('req', 1)), open: opening() })))).toMatchObject({ code: 'conflict', state: 'no_packet' })
  const special = await publishedPacket(fmo, 'contract')
  const request = requestFor(special.carrierId, newId('req', 1), { kind: 'transfer' })
  expect(await failureOf(fmo.admin.run((ctx) => fillPacket(ctx, { request, open: opening() })))).toMatchObject({ state: 'no_packet' })
})

test('a version published while a packet is being filled stops it: nothing is stored', async () => {
  const fmo = await newFmo()
  const { carrierId, packetId } = await publishedPacket(fmo)
  const request = requestFor(carrierId, newId('req', 1))
  const meanwhile: Filling['open'] = async (ctx, linkId, reason) => {
    await fmo.admin.run((other) => attachForm(other, packetId, { own_form: 'direct_deposit' }))
    await fmo.admin.run((other) => publishPacket(other, packetId))
    return opening()(ctx, linkId, reason)
  }
  expect(await failureOf(fmo.admin.run((ctx) => fillPacket(ctx, { request, open: meanwhile })))).toMatchObject({ code: 'conflict', state: 'packet_changed' })
  expect(await failureOf(fmo.admin.run((ctx) => readFilled(ctx, request.id)))).toEqual({ code: 'not_found' })
})

test('a member fills nothing, and another tenant finds no packet of this one', async () => {
  const [fmo, other] = [await newFmo(), await newFmo()]
  const { request } = await filled(fmo)
  const member = await asMember(fmo.tenant)
  expect(await failureOf(member.run((ctx) => fillPacket(ctx, { request, open: opening() })))).toMatchObject({ code: 'role_required', need: 'packet.fill' })
  expect((await member.run((ctx) => readFilled(ctx, request.id))).state).toBe('waiting')
  expect(await failureOf(other.admin.run((ctx) => readFilled(ctx, request.id)))).toEqual({ code: 'not_found' })
  expect(await other.admin.run((ctx) => sealedPacketOf(ctx, request.id))).toBeNull()
  expect(await failureOf((await newFmo()).admin.run((ctx) => fillPacket(ctx, { request, open: opening() })))).toMatchObject({ state: 'no_packet' })
})
