import { createDocument } from '../../worker/core/documents/create-document.ts'
import { stageContent } from '../../worker/core/documents/stage-content.ts'
import { storeDocument } from '../../worker/core/documents/store-document.ts'
import type { RequestTerms } from '../../worker/contracting/requests/contract.ts'
import { draftRequest } from '../../worker/contracting/requests/draft-request.ts'
import { makeReady } from '../../worker/contracting/requests/move-request.ts'
import { readRequest } from '../../worker/contracting/requests/read-request.ts'
import { signedWrites } from '../../worker/contracting/requests/sign-for.ts'
import { transmitRequest, type Receipt } from '../../worker/contracting/requests/transmit-request.ts'
import { sha256Hex } from '../../worker/core/vault/digest.ts'
import { newProgram, type CarrierProgram, type Fmo } from './carrier-scene.ts'
import { copiedTo, newLinked, type Linked } from './link-scene.ts'
import { pdf } from './sample-files.ts'

/** A producer of the FMO's whose passport was submitted: licensed for life and health in Oregon, for life in Washington. */
export async function newApplicant(fmo: Fmo): Promise<Linked> {
  const linked = await newLinked(fmo.tenant)
  await copiedTo(fmo.tenant, linked)
  return linked
}

export const draft = (fmo: Fmo, carrierId: string, linkId: string, terms: Partial<RequestTerms> = {}) =>
  fmo.admin.run((ctx) => draftRequest(ctx, { kind: 'contract', carrierId, linkId, states: ['OR'], upline: null, ...terms }))

/** A request as it stands, for whoever brings it further. */
export const seen = async (fmo: Fmo, id: string): Promise<{ id: string; version: number }> => ({ id, version: (await fmo.admin.run((ctx) => readRequest(ctx, id))).version })

/** What the sealing of a signature commits, with a file of its own. */
export async function sign(fmo: Fmo, id: string, passportNumber = 1): Promise<{ documentId: string; text: string }> {
  const text = `Signed for ${id}`
  const documentId = await fmo.tenant.asJob(async (ctx) => {
    const document = await createDocument(ctx, { name: 'Contract.pdf', category: 'agreement', phi_ack: true })
    const bytes = new Response(pdf(text)).body ?? new ReadableStream<Uint8Array>()
    await storeDocument(ctx, await stageContent(ctx, { documentId: document.id, bytes, claimedType: 'application/pdf' }))
    return document.id
  })
  await fmo.tenant.asJob(async (ctx) => {
    const { writes, event } = await signedWrites(ctx, id, { documents: [{ documentId, packetId: ctx.newId('flp'), sha256: await sha256Hex(text) }], passportNumber })
    await ctx.commit(writes, event)
  })
  return { documentId, text }
}

/** From a draft to signed. */
export async function signedRequest(fmo: Fmo, carrierId: string, linkId: string): Promise<{ id: string; documentId: string; text: string }> {
  const { id } = await draft(fmo, carrierId, linkId)
  const ready = await seen(fmo, id)
  await fmo.admin.run((ctx) => makeReady(ctx, ready))
  return { id, ...(await sign(fmo, id)) }
}

export async function transmit(fmo: Fmo, id: string): Promise<Receipt> {
  const request = await seen(fmo, id)
  return fmo.admin.run((ctx) => transmitRequest(ctx, request))
}

export type Application = { readonly id: string; readonly documentId: string; readonly text: string; readonly receipt: Receipt; readonly carrierId: string; readonly program: CarrierProgram; readonly applicant: Linked }

/** An application in a carrier's hands. */
export async function newApplication(fmo: Fmo): Promise<Application> {
  const [{ carrierId, program }, applicant] = [await newProgram(fmo), await newApplicant(fmo)]
  const request = await signedRequest(fmo, carrierId, applicant.linkId)
  return { ...request, receipt: await transmit(fmo, request.id), carrierId, program, applicant }
}
