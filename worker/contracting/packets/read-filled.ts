import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { FilledContent, FilledView } from './contract.ts'
import { filledContent, rights, signatureContent } from './module.ts'
import { filledById, filledFor, signatureFor, signatureOf, type FilledRow, type SignatureRow } from './store.ts'

/** What is sealed of a signature. */
export type SignatureContent = { readonly name: string; readonly how: 'typed' | 'drawn'; readonly ip: string; readonly userAgent: string; readonly consent: number }

/** The packet of a request that counts: waiting for its signature, or signed. */
export async function readFilled(ctx: Ctx, requestId: string): Promise<FilledView> {
  demand(ctx, rights.readPackets)
  const [row, signature] = await ctx.db.readAll([filledFor(ctx.db, requestId), signatureFor(ctx.db, requestId)])
  if (!row) throw new Fault({ code: 'not_found' })
  return viewOf(ctx, row, signature)
}

/** A packet by its own id, for whoever had it filled and did not hear the answer. */
export async function readFilledById(ctx: Ctx, id: string): Promise<FilledView> {
  demand(ctx, rights.readPackets)
  const [row, signature] = await ctx.db.readAll([filledById(ctx.db, id), signatureOf(ctx.db, id)])
  if (!row) throw new Fault({ code: 'not_found' })
  return viewOf(ctx, row, signature)
}

async function viewOf(ctx: Ctx, row: FilledRow, signature: SignatureRow | undefined): Promise<FilledView> {
  const content = await ctx.vault.open<FilledContent>(filledContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  return {
    id: row.id, requestId: row.requestId, carrierId: row.carrierId, title: content.title, carrier: content.carrier, state: row.state, pages: row.pages, reviewId: row.reviewId, filledAt: row.filledAt,
    signature: signature && signature.filledId === row.id ? await shown(ctx, signature) : null,
  }
}

async function shown(ctx: Ctx, row: SignatureRow): Promise<FilledView['signature']> {
  const { name } = await ctx.vault.open<SignatureContent>(signatureContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  return { id: row.id, name, signedAt: row.signedAt, sha256: row.sha256, copyId: row.copyId, copySha256: row.copySha256 }
}

/** The sealed file of a request for whoever hands it to the carrier; null while nothing is signed: an unsigned packet goes nowhere (CIQ-11). */
export async function sealedPacketOf(ctx: Ctx, requestId: string): Promise<{ readonly packetId: string; readonly documentId: string; readonly sha256: string; readonly passportVersionId: string; readonly signedAt: number } | null> {
  const [row, signature] = await ctx.db.readAll([filledFor(ctx.db, requestId), signatureFor(ctx.db, requestId)])
  if (row?.state !== 'signed' || signature?.filledId !== row.id) return null
  return { packetId: row.id, documentId: signature.documentId, sha256: signature.sha256, passportVersionId: row.passportVersionId, signedAt: signature.signedAt }
}
