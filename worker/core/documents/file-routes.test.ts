import { expect, test } from 'vitest'
import { linkTo, listed, upload } from '../../../tests/support/document-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { pdf, png } from '../../../tests/support/sample-files.ts'
import { asMember, asOwner, asViewer, bindings, type Browser } from '../../../tests/support/scene.ts'
import { MAX_BYTES, type DocumentView } from './contract.ts'
import { tenantPrefix } from './bucket.ts'

const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer())
const formOf = (who: Browser, file: File | null, fields: Record<string, string> = {}) => {
  const form = new FormData()
  for (const [name, value] of Object.entries({ csrf: who.csrf, category: 'identification', phi_ack: 'yes', ...fields })) form.append(name, value)
  if (file) form.append('file', file)
  return form
}

test('[CIQ-10][SPO-08] a PDF is uploaded, listed, and downloaded through its link as the same PDF', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const original = pdf('Appointment of Dana Whitlock')
  const document = await upload(member, { name: 'Überführung “packet”.pdf', bytes: original })
  expect(document).toMatchObject({ name: 'Überführung “packet”.pdf', kind: 'PDF', size: original.length, state: 'stored' })
  expect((await listed(member)).map(({ id }) => id)).toEqual([document.id])

  const answer = await member.call(await linkTo(member, document))
  expect(answer.status).toBe(200)
  expect(answer.headers.get('Content-Type')).toBe('application/pdf')
  expect(answer.headers.get('Content-Disposition')).toBe("attachment; filename=\"_berf_hrung _packet_.pdf\"; filename*=UTF-8''%C3%9Cberf%C3%BChrung%20%E2%80%9Cpacket%E2%80%9D.pdf")
  expect(answer.headers.get('X-Content-Type-Options')).toBe('nosniff')
  expect(answer.headers.get('Content-Security-Policy')).toMatch(/^sandbox;/)
  expect(answer.headers.get('Cache-Control')).toBe('no-store')
  const bytes = await bytesOf(answer)
  expect(new TextDecoder().decode(bytes.slice(0, 4))).toBe('%PDF')
  expect(bytes).toEqual(original)
})

test('[CIQ-23] the stored object is ciphertext, for a small file and for one of many chunks', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  for (const lines of [['canary-4711 in a packet'], Array.from({ length: 9000 }, (_, index) => `canary-4711 line ${index}`)]) {
    const original = pdf(...lines)
    const document = await upload(member, { bytes: original })
    const { objects } = await bindings.DOCUMENTS.list({ prefix: `${tenantPrefix(tenant.id)}${document.id}/` })
    expect(objects).toHaveLength(1)
    const stored = await bytesOf(new Response((await bindings.DOCUMENTS.get(objects[0]!.key))!.body))
    const seen = new TextDecoder('latin1').decode(stored)
    expect(seen.startsWith('%PDF')).toBe(false)
    expect(seen).not.toMatch(/canary|%PDF|endobj/)
    expect(await bytesOf(await member.call(await linkTo(member, document)))).toEqual(original)
  }
})

test('[IFD-09] documents are filed under a category, found by it, and downloaded', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const member = await asMember(tenant)
  const licence = await upload(member, { category: 'licence' })
  const premium = await upload(member, { category: 'premium', name: 'premium.png', bytes: png(), type: 'image/png' })
  await upload(await asMember(elsewhere), { category: 'licence' })
  const found = await (await member.call('/api/v1/documents?category=licence')).json<{ documents: DocumentView[] }>()
  expect(found.documents.map(({ id, category }) => [id, category])).toEqual([[licence.id, 'licence']])
  expect((await listed(member)).map(({ id }) => id)).toEqual([premium.id, licence.id])
  expect((await member.call(await linkTo(member, licence))).status).toBe(200)
})

test('[IFD-27] there is no category for medical records, and asking for it is refused', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const answer = await member.call('/api/v1/documents', { json: { name: 'chart.pdf', category: 'medical_records', phi_ack: true } })
  expect(answer.status).toBe(422)
  expect((await answer.json<{ errors: { pointer: string }[] }>()).errors[0]?.pointer).toBe('/category')
  const posted = await member.call('/documents/upload', { body: formOf(member, new File([pdf()], 'chart.pdf'), { category: 'medical_records' }) })
  expect(posted.headers.get('Location')).toBe('/documents?refused=category')
  expect(await listed(member)).toEqual([])
})

test('without the acknowledgement that it holds no health information nothing is accepted', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  for (const phiAck of [undefined, false]) {
    const answer = await member.call('/api/v1/documents', { json: { name: 'a.pdf', category: 'other', ...(phiAck === undefined ? {} : { phi_ack: phiAck }) } })
    expect(answer.status).toBe(422)
    expect((await answer.json<{ errors: { pointer: string }[] }>()).errors).toMatchObject([{ pointer: '/phi_ack' }])
  }
  const form = formOf(member, new File([pdf()], 'a.pdf'), { phi_ack: '' })
  expect((await member.call('/documents/upload', { body: form })).headers.get('Location')).toBe('/documents?refused=phi_ack')
  expect((await listed(member)).length).toBe(0)
})

test('the plain form uploads without scripts, by its own token, and shows the list again', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const answer = await member.call('/documents/upload', { body: formOf(member, new File([pdf('by form')], 'C:\\Users\\dana\\scan.pdf', { type: 'application/pdf' })) })
  expect([answer.status, answer.headers.get('Location')]).toEqual([303, '/documents?uploaded=1'])
  const [document] = await listed(member)
  expect(document).toMatchObject({ name: 'scan.pdf', category: 'identification', phiAcknowledgedAt: expect.any(Number) })
  expect(await bytesOf(await member.call(await linkTo(member, document!)))).toEqual(pdf('by form'))
})

test('a form without the token, with another session’s, or with the token behind the file is refused before anything is kept', async () => {
  const tenant = await newTenant()
  const [member, other] = [await asMember(tenant), await asMember(tenant)]
  const file = () => new File([pdf()], 'a.pdf')
  const late = new FormData()
  for (const [name, value] of [['category', 'other'], ['phi_ack', 'yes'], ['file', file()], ['csrf', member.csrf]] as const) late.append(name, value)
  for (const body of [formOf(member, file(), { csrf: '' }), formOf(other, file()), late]) {
    const answer = await member.call('/documents/upload', { body })
    expect(answer.status).toBe(403)
    expect((await answer.json<{ code: string }>()).code).toBe('csrf')
  }
  const foreign = await member.call('/documents/upload', { body: formOf(member, file()), headers: { Accept: 'application/json' } })
  expect(foreign.status).toBe(303)
  expect(await listed(member)).toHaveLength(1)
})

test('the plain form says which field is wrong, and never repeats what was typed in its address', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const where = async (body: FormData) => (await member.call('/documents/upload', { body })).headers.get('Location')
  expect(await where(formOf(member, null))).toBe('/documents?refused=file')
  expect(await where(formOf(member, new File([], 'empty.pdf')))).toBe('/documents?refused=file')
  expect(await where(formOf(member, new File([png()], 'Dana Whitlock.pdf')))).toBe('/documents?refused=unsupported_media')
  expect(await where(formOf(member, new File([pdf()], 'x'.repeat(300) + '.pdf')))).toBe('/documents?refused=name')
})

test('what is not what it says it is gets 415, and nothing of it stays', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const html = new TextEncoder().encode('<html><script>alert(1)</script>')
  for (const [name, bytes, type] of [['a.pdf', png(), 'application/pdf'], ['a.pdf', html, 'application/pdf'], ['a.html', html, 'text/html'], ['a.svg', new TextEncoder().encode('<svg/>'), 'image/svg+xml'], ['a.pdf', pdf(), 'image/png'], ['a.zip', Uint8Array.from([0x50, 0x4b, 5, 6, ...new Array<number>(18).fill(0)]), 'application/zip']] as const) {
    const { id } = await (await member.call('/api/v1/documents', { json: { name, category: 'other', phi_ack: true } })).json<DocumentView>()
    const answer = await member.call(`/api/v1/documents/${id}/content`, { method: 'PUT', body: bytes, headers: { 'Content-Type': type } })
    expect(answer.status, name).toBe(415)
    expect((await bindings.DOCUMENTS.list({ prefix: `${tenantPrefix(tenant.id)}${id}/` })).objects).toEqual([])
  }
  expect(await listed(member)).toEqual([])
})

test('the largest file fits, one byte more is refused while it streams in, and leaves nothing behind', async () => {
  const tenant = await newTenant()
  const member = await asMember(tenant)
  const announce = async () => (await (await member.call('/api/v1/documents', { json: { name: 'big.pdf', category: 'other', phi_ack: true } })).json<DocumentView>()).id
  const exactly = new Uint8Array(MAX_BYTES)
  exactly.set(pdf())
  const fits = await announce()
  expect((await member.call(`/api/v1/documents/${fits}/content`, { method: 'PUT', body: exactly, headers: { 'Content-Type': 'application/pdf' } })).status).toBe(200)
  const answer = await member.call(await linkTo(member, { id: fits }))
  expect((await bytesOf(answer)).length).toBe(MAX_BYTES)

  const tooBig = await announce()
  let sent = 0
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      controller.enqueue(sent === 0 ? exactly : Uint8Array.from([32]))
      sent += 1
      if (sent === 2) controller.close()
    },
  })
  const refused = await member.call(`/api/v1/documents/${tooBig}/content`, { method: 'PUT', body: stream, headers: { 'Content-Type': 'application/pdf' } })
  expect(refused.status).toBe(413)
  expect((await bindings.DOCUMENTS.list({ prefix: `${tenantPrefix(tenant.id)}${tooBig}/` })).objects).toEqual([])
})

test('nobody reaches a document of another tenant, with or without its id, and is not told that it exists', async () => {
  const [tenant, elsewhere] = [await newTenant(), await newTenant()]
  const document = await upload(await asMember(tenant))
  const stranger = await asOwner(elsewhere)
  const absent = `doc_${document.id.slice(4, -4)}0000`
  for (const [method, tail] of [['GET', ''], ['POST', '/links'], ['POST', '/trash'], ['DELETE', '/trash']] as const) {
    const [foreign, none] = [await stranger.call(`/api/v1/documents/${document.id}${tail}`, { method }), await stranger.call(`/api/v1/documents/${absent}${tail}`, { method })]
    expect([foreign.status, none.status]).toEqual([404, 404])
    expect(await foreign.text()).toBe(await none.text())
  }
  const put = await stranger.call(`/api/v1/documents/${document.id}/content`, { method: 'PUT', body: pdf() })
  expect(put.status).toBe(404)
  expect(await listed(stranger)).toEqual([])
})

test('a viewer neither uploads nor lists nor asks for links', async () => {
  const tenant = await newTenant()
  const document = await upload(await asMember(tenant))
  const viewer = await asViewer(tenant)
  expect((await viewer.call('/api/v1/documents')).status).toBe(403)
  expect((await viewer.call('/api/v1/documents', { json: { name: 'a.pdf', category: 'other', phi_ack: true } })).status).toBe(403)
  expect((await viewer.call(`/api/v1/documents/${document.id}/links`, { method: 'POST' })).status).toBe(403)
})

