import { PDF } from '@libpdf/core'
import { expect, test } from 'vitest'
import { upload } from '../../../tests/support/document-scene.ts'
import { newCarrier, newFmo, type Fmo } from '../../../tests/support/carrier-scene.ts'
import { pdf } from '../../../tests/support/sample-files.ts'
import { asMember, entriesOf, failureOf, type Browser } from '../../../tests/support/scene.ts'
import { addPacket } from './add-packet.ts'
import { attachForm } from './attach-form.ts'
import { listPackets } from './list-packets.ts'
import { mapFields } from './map-fields.ts'
import { drawForm } from './pdf/draw-form.ts'
import { sentences } from './pdf/open-pdf.ts'
import { publishPacket, retirePacket } from './publish-packet.ts'
import { readPacket } from './read-packet.ts'
import type { PacketFormView } from './contract.ts'

const begun = async (fmo: Fmo, who: Browser = fmo.admin) => {
  const carrier = await newCarrier(fmo)
  return who.run((ctx) => addPacket(ctx, { carrier_id: carrier, name: 'New business packet', for_kind: 'contract' }))
}
const firstDetail = (failure: Awaited<ReturnType<typeof failureOf>>) => (failure?.code === 'invalid' ? failure.errors[0]?.detail : failure?.code)

async function uploaded(admin: Browser): Promise<string> {
  const bytes = new Uint8Array(await drawForm({ title: 'A carrier’s form', subtitle: 'Sample', number: 'S-1', sections: [{ heading: 'One', rows: [[{ kind: 'text', name: 'applicant', label: 'Applicant', share: 0.5 }, { kind: 'radio', name: 'pay', label: 'Account', options: ['C', 'S'], share: 0.5 }], [{ kind: 'text', name: 'sign here', label: 'Signature', share: 1 }]] }] }))
  return (await upload(admin, { name: 'NG-1.pdf', category: 'carrier', bytes })).id
}

test('a carrier’s form is uploaded, its fields are found and mapped once, and the version published', async () => {
  const fmo = await newFmo()
  const { admin } = fmo
  const { id } = await begun(fmo)
  const attached = await admin.run(async (ctx) => attachForm(ctx, id, { document_id: await uploaded(admin) }))
  expect(attached.parts[0]).toMatchObject({ title: 'NG-1', pages: 1 })
  expect(attached.parts[0]?.fields.map(({ name, kind }) => [name, kind])).toEqual([['applicant', 'text'], ['pay', 'radio'], ['sign here', 'text']])

  const mapped = await admin.run((ctx) =>
    mapFields(ctx, id, attached.version?.edition ?? 0, {
      fields: [],
      rules: [
        { part: 0, field: 'applicant', source: { from: 'fact', fact: 'name.full', as: 'capitals' }, when: null },
        { part: 0, field: 'pay', source: { from: 'option', fact: 'account_type', options: [{ is: 'checking', option: 'C' }, { is: 'savings', option: 'S' }] }, when: { fact: 'account', is: 'given' } },
        { part: 0, field: 'sign here', source: { from: 'signature', what: 'mark' }, when: null },
      ],
    }),
  )
  const published = await admin.run((ctx) => publishPacket(ctx, id))
  expect(published.version).toMatchObject({ number: 1, state: 'published', mapped: 3, digest: mapped.version?.digest })
  expect(published.packet.publishedId).toBe(published.version?.id)
  expect((await entriesOf(fmo.tenant.id, 'contracting.packet.published')).map(({ meta }) => meta['digest'])).toEqual([mapped.version?.digest])
})

test('a published version never changes: whoever maps it begins the next one, and packets go on being filled from the old', async () => {
  const fmo = await newFmo()
  const { admin } = fmo
  const { id } = await begun(fmo)
  await admin.run((ctx) => attachForm(ctx, id, { own_form: 'direct_deposit' }))
  const first = await admin.run((ctx) => publishPacket(ctx, id))
  const rule = { part: 0, field: 'npn', source: { from: 'text' as const, text: 'none' }, when: null }
  const next = await admin.run((ctx) => mapFields(ctx, id, first.version?.edition ?? 0, { fields: [], rules: [rule] }))
  expect(next.version).toMatchObject({ number: 2, state: 'draft' })
  expect(next.packet.publishedId).toBe(first.version?.id)
  expect(next.packet.versions.find(({ number }) => number === 1)).toEqual(first.version)
  // Somebody who still looks at the first version is told to look again.
  expect(await failureOf(admin.run((ctx) => mapFields(ctx, id, first.version?.edition ?? 0, { fields: [], rules: [rule] })))).toEqual({ code: 'precondition_failed' })
})

test('our own forms come mapped: each field is named after what fills it', async () => {
  const fmo = await newFmo()
  const { admin } = fmo
  const { id } = await begun(fmo)
  const form = await admin.run((ctx) => attachForm(ctx, id, { own_form: 'appointment' }))
  const fields = form.parts[0]?.fields ?? []
  expect(fields.length).toBeGreaterThan(60)
  expect(fields.filter(({ name }) => !form.mapping.some((rule) => rule.field === name)).map(({ name }) => name)).toEqual([])
  expect((await admin.run((ctx) => publishPacket(ctx, id))).version?.state).toBe('published')
})

test('what is no form, or is broken, is refused with a sentence and changes nothing', async () => {
  const fmo = await newFmo()
  const { admin } = fmo
  const { id } = await begun(fmo)
  const flat = await upload(admin, { name: 'flat.pdf', category: 'carrier', bytes: pdf() })
  const torn = await upload(admin, { name: 'torn.pdf', category: 'carrier', bytes: new TextEncoder().encode('%PDF-1.7\n1 0 obj\n<< /Type') })
  expect(firstDetail(await failureOf(admin.run((ctx) => attachForm(ctx, id, { document_id: flat.id }))))).toContain('no form fields')
  expect(firstDetail(await failureOf(admin.run((ctx) => attachForm(ctx, id, { document_id: torn.id }))))).toBe(sentences.damaged)
  expect((await admin.run((ctx) => readPacket(ctx, id))).packet.versions).toEqual([])
})

/** Bytes that no packing makes fewer. */
function noise(length: number): Uint8Array {
  let last = 1
  return Uint8Array.from({ length }, () => (last = Math.imul(last ^ (last >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 24)
}

test('the forms of a packet together are no larger than one PDF may be: filling holds them all at once', async () => {
  const fmo = await newFmo()
  const { admin } = fmo
  const { id } = await begun(fmo)
  const form = await PDF.load(await drawForm({ title: 'A large form', subtitle: 'Sample', number: 'S-2', sections: [{ heading: 'One', rows: [[{ kind: 'text', name: 'applicant', label: 'Applicant', share: 1 }]] }] }))
  form.getPage(0)?.dict.set('Thumb', form.createStream({}, noise(6_000_000)))
  const { id: large } = await upload(admin, { name: 'large.pdf', category: 'carrier', bytes: new Uint8Array(await form.save()) })
  const one = await admin.run((ctx) => attachForm(ctx, id, { document_id: large }))
  expect(firstDetail(await failureOf(admin.run((ctx) => attachForm(ctx, id, { document_id: large }))))).toContain('10 MB together')
  expect((await admin.run((ctx) => readPacket(ctx, id))).version).toEqual(one.version)
  expect((await admin.run((ctx) => attachForm(ctx, id, { own_form: 'appointment' }))).parts).toHaveLength(2)
})

test('a packet is published with a form, a filled field and a place to sign, or not at all', async () => {
  const fmo = await newFmo()
  const { admin } = fmo
  const { id } = await begun(fmo)
  expect(await failureOf(admin.run((ctx) => publishPacket(ctx, id)))).toMatchObject({ code: 'conflict', state: 'no_draft' })
  const form = await admin.run(async (ctx) => attachForm(ctx, id, { document_id: await uploaded(admin) }))
  expect(firstDetail(await failureOf(admin.run((ctx) => publishPacket(ctx, id))))).toContain('at least one field')
  const mapFirst = (source: { from: 'text'; text: string } | { from: 'tick'; when: { fact: string; is: string } }) => admin.run((ctx) => mapFields(ctx, id, form.version?.edition ?? 0, { fields: [], rules: [{ part: 0, field: 'applicant', source, when: null }] }))
  expect(firstDetail(await failureOf(mapFirst({ from: 'tick', when: { fact: 'kind', is: 'business' } })))).toContain('cannot be filled like this')
  await mapFirst({ from: 'text', text: 'x' })
  expect(firstDetail(await failureOf(admin.run((ctx) => publishPacket(ctx, id))))).toContain('takes the signature')
})

test('a member reads packets and defines none; another tenant finds nothing, by list or by id', async () => {
  const [fmo, other] = [await newFmo(), await newFmo()]
  const [admin, member, stranger] = [fmo.admin, await asMember(fmo.tenant), other.admin]
  const { id } = await begun(fmo)
  const document = await uploaded(admin)
  expect((await member.run(listPackets)).map((packet) => packet.id)).toEqual([id])
  expect(await failureOf(begun(fmo, member))).toMatchObject({ code: 'role_required', need: 'packet.write' })
  expect(await stranger.run(listPackets)).toEqual([])
  const tries: ((who: Browser) => Promise<PacketFormView>)[] = [
    (who) => who.run((ctx) => readPacket(ctx, id)), (who) => who.run((ctx) => attachForm(ctx, id, { own_form: 'appointment' })), (who) => who.run((ctx) => publishPacket(ctx, id)),
    (who) => who.run((ctx) => mapFields(ctx, id, 1, { fields: [], rules: [] })), (who) => who.run((ctx) => retirePacket(ctx, id)),
  ]
  for (const attempt of tries) expect(await failureOf(attempt(stranger))).toEqual({ code: 'not_found' })
  const carrier = await newCarrier(fmo)
  expect(await failureOf(stranger.run((ctx) => addPacket(ctx, { carrier_id: carrier, name: 'x', for_kind: 'any' })))).toEqual({ code: 'not_found' })
  const theirs = await begun(other)
  expect(await failureOf(stranger.run((ctx) => attachForm(ctx, theirs.id, { document_id: document })))).toEqual({ code: 'not_found' })
})

test('a retired packet takes no form and is retired once', async () => {
  const fmo = await newFmo()
  const { admin } = fmo
  const { id } = await begun(fmo)
  expect((await admin.run((ctx) => retirePacket(ctx, id))).packet.state).toBe('retired')
  expect(await failureOf(admin.run((ctx) => attachForm(ctx, id, { own_form: 'appointment' })))).toMatchObject({ state: 'packet_retired' })
  expect(await failureOf(admin.run((ctx) => retirePacket(ctx, id)))).toMatchObject({ code: 'conflict', state: 'packet_retired' })
})
