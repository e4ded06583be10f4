import canonicalize from 'canonicalize'
import type { Ctx } from '../../core/ctx.ts'
import { queueHook } from '../../core/delivery/hook.ts'
import { Fault } from '../../core/failure.ts'
import { sha256Hex } from '../../core/vault/digest.ts'
import { readCarrierRow } from '../carriers/list-carriers.ts'
import { webhookOf } from '../carriers/set-webhook.ts'
import { openCopyToTransmit } from '../producers/open-copy.ts'
import type { ApplicantSnapshot } from './contract.ts'
import { applicationSubmitted } from './hooks.ts'
import { packetTransmitted, requestContent, rights, transmissionContent } from './module.ts'
import { errorsOf, obstaclesOfRow, seenRequest, type SeenRequest } from './move-request.ts'
import { APPLICATION_SALT } from './read-application.ts'
import { step } from './request-steps.ts'
import { documentsOfRequest, insertTransmission, sendDocuments } from './store.ts'
import { words, type RequestSecret } from './views.ts'

/** What the FMO has in hand after handing over. */
export type Receipt = { readonly transmissionId: string; readonly receipt: string; readonly at: number }

/**
 * Hand a signed request over to its carrier, at once: from this batch on the carrier finds it. What is handed over is kept as
 * it was, under a key of its own, and outlives the link; the receipt is a digest over it and the signed files. Refused where
 * something stands in the way by now, or where the passport is another one than was signed for.
 */
export async function transmitRequest(ctx: Ctx, seen: SeenRequest): Promise<Receipt> {
  const row = await seenRequest(ctx, seen, rights.transmit)
  const steps = await step(ctx, row, { to: 'transmitted', by: 'fmo', set: { transmittedAt: ctx.now } })
  const obstacles = await obstaclesOfRow(ctx, row)
  if (obstacles.length > 0) throw new Fault({ code: 'invalid', errors: errorsOf(obstacles) })
  const [carrier, documents, { upline }, webhook] = await Promise.all([
    readCarrierRow(ctx, row.carrierId),
    ctx.db.read(documentsOfRequest(ctx.db, row.id)),
    ctx.vault.open<RequestSecret>(requestContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }),
    webhookOf(ctx, row.carrierId),
  ])
  const files = documents.filter(({ transmissionId }) => transmissionId === null)
  const [first] = files
  if (!first) throw new Fault({ code: 'conflict', state: 'nothing_signed', detail: 'There is no signed file to hand over. Have the packet signed first.' })

  const { snapshot, writes, event } = await openCopyToTransmit(ctx, row.linkId, `Handed over to ${carrier.name}`)
  if (snapshot.number !== row.signedNumber) throw new Fault({ code: 'conflict', state: 'passport_changed', detail: 'The producer has changed the passport since it was signed for. Make the request a draft again and have it signed anew.' })
  const { background, employment, licences } = snapshot.content
  const applicant: ApplicantSnapshot = {
    fmo: ctx.tenant.name, kind: row.kind, states: words(row.states), upline, passportVersion: snapshot.number, summary: snapshot.summary, contact: snapshot.contact, licences, background, employment,
  }
  const id = ctx.newId('trx')
  const receipt = await sha256Hex(canonicalize({ transmission: id, request: row.id, carrier: carrier.id, at: ctx.now, files: files.map(({ sha256 }) => sha256).toSorted(), applicant }) ?? '') // canonicalize answers undefined for undefined only
  const cell = await (await ctx.vault.withNewSalt(APPLICATION_SALT, id)).seal(transmissionContent, id, applicant)
  await ctx.commit(
    [
      ...steps,
      insertTransmission(ctx.db, { id, requestId: row.id, carrierId: carrier.id, at: ctx.now, byId: ctx.eventActor.id, receipt, content: cell.sealed, sealVersion: cell.sealVersion }),
      sendDocuments(ctx.db, row.id, id),
      ...writes,
      ...(webhook ? [await queueHook(ctx, applicationSubmitted, { to: `${carrier.name} (${new URL(webhook.url).host})`, params: { carrier: carrier.id, application: row.id, kind: row.kind } })] : []),
    ],
    [packetTransmitted(row.id, { transmission: id, carrier: carrier.id, packet: first.packetId, link: row.linkId, receipt }), event],
  )
  return { transmissionId: id, receipt, at: ctx.now }
}
