import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { letGo, making, type Make } from '../../core/documents/make-document.ts'
import { bytesInside } from '../../core/documents/open-inside.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import type { RowSalt } from '../../core/vault/row-vault.ts'
import type { PassportSnapshot } from '../passport/contract.ts'
import { requestKinds, type FilledContent, type FilledView, type PacketForm, type PacketRequest } from './contract.ts'
import { filledPdf, signaturePlaces } from './filling.ts'
import { filledContent, packetGenerated, rights } from './module.ts'
import { digestOf, openForm } from './packet-form.ts'
import { readFilled } from './read-filled.ts'
import { filledFor, insertFilled, packetsOfCarrier, turnFilled, versionById, whilePublished, type FilledRow, type PacketRow, type VersionRow } from './store.ts'

/** The whole passport behind a link, opened for a packet: what must be committed with whatever is made of it. */
export type OpenedForPacket = { readonly producerId: string; readonly snapshot: PassportSnapshot; /** What the filled file dies with, besides the root. */ readonly salt?: RowSalt; readonly writes: readonly Write[]; readonly event: RecordedEvent }

/** A request that is to be filled, and the way to its producer's passport. */
export type Filling = { readonly request: PacketRequest; readonly open: (ctx: Ctx, linkId: string, reason: string) => Promise<OpenedForPacket> }

/**
 * Fill the carrier's packet for a request from the producer's passport. Every value is opened here and goes into the held, encrypted file alone; what
 * people review is a copy whose secrets are masked. A packet that waited before is replaced, and its file destroyed.
 */
export async function fillPacket(ctx: Ctx, { request, open }: Filling): Promise<FilledView> {
  demand(ctx, rights.fillPacket)
  const { packet, version } = await publishedFor(ctx, request)
  const [form, before] = [await openForm(ctx, version), await ctx.db.read(filledFor(ctx.db, request.id))]
  const files = await Promise.all(form.parts.map(({ documentId, title }) => bytesInside(ctx, documentId, 'stored').catch((thrown: unknown) => missing(thrown, title))))
  const { producerId, snapshot, salt, writes, event } = await open(ctx, request.linkId, `Filling ${packet.name} for ${request.carrier}`)
  await making(ctx, async (make) => {
    const made = await drawn(ctx, make, { form, files, snapshot, salt, request, title: packet.name })

    const id = ctx.newId('fpk')
    const asked = askedOf(request)
    const basis = digestOf({ v: 1, packet: packet.id, version: version.id, mapping: version.digest, passport: snapshot.versionId, request: request.id, asked, shown: made.review.sha256 })
    const sealed = await ctx.vault.seal(filledContent, id, { title: packet.name, carrier: request.carrier, agency: ctx.tenant.name, asked, passportNumber: snapshot.number, places: signaturePlaces(form) } satisfies FilledContent)
    const row = {
      id, requestId: request.id, linkId: request.linkId, producerId, carrierId: request.carrierId, packetVersionId: version.id, passportVersionId: snapshot.versionId, basis, state: 'waiting' as const,
      content: sealed.sealed, sealVersion: sealed.sealVersion, documentId: made.full.id, reviewId: made.review.id, pages: made.pages, filledBy: ctx.eventActor.id, filledAt: ctx.now,
    }
    const generated = packetGenerated(id, { packet: packet.id, version: version.id, request: request.id, carrier: request.carrierId, link: request.linkId, passport: snapshot.versionId, basis, pages: made.pages, ...(before ? { replaces: before.id } : {}) })
    await ctx.commit(
      [...(before ? replaced(ctx, before) : []), ...made.full.writes, ...made.review.writes, insertFilled(ctx.db, row), whilePublished(ctx.db, version.id), ...writes],
      [generated, made.full.event, made.review.event, event],
    )
  })
  return readFilled(ctx, request.id)
}

/** The digest of what a request asks for, so that one changed afterwards is known by it. */
export const askedOf = ({ carrierId, kind, states, upline }: PacketRequest): string => digestOf({ carrierId, kind, states: [...states], upline })

/** The carrier's published packet for this kind of request, else the one for any. */
async function publishedFor(ctx: Ctx, { carrierId, carrier, kind }: PacketRequest): Promise<{ packet: PacketRow; version: VersionRow }> {
  const all = (await ctx.db.read(packetsOfCarrier(ctx.db, carrierId))).filter(({ publishedId }) => publishedId !== null)
  const packet = all.find(({ forKind }) => forKind === kind) ?? all.find(({ forKind }) => forKind === 'any')
  const version = packet?.publishedId ? await ctx.db.read(versionById(ctx.db, packet.publishedId)) : undefined
  if (!packet || !version) throw new Fault({ code: 'conflict', state: 'no_packet', detail: `${carrier} has no published packet for “${requestKinds[kind]}”. Define one under Packets first.` })
  return { packet, version }
}

type Making = { readonly form: PacketForm; readonly files: readonly Uint8Array[]; readonly snapshot: PassportSnapshot; readonly salt: RowSalt | undefined; readonly request: PacketRequest; readonly title: string }

async function drawn(ctx: Ctx, make: Make, { form, files, snapshot, salt, request, title }: Making) {
  const { carrier, kind, states, upline } = request
  const source = { summary: snapshot.summary, parts: snapshot.parts, request: { carrier, agency: ctx.tenant.name, kind, states, upline, on: ctx.now } }
  const document = async (as: 'full' | 'masked') => {
    const pdf = await filledPdf(form, files, source, as, { title, at: ctx.now })
    const bytes = new Uint8Array(await pdf.save({ subsetFonts: true }))
    return { pages: pdf.getPageCount(), made: await make({ name: as === 'full' ? `${title}.pdf` : `${title} (masked copy).pdf`, category: 'signed_application', bytes, held: as === 'full', ...(as === 'full' && salt ? { salt } : {}) }) }
  }
  const full = await document('full')
  const review = await document('masked')
  return { full: full.made, review: review.made, pages: full.pages }
}

/** What was signed before keeps its sealed files; the unsigned file goes either way. */
const replaced = (ctx: Ctx, before: FilledRow): Write[] => [turnFilled(ctx.db, before.id, before.state, 'replaced'), ...(before.state === 'waiting' ? [letGo(ctx, before.documentId)] : [])]

function missing(thrown: unknown, title: string): never {
  if (isFault(thrown) && thrown.failure.code === 'not_found') throw new Fault({ code: 'conflict', state: 'form_missing', detail: `The form “${title}” is in the trash or gone. Restore it under Documents, or put it into a new version of the packet.` })
  throw thrown
}
