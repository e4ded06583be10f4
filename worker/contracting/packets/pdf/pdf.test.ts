import { deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { PDF } from '@libpdf/core'
import fc from 'fast-check'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { isFull, seed } from '../../../../tests/support/figures.ts'
import { bindings } from '../../../../tests/support/scene.ts'
import { isFault } from '../../../core/failure.ts'
import { appendAuditPage } from './append-audit-page.ts'
import { drawForm, type FormDesign } from './draw-form.ts'
import { drawMark } from './draw-mark.ts'
import { drawLeft, fillForm } from './fill-form.ts'
import { joinPages } from './join-pages.ts'
import { letteringOf } from './lettering.ts'
import { openPdf, sentences } from './open-pdf.ts'
import { readFields } from './read-fields.ts'
import { unpacksWithin } from './refuse-bombs.ts'
import { readSealKey } from './seal-key.ts'
import { sealPdf } from './seal-pdf.ts'
import { verifySeal } from './verify-seal.ts'

const AT = Date.UTC(2026, 10, 26)
const key = readSealKey(bindings.PDF_SEAL_KEY)

const design: FormDesign = {
  title: 'Appointment application', subtitle: 'Northgate Life', number: 'NG-1',
  sections: [
    { heading: 'Who you are', note: 'As on your licence.', rows: [[{ kind: 'text', name: 'name', label: 'Legal name', share: 0.6 }, { kind: 'text', name: 'ssn', label: 'SSN', share: 0.4 }], [{ kind: 'checkbox', name: 'resident', label: 'Resident', share: 0.5 }, { kind: 'radio', name: 'account', label: 'Account', options: ['Checking', 'Savings'], share: 0.5 }]] },
    { heading: 'What happened', rows: [[{ kind: 'text', name: 'story', label: 'Explain', share: 1, lines: 3 }], [{ kind: 'signature', name: 'signature', label: 'Signature', share: 1 }]] },
  ],
}

async function filled(values: Record<string, string | boolean>): Promise<PDF> {
  const pdf = await openPdf(await drawForm(design))
  const left = fillForm(pdf, readFields(pdf), new Map(Object.entries(values)))
  const joined = await joinPages([pdf], 'Packet', AT)
  drawLeft(joined, letteringOf(joined), left, 0)
  return joined
}

const textOf = async (pdf: PDF): Promise<string> => (await extractText(await getDocumentProxy(await pdf.save(), { verbosity: 0 }), { mergePages: true })).text

async function sentenceOf(work: Promise<unknown>): Promise<string> {
  const thrown: unknown = await work.then(() => null, (refused: unknown) => refused)
  if (!isFault(thrown) || thrown.failure.code !== 'invalid') throw thrown ?? new TypeError('was not refused')
  return thrown.failure.errors[0]?.detail ?? ''
}

test('the fields of a form are read with their page, place and options', async () => {
  const fields = readFields(await openPdf(await drawForm(design)))
  expect(fields.map(({ name, kind }) => `${name}:${kind}`)).toEqual(['name:text', 'ssn:text', 'resident:checkbox', 'account:radio', 'story:text', 'signature:text'])
  expect(fields[0]).toMatchObject({ label: 'Legal name', boxes: [{ page: 1, width: expect.any(Number), height: 16 }] })
  expect(fields[3]?.boxes.map(({ option }) => option)).toEqual(['Checking', 'Savings'])
  expect(fields[4]?.multiline).toBe(true)
})

test('a filled form is ink: its text is on the page, letters beyond ASCII too, and no field is left', async () => {
  const pdf = await filled({ name: 'Zoë Müller-Åström “Zo”', ssn: '212-45-6789', resident: true, account: 'Savings', story: 'Nothing.' })
  const text = await textOf(pdf)
  for (const word of ['Zoë Müller-Åström “Zo”', '212-45-6789', 'Nothing.', 'Appointment application']) expect(text).toContain(word)
  expect((await PDF.load(await pdf.save())).getForm()?.fieldCount ?? 0).toBe(0)
})

test('a name in Vietnamese, Polish, Greek or Cyrillic letters is drawn as it is written, and sealed and signed with the same letters', async () => {
  const names = ['Nguyễn Thị Đặng', 'Łukasz Wiśniewski', 'Αθήνα Παπαδοπούλου', 'Ђорђе Иванов', 'Trần and Ελένη']
  for (const name of names) {
    const pdf = await filled({ name: name.normalize('NFD'), story: `${name} explains. `.repeat(12) })
    expect((await textOf(pdf)).replaceAll(/\s+/g, ' ').split(name)).toHaveLength(14)
  }
  const [name = ''] = names
  const pdf = await PDF.load(await (await filled({ name })).save({ subsetFonts: true }))
  drawMark(pdf, letteringOf(pdf), { page: 1, x: 60, y: 100, width: 200, height: 20 }, { kind: 'typed', name })
  appendAuditPage(pdf, letteringOf(pdf), { title: 'Signed electronically', says: 'What follows says who signed.', sections: [{ heading: 'Signature', rows: [['Signed by', name]] }] })
  const { bytes } = await sealPdf(pdf, key, { at: AT, reason: `Signed by ${name}` })
  expect((await textOf(await PDF.load(bytes))).split(name)).toHaveLength(4)
  expect(verifySeal(bytes, key)).toEqual({ verdict: 'whole' })
  expect(bytes.length).toBeLessThan(100_000)
})

test('what no typeface has, or what a field has no room for, is refused by the field’s name instead of left out', async () => {
  expect(await sentenceOf(filled({ name: 'Ana 😀' }))).toContain('“😀” in the field Legal name cannot be printed')
  expect(await sentenceOf(filled({ story: '李小龙' }))).toContain('“李” in the field Explain cannot be printed')
  expect(await sentenceOf(filled({ ssn: 'x'.repeat(200) }))).toContain('too long')
})

test('what a file would do when it is opened stays behind when its pages are joined', async () => {
  const pdf = await PDF.load(await drawForm(design))
  pdf.addAttachment('run.js', new TextEncoder().encode('alert(1)'))
  pdf.getPage(0)?.addLinkAnnotation({ rect: { x: 0, y: 0, width: 9, height: 9 }, uri: 'https://elsewhere.example' })
  const again = await openPdf(await pdf.save())
  fillForm(again, readFields(again), new Map())
  const bytes = Buffer.from(await (await joinPages([again], 'Packet', AT)).save({ compressStreams: false })).toString('latin1')
  expect(bytes).not.toMatch(/EmbeddedFile|elsewhere\.example|\/Annots/)
})

test('a seal verifies over the whole file; one byte changed, or anything appended, is found', async () => {
  const pdf = await filled({ name: 'Ana Diaz' })
  drawMark(pdf, letteringOf(pdf), { page: 1, x: 60, y: 100, width: 200, height: 20 }, { kind: 'drawn', name: 'Ana Diaz', width: 200, height: 60, strokes: [[[1, 1], [60, 40], [150, 9]]] })
  appendAuditPage(pdf, letteringOf(pdf), { title: 'Signed electronically', says: 'What follows says who signed.', sections: [{ heading: 'Signature', rows: [['Signed by', 'Ana Diaz'], ['Hash', 'f'.repeat(200)]] }] })
  const sealed = await sealPdf(pdf, key, { at: AT, reason: 'Sealed by countersign.test' })
  expect(verifySeal(sealed.bytes, key)).toEqual({ verdict: 'whole' })

  const changed = sealed.bytes.slice()
  changed[900] = (changed[900] ?? 0) ^ 1
  expect(verifySeal(changed, key)).toEqual({ verdict: 'changed' })
  expect(verifySeal(Uint8Array.from([...sealed.bytes, 10]), key)).toEqual({ verdict: 'extended', appendedBytes: 1 })

  const edited = await PDF.load(sealed.bytes)
  edited.getPage(0)?.drawText('and another thing', { x: 50, y: 50 })
  expect(verifySeal(await edited.save({ incremental: true }), key)).toMatchObject({ verdict: 'extended' })
  const rewritten = await PDF.load(sealed.bytes)
  rewritten.getPage(0)?.drawText('and another thing', { x: 50, y: 50 })
  expect(verifySeal(await rewritten.save(), key).verdict).not.toBe('whole')
  expect(verifySeal(await pdf.save(), key)).toEqual({ verdict: 'none' })
})

test('the room kept beside a seal hides nothing: a byte written into it is a change', async () => {
  const { bytes } = await sealPdf(await filled({}), key, { at: AT, reason: 'Sealed' })
  const text = Buffer.from(bytes).toString('latin1')
  const padding = text.indexOf('0'.repeat(64), text.indexOf('/Contents'))
  const stuffed = bytes.slice()
  stuffed[padding + 60] = 0x31
  expect(verifySeal(stuffed, key)).toEqual({ verdict: 'changed' })
})

test('a PDF that is none, encrypted, too large or a bomb is refused with a sentence', async () => {
  const form = await drawForm(design)
  const locked = await PDF.load(form)
  locked.setProtection({ userPassword: 'secret', ownerPassword: 'secret' })
  const bomb = PDF.create()
  bomb.addPage({ size: 'letter' }).dict.set('Thumb', bomb.createStream({}, new Uint8Array(70_000_000)))
  expect(await sentenceOf(openPdf(new TextEncoder().encode('hello')))).toBe(sentences.notPdf)
  expect(await sentenceOf(openPdf(new Uint8Array(10_000_001)))).toBe(sentences.large)
  expect(await sentenceOf(openPdf(await locked.save()))).toBe(sentences.encrypted)
  expect(await sentenceOf(openPdf(await bomb.save()))).toBe(sentences.bomb)
  expect(await sentenceOf(openPdf(form.slice(0, form.length - 300)))).toBe(sentences.damaged)
})

/** 70 MB of nothing in a stream that reading a file begins with, packed in one of the ways that the library unpacks. */
function packedBomb(filters: string, packed: Uint8Array, between = '\n'): Uint8Array {
  const head = '%PDF-1.7\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Type /Pages /Kids [] /Count 0 >>\nendobj\n'
  const open = `3 0 obj\n<< /Type /XRef /Size 4 /W [1 2 1] /Root 1 0 R /Filter ${filters} /Length ${packed.length} >>\nstream${between}`
  return new Uint8Array(Buffer.concat([Buffer.from(head + open), packed, Buffer.from(`\nendstream\nendobj\nstartxref\n${head.length}\n%%EOF\n`)]))
}

const nothing = Buffer.alloc(70_000_000)
/** The same after a stored block that says that the stream ends. */
const ended = Buffer.concat([Buffer.from([0x78, 0x01, 0, 9, 0, 0xf6, 0xff]), Buffer.from('endstream'), deflateRawSync(nothing)])

test.each([
  ['as gzip', packedBomb('/FlateDecode', gzipSync(nothing))],
  ['twice', packedBomb('[/FlateDecode /FlateDecode]', deflateSync(deflateSync(nothing)))],
  ['with its own end in it', packedBomb('/FlateDecode', ended)],
  ['as hexadecimal digits', packedBomb('[/ASCIIHexDecode /FlateDecode]', Buffer.from(`${deflateSync(nothing).toString('hex')}>`))],
  ['as hexadecimal digits, its filter spelled otherwise', packedBomb('[/ASCIIHex#44ecode /Fl]', Buffer.from(`${deflateSync(nothing).toString('hex')}>`))],
  ['in base 85', packedBomb('[/ASCII85Decode /FlateDecode]', ascii85(deflateSync(nothing)))],
  ['broken at its end', packedBomb('/FlateDecode', Buffer.concat([deflateSync(Buffer.concat([nothing, Buffer.from('the end')])).subarray(0, -40), Buffer.alloc(40, 255)]))],
  ['behind a space', packedBomb('/FlateDecode', deflateSync(nothing), ' \r\n')],
])('a bomb is found however it is packed: %s', async (_, bytes) => {
  expect(await sentenceOf(openPdf(bytes))).toBe(sentences.bomb)
})

test('what is packed by a method that unpacks to much and that no form needs is not read, and digits of a small stream are', async () => {
  for (const filter of ['LZWDecode', 'RunLengthDecode', 'L#5aWDecode']) expect(await sentenceOf(openPdf(packedBomb(`/${filter}`, Buffer.from([0x80, 0x0b, 0x60, 0x50]))))).toBe(sentences.older)
  for (const [filter, packed] of [['ASCII85Decode', ascii85(deflateSync(Buffer.alloc(1000)))], ['ASCIIHexDecode', Buffer.from(`${deflateSync(Buffer.alloc(1000)).toString('hex')}>`)]] as const) {
    expect(unpacksWithin(packedBomb(`[/${filter} /FlateDecode]`, packed))).toBe(true)
    expect(unpacksWithin(packedBomb(`[/${filter} /FlateDecode]`, packed), 500)).toBe(false)
  }
})

function ascii85(bytes: Uint8Array): Buffer {
  const groups = Array.from({ length: Math.ceil(bytes.length / 4) }, (_, index) => Buffer.concat([bytes.subarray(index * 4, index * 4 + 4), Buffer.alloc(4)]).readUInt32BE(0))
  return Buffer.from(`${groups.map((group) => [4, 3, 2, 1, 0].map((place) => String.fromCharCode(33 + (Math.floor(group / 85 ** place) % 85))).join('')).join('')}~>`)
}

/** A small PDF of these objects, the first its catalogue, the second its page tree; `count` is what its table says it lists. */
function written(objects: readonly string[], count: number = objects.length + 1): Uint8Array {
  let text = '%PDF-1.7\n'
  const places = objects.map((object, index) => {
    const at = text.length
    text += `${index + 1} 0 obj\n${object}\nendobj\n`
    return `${String(at).padStart(10, '0')} 00000 n \n`
  })
  const table = text.length
  return new TextEncoder().encode(`${text}xref\n0 ${count}\n0000000000 65535 f \n${places.join('')}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R /Prev ${table} >>\nstartxref\n${table}\n%%EOF\n`)
}

const pages = ['<< /Type /Pages /Kids [2 0 R 3 0 R] /Parent 2 0 R /Count 99999999 >>', '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Annots [4 0 R] >>'] as const
const withForm = ['<< /Type /Catalog /Pages 2 0 R /AcroForm << /Fields [4 0 R] >> >>', ...pages] as const

test.each([
  ['a field that is its own child', written([...withForm, '<< /T (name) /FT /Tx /Kids [4 0 R] /Parent 4 0 R >>'])],
  ['a table of a thousand million entries', written([...withForm, '<< >>'], 999_999_999)],
  ['a field of two thousand million cells', written([...withForm, '<< /T (name) /FT /Tx /Ff 16777216 /MaxLen 2000000000 /Subtype /Widget /Rect [0 0 1e30 -99999999999999999999] >>'])],
  ['an array a hundred thousand deep', written([...withForm, '['.repeat(100_000)])],
  ['a page tree that turns in a circle', written(['<< /Type /Catalog /Pages 2 0 R >>', pages[0], '<< /Type /Pages /Kids [2 0 R] /Parent 3 0 R >>'])],
])('a hostile PDF, %s, is filled or refused with a sentence and takes nothing with it', async (_, bytes) => {
  expect(await tried(bytes)).toBe(true)
})

/** True: it was worked through, or refused with a sentence. */
async function tried(bytes: Uint8Array): Promise<boolean> {
  try {
    const pdf = await openPdf(bytes)
    fillForm(pdf, readFields(pdf), new Map<string, string | boolean>([['name', 'Ana'], ['resident', true]]))
    await joinPages([pdf], 'Packet', AT)
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'invalid') throw thrown
  }
  return true
}

test('whatever bytes arrive, a form is opened or refused with a sentence, never anything else', async () => {
  const form = await drawForm(design)
  const broken = fc.array(fc.record({ at: fc.nat(form.length - 1), byte: fc.nat(255), kind: fc.constantFrom('set', 'cut', 'repeat') }), { minLength: 1, maxLength: 6 }).map((edits) =>
    edits.reduce((bytes, { at, byte, kind }) => {
      const place = at % Math.max(bytes.length, 1)
      if (kind === 'set') return bytes.map((each, index) => (index === place ? byte : each))
      return kind === 'cut' ? Uint8Array.from([...bytes.subarray(0, place), ...bytes.subarray(place + byte)]) : Uint8Array.from([...bytes.subarray(0, place), ...bytes.subarray(Math.max(0, place - byte))])
    }, form),
  )
  await fc.assert(
    fc.asyncProperty(fc.oneof(broken, fc.uint8Array({ maxLength: 400 }).map((tail) => Uint8Array.from([...new TextEncoder().encode('%PDF-1.7\n'), ...tail]))), tried),
    { seed, numRuns: isFull ? 2000 : 60 },
  )
})
