import { createHash } from 'node:crypto'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { newFmo, type Fmo } from '../../../tests/support/carrier-scene.ts'
import { linkTo, listed } from '../../../tests/support/document-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { publishedPacket, requestFor, snapshotOf } from '../../../tests/support/packet-scene.ts'
import { asAdmin, asOwner, bindings, drained, entriesOf, failureOf, reachNow, type Browser } from '../../../tests/support/scene.ts'
import { jobVisit } from '../../core/job.ts'
import { documentTrashed } from '../../core/documents/module.ts'
import { bytesInside } from '../../core/documents/open-inside.ts'
import { newId } from '../../core/id.ts'
import { asGuest } from '../../core/tenancy/as-guest.ts'
import { PLATFORM } from '../../core/reach.ts'
import { attachForm } from './attach-form.ts'
import type { OfferView, SignPacket } from './contract.ts'
import { fillPacket } from './fill-packet.ts'
import { listOffers, readOffer } from './list-offers.ts'
import { publishPacket } from './publish-packet.ts'
import { readFilled, sealedPacketOf } from './read-filled.ts'
import { readSealKey } from './pdf/seal-key.ts'
import { sealsIn } from './pdf/contract.ts'
import { verifySeal } from './pdf/verify-seal.ts'
import { signPacket, type Signing } from './sign-packet.ts'
import { verifyFile } from './verify-file.ts'

/** What signing meets at the FMO, without a request there. */
const alone: Signing = { atFmo: (ctx, fmoId, verb) => asGuest(ctx, fmoId, { kind: 'account', id: ctx.actor.kind === 'member' ? ctx.actor.accountId : 'nobody', role: null }, verb), signed: async () => ({ writes: [], events: [] }) }
const typed = { kind: 'typed', name: 'Zoë Müller' } as const
const signing = (offer: Pick<OfferView, 'id' | 'basis'>, change: Partial<SignPacket> = {}): SignPacket => ({ packet: offer.id, basis: offer.basis, mark: typed, consent: true, ...change })
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

type Offered = { fmo: Fmo; packetId: string; carrierId: string; requestId: string; producerId: string; producer: Browser; offer: OfferView }

/** A packet that an FMO filled, as it came to its producer. */
async function offered(): Promise<Offered> {
  const fmo = await newFmo()
  const tenant = await newTenant({ kind: 'producer', preset: 'contractiq' })
  const producer = await asOwner(tenant)
  const { carrierId, packetId } = await publishedPacket(fmo)
  const requestId = newId('req', 1)
  await fill({ fmo, carrierId, requestId, producerId: tenant.id })
  const [offer] = await producer.run(listOffers)
  if (!offer) throw new Error('no offer came')
  return { fmo, packetId, carrierId, requestId, producerId: tenant.id, producer, offer }
}

async function fill({ fmo, carrierId, requestId, producerId }: Pick<Offered, 'fmo' | 'carrierId' | 'requestId' | 'producerId'>): Promise<void> {
  const snapshot = snapshotOf(newId('pve', 1))
  await fmo.admin.run((ctx) => fillPacket(ctx, { request: requestFor(carrierId, requestId), open: async (_ctx, linkId) => ({ producerId, snapshot, writes: [], event: documentTrashed(linkId, { days: 0 }) }) }))
  await drained(fmo.tenant.id)
}

async function anybody() {
  return jobVisit({ reach: await reachNow(), now: Date.UTC(2026, 10, 26), later: () => undefined }, 'anybody')
}

test('[CIQ-11] the producer signs what it was shown: a new sealed file with its hash in the log, name, time, address and consent on its last page', async () => {
  const { fmo, producer, offer, requestId } = await offered()
  const { sha256: sealed } = await producer.run((ctx) => signPacket(ctx, signing(offer), alone))
  const document = await fmo.admin.run((ctx) => sealedPacketOf(ctx, requestId))
  expect(document).toMatchObject({ packetId: offer.id, sha256: sealed })
  const bytes = await fmo.admin.run((ctx) => bytesInside(ctx, document?.documentId ?? ''))
  expect(sha256(bytes)).toBe(sealed)
  expect(verifySeal(bytes, readSealKey(bindings.PDF_SEAL_KEY))).toEqual({ verdict: 'whole' })
  const { text } = await extractText(await getDocumentProxy(bytes, { verbosity: 0 }), { mergePages: true })
  for (const word of ['212-45-6789', 'Signature record', 'Zoë Müller', '203.0.113.7', offer.basis.slice(0, 40), 'I consent to sign it electronically', 'PAdES B-B']) expect(text).toContain(word)
  expect(await entriesOf(fmo.tenant.id, 'contracting.packet.signed')).toMatchObject([{ subject: offer.id, actor: { kind: 'account' }, meta: { sha256: sealed, basis: offer.basis, request: requestId } }])
  expect((await fmo.admin.run((ctx) => readFilled(ctx, requestId))).signature?.name).toBe('Zoë Müller')
})

test('a name is signed in its own letters; one that no typeface has is refused with the character, and nothing is signed', async () => {
  const { fmo, producer, offer, requestId } = await offered()
  expect(await failureOf(producer.run((ctx) => signPacket(ctx, signing(offer, { mark: { kind: 'typed', name: '李小龙' } }), alone)))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/mark/name', detail: expect.stringContaining('“李”') }] })
  expect(await fmo.admin.run((ctx) => sealedPacketOf(ctx, requestId))).toBeNull()
  await producer.run((ctx) => signPacket(ctx, signing(offer, { mark: { kind: 'typed', name: 'Đặng Thị Nguyễn' } }), alone))
  const document = await fmo.admin.run((ctx) => sealedPacketOf(ctx, requestId))
  const { text } = await extractText(await getDocumentProxy(await fmo.admin.run((ctx) => bytesInside(ctx, document?.documentId ?? '')), { verbosity: 0 }), { mergePages: true })
  expect(text.split('Đặng Thị Nguyễn').length).toBeGreaterThan(2)
})

test('the masked copy of what was signed comes to the producer, sealed too, as a document of its own; no full number is in it', async () => {
  const { fmo, producer, producerId, offer } = await offered()
  await producer.run((ctx) => signPacket(ctx, signing(offer, { mark: { kind: 'drawn', name: 'Zoë Müller', width: 300, height: 90, strokes: [[[5, 60], [80, 10], [150, 70]], [[20, 80], [250, 80]]] } }), alone))
  await drained(fmo.tenant.id)
  const mine = await producer.run((ctx) => readOffer(ctx, offer.id))
  expect(mine).toMatchObject({ state: 'signed', signedSha256: expect.stringMatching(/^[0-9a-f]{64}$/) })
  const answer = await producer.call(await linkTo(producer, { id: mine.signedId ?? '' }))
  expect(answer.headers.get('Content-Type')).toBe('application/pdf')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(sha256(bytes)).toBe(mine.signedSha256)
  const { text } = await extractText(await getDocumentProxy(bytes, { verbosity: 0 }), { mergePages: true })
  expect(text).toContain('***-**-6789')
  expect(text).not.toContain('212-45-6789')
  expect((await listed(producer)).length).toBe(2)
  expect((await entriesOf(producerId, 'contracting.signature.noted')).length).toBe(1)
})

test('a packet published anew after it was shown is not signed: the signature names the mapping it saw', async () => {
  const { fmo, packetId, producer, offer, requestId } = await offered()
  await fmo.admin.run((ctx) => attachForm(ctx, packetId, { own_form: 'direct_deposit' }))
  await fmo.admin.run((ctx) => publishPacket(ctx, packetId))
  expect(await failureOf(producer.run((ctx) => signPacket(ctx, signing(offer), alone)))).toMatchObject({ code: 'conflict', state: 'packet_changed' })
  expect(await fmo.admin.run((ctx) => sealedPacketOf(ctx, requestId))).toBeNull()
})

test('a packet filled anew replaces the one that was shown: the old one, or another basis, is not signed; the new one is', async () => {
  const all = await offered()
  const { producer, offer } = all
  await fill(all)
  const fresh = (await producer.run(listOffers))[0]
  expect(fresh?.id).not.toBe(offer.id)
  expect(await failureOf(producer.run((ctx) => signPacket(ctx, signing(offer), alone)))).toMatchObject({ state: 'packet_changed' })
  expect(await failureOf(producer.run((ctx) => signPacket(ctx, signing({ id: fresh?.id ?? '', basis: offer.basis }), alone)))).toMatchObject({ state: 'packet_changed' })
  expect(await producer.run((ctx) => signPacket(ctx, signing(fresh ?? offer), alone))).toMatchObject({ signatureId: expect.stringMatching(/^sig_/) })
})

test('a request that is not as it was filled stops the signature, in the same batch', async () => {
  const { fmo, producer, offer, requestId } = await offered()
  const moved: Signing = { ...alone, signed: async (ctx) => ({ writes: [ctx.db.update((await import('../../../db/schema/contracting-packets.ts')).packets, (await import('drizzle-orm')).sql`0`, { name: 'x' }).orRefuse('request_changed')], events: [] }) }
  expect(await failureOf(producer.run((ctx) => signPacket(ctx, signing(offer), moved)))).toMatchObject({ state: 'packet_changed' })
  expect(await fmo.admin.run((ctx) => sealedPacketOf(ctx, requestId))).toBeNull()
})

test('it is signed once, by its producer’s owner: not by an admin, not by another producer, not by the FMO', async () => {
  const { fmo, producer, offer } = await offered()
  const other = await newTenant({ kind: 'producer', preset: 'contractiq' })
  const stranger = await asOwner(other)
  expect(await failureOf(stranger.run((ctx) => signPacket(ctx, signing(offer), alone)))).toEqual({ code: 'not_found' })
  expect(await failureOf((await asOwner(fmo.tenant)).run((ctx) => signPacket(ctx, signing(offer), alone)))).toEqual({ code: 'not_found' })
  expect(await failureOf((await asAdmin(other)).run((ctx) => signPacket(ctx, signing(offer), alone)))).toMatchObject({ code: 'role_required', need: 'packet.sign' })
  expect(await failureOf(stranger.run((ctx) => readOffer(ctx, offer.id)))).toEqual({ code: 'not_found' })
  expect(await stranger.run(listOffers)).toEqual([])
  await producer.run((ctx) => signPacket(ctx, signing(offer), alone))
  await drained(fmo.tenant.id)
  expect(await failureOf(producer.run((ctx) => signPacket(ctx, signing(offer), alone)))).toMatchObject({ code: 'conflict', state: 'packet_signed' })
})

test('of ten signatures at once one is given', async () => {
  const { fmo, producer, offer } = await offered()
  const tries = await Promise.all(Array.from({ length: 10 }, () => failureOf(producer.run((ctx) => signPacket(ctx, signing(offer), alone)))))
  expect(tries.filter((failure) => failure === null).length).toBe(1)
  expect((await entriesOf(fmo.tenant.id, 'contracting.packet.signed')).length).toBe(1)
})

test('anybody with the file is told that it is exactly what was sealed, with a proof in the public log; a changed or extended one is not to be relied on; nobody is named', async () => {
  const { fmo, producer, offer, requestId } = await offered()
  await producer.run((ctx) => signPacket(ctx, signing(offer), alone))
  await drained(fmo.tenant.id)
  await drained(PLATFORM)
  await (await reachNow()).chain.checkpoint(PLATFORM, Date.UTC(2026, 10, 26))
  const document = await fmo.admin.run((ctx) => sealedPacketOf(ctx, requestId))
  const bytes = await fmo.admin.run((ctx) => bytesInside(ctx, document?.documentId ?? ''))
  const ask = (file: Uint8Array) => ({ sha256: sha256(file), seals: sealsIn(file).map(({ contents }) => sha256(contents)) })
  const visit = await anybody()
  const exact = await verifyFile(visit, ask(bytes))
  expect(exact).toMatchObject({ verdict: 'exact', proof: { line: expect.stringContaining(sha256(bytes)) } })
  const told = JSON.stringify(exact)
  for (const name of [fmo.tenant.id, fmo.tenant.name, producer.session?.accountId ?? '', 'Zoë', requestId, offer.id, 'Northgate']) expect(told).not.toContain(name)
  expect(await verifyFile(visit, ask(Uint8Array.from([...bytes, 32])))).toMatchObject({ verdict: 'changed' })
  const touched = bytes.slice()
  touched[700] = (touched[700] ?? 0) ^ 1
  expect(await verifyFile(visit, ask(touched))).toMatchObject({ verdict: 'changed' })
  expect(await verifyFile(visit, ask(new TextEncoder().encode('%PDF-1.7 another')))).toEqual({ verdict: 'unknown' })
})
