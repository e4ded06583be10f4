import type { Ctx } from '../../core/ctx.ts'
import { making, type Make, type MadeDocument } from '../../core/documents/make-document.ts'
import { openInside } from '../../core/documents/open-inside.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { ownForms, type AttachForm, type MappingRule, type PacketForm, type PacketFormView, type PacketPart } from './contract.ts'
import { mappingOfOwn, ownDesigns } from './own-forms.ts'
import { formColumns, openForm } from './packet-form.ts'
import { packetFormAttached, rights } from './module.ts'
import { drawForm } from './pdf/draw-form.ts'
import { MAX_PAGES, MAX_PDF_BYTES, openPdf, sentences } from './pdf/open-pdf.ts'
import { readFields } from './pdf/read-fields.ts'
import { MAX_PARTS } from './policy.ts'
import { readPacket } from './read-packet.ts'
import { changeDraft, insertVersion, newestVersion, packetById, type VersionRow } from './store.ts'

/**
 * Put a PDF form into the draft of a packet. A packet without a draft gets one, which begins as what is published. The PDF is read before anything is
 * changed: one that is malformed, encrypted, too large or no form is refused with a sentence.
 */
export async function attachForm(ctx: Ctx, packetId: string, input: AttachForm): Promise<PacketFormView> {
  demand(ctx, rights.writePackets)
  const [packet, newest] = await ctx.db.readAll([packetById(ctx.db, packetId), newestVersion(ctx.db, packetId)])
  if (!packet) throw new Fault({ code: 'not_found' })
  if (packet.state === 'retired') throw new Fault({ code: 'conflict', state: 'packet_retired', detail: 'This packet was retired. Begin another one.' })
  const known: PacketForm = newest ? await openForm(ctx, newest) : { parts: [], mapping: [] }
  if (known.parts.length >= MAX_PARTS) throw new Fault({ code: 'invalid', errors: [{ pointer: '/document_id', detail: `A packet has at most ${MAX_PARTS} forms.` }] })

  await making(ctx, async (make) => {
    const { part, made, mapping } = await read(ctx, make, input, known.parts.length)
    const parts = [...known.parts, part]
    if (sumOf(parts, ({ size = 0 }) => size) > MAX_PDF_BYTES || sumOf(parts, ({ pages }) => pages) > MAX_PAGES) {
      refuse(`The forms of a packet have at most ${MAX_PDF_BYTES / 1_000_000} MB together and ${MAX_PAGES} pages. Save them without pictures, or make two packets of them.`)
    }
    const form = { parts, mapping: [...known.mapping, ...mapping] }
    const draft = newest?.state === 'draft' ? newest : null
    const id = draft?.id ?? ctx.newId('pkv')
    const number = draft?.number ?? (newest?.number ?? 0) + 1
    const columns = await formColumns(ctx, id, form)
    const event = packetFormAttached(packetId, { version: id, number, document: part.documentId, fields: part.fields.length, pages: part.pages })
    await ctx.commit([...(made?.writes ?? []), draft ? changeDraft(ctx.db, draft, columns) : insertVersion(ctx.db, newDraft(ctx, packetId, { id, number, ...columns }))], made ? [made.event, event] : event)
  })
  return readPacket(ctx, packetId)
}

type Read = { readonly part: PacketPart; readonly made: MadeDocument | null; readonly mapping: readonly MappingRule[] }

async function read(ctx: Ctx, make: Make, input: AttachForm, at: number): Promise<Read> {
  if ('own_form' in input) {
    const title = ownForms[input.own_form]
    const bytes = new Uint8Array(await drawForm(ownDesigns[input.own_form]))
    const made = await make({ name: `${title}.pdf`, category: 'carrier', bytes, held: false })
    const part = await partOf(bytes, made.id, title)
    return { part, made, mapping: mappingOfOwn(part.fields, at) }
  }
  const document = await openInside(ctx, input.document_id, 'stored')
  if (document.mediaType !== 'application/pdf') refuse(sentences.notPdf)
  if (document.size > MAX_PDF_BYTES) refuse(sentences.large)
  const bytes = new Uint8Array(await new Response(document.stream).arrayBuffer())
  const part = await partOf(bytes, input.document_id, document.name.replace(/\.pdf$/i, ''))
  if (part.fields.length === 0) refuse('This PDF has no form fields. Ask the carrier for a fillable PDF, or add fields in a PDF editor.')
  return { part, made: null, mapping: [] }
}

async function partOf(bytes: Uint8Array, documentId: string, title: string): Promise<PacketPart> {
  const pdf = await openPdf(bytes)
  return { documentId, title: title.slice(0, 120), pages: pdf.getPageCount(), size: bytes.length, fields: readFields(pdf) }
}

const newDraft = (ctx: Ctx, packetId: string, columns: Pick<VersionRow, 'id' | 'number' | 'content' | 'sealVersion' | 'digest' | 'pages' | 'fields' | 'mapped'>) => ({ ...columns, packetId, state: 'draft' as const, edition: 1, createdBy: ctx.eventActor.id, createdAt: ctx.now, publishedAt: null })

const sumOf = (parts: readonly PacketPart[], of: (part: PacketPart) => number): number => parts.reduce((sum, part) => sum + of(part), 0)

function refuse(detail: string): never {
  throw new Fault({ code: 'invalid', errors: [{ pointer: '/document_id', detail }] })
}
