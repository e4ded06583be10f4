import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { readCarrierRow } from '../carriers/list-carriers.ts'
import type { RequestKind, RequestState } from './contract.ts'
import { metaOf } from './move-request.ts'
import { requestContent, requestSigned } from './module.ts'
import { step } from './request-steps.ts'
import { insertRequestDocument, replaceDocuments, requestById, type RequestRow } from './store.ts'
import { words, type RequestSecret } from './views.ts'

/** A request as whoever fills its packets needs it. */
export type RequestToFill = {
  readonly id: string
  readonly kind: RequestKind
  readonly state: RequestState
  readonly linkId: string
  readonly carrier: { readonly id: string; readonly name: string }
  readonly states: readonly string[]
  readonly upline: string | null
}

/** `not_found` for a request that is nowhere in this tenant. The caller has demanded its own right. */
export async function requestToFill(ctx: Ctx, requestId: string): Promise<RequestToFill> {
  const row = await rowOf(ctx, requestId)
  const [carrier, { upline }] = await Promise.all([readCarrierRow(ctx, row.carrierId), ctx.vault.open<RequestSecret>(requestContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })])
  return { id: row.id, kind: row.kind, state: row.state, linkId: row.linkId, carrier: { id: carrier.id, name: carrier.name }, states: words(row.states), upline }
}

/** What was signed: the sealed files, each stored as a document of this tenant, and the number of the passport's version they were filled from. */
export type SignedFor = { readonly documents: readonly [SignedFile, ...SignedFile[]]; readonly passportNumber: number }
type SignedFile = { readonly documentId: string; readonly packetId: string; readonly sha256: string }

/**
 * What brings a request from ready to signed, for whoever seals the signature to commit in one batch with it. Files that were
 * signed before and not handed over no longer count.
 */
export async function signedWrites(ctx: Ctx, requestId: string, { documents, passportNumber }: SignedFor): Promise<{ writes: Write[]; event: RecordedEvent }> {
  const row = await rowOf(ctx, requestId)
  return {
    writes: [
      ...(await step(ctx, row, { to: 'signed', by: 'producer', set: { signedNumber: passportNumber } })),
      replaceDocuments(ctx.db, row.id, ctx.now),
      ...documents.map(({ documentId, packetId, sha256 }) => insertRequestDocument(ctx.db, { id: documentId, requestId: row.id, packetId, sha256, signedAt: ctx.now, replacedAt: null, transmissionId: null })),
    ],
    event: requestSigned(row.id, { ...metaOf(row), documents: documents.length, version: passportNumber }),
  }
}

async function rowOf(ctx: Ctx, requestId: string): Promise<RequestRow> {
  const row = await ctx.db.read(requestById(ctx.db, requestId))
  if (!row) throw new Fault({ code: 'not_found' })
  return row
}
