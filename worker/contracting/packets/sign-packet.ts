import type { RecordedEvent } from '../../core/audit/event.ts'
import type { Ctx } from '../../core/ctx.ts'
import { letGo, making } from '../../core/documents/make-document.ts'
import { bytesInside } from '../../core/documents/open-inside.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import { rowSalt } from '../../core/vault/row-vault.ts'
import type { FilledContent, SignPacket } from './contract.ts'
import { consent as wording } from './contract.ts'
import { filledContent, packetSigned, rights, SIGNATURE_SALT, signatureContent } from './module.ts'
import type { SignatureContent } from './read-filled.ts'
import { signedPdf } from './signed-pdf.ts'
import { filledById, insertSignature, offerById, turnFilled, whilePublished, type FilledRow } from './store.ts'

/** What the signature does to its request: the writes that bring it to `signed`, refused where it or the passport is not as it was filled. */
export type RequestSigned = { readonly writes: readonly Write[]; readonly events: readonly RecordedEvent[] }

/** The two tenants meet here: the way in to the FMO's, and what signing means for its request. */
export type Signing = {
  readonly atFmo: <T>(ctx: Ctx, fmoId: string, verb: (fmo: Ctx) => Promise<T>) => Promise<T>
  readonly signed: (fmo: Ctx, filled: FilledRow, content: FilledContent, document: { id: string; sha256: string }) => Promise<RequestSigned>
}

/**
 * The producer signs a packet it was offered. It names what it was shown (`basis`); signature, sealed files and the request's state are one batch in the
 * FMO's tenant, which is refused when packet, mapping, passport or request are not what was shown any more. docs/decisions/0013.
 */
export async function signPacket(ctx: Ctx, input: SignPacket, { atFmo, signed }: Signing): Promise<{ signatureId: string; sha256: string }> {
  demand(ctx, rights.signPacket)
  const offer = await ctx.db.read(offerById(ctx.db, input.packet))
  if (!offer) throw new Fault({ code: 'not_found' })
  if (offer.state === 'signed') throw new Fault({ code: 'conflict', state: 'packet_signed', detail: 'You have signed this packet already.' })
  if (offer.state === 'replaced' || offer.basis !== input.basis) changed()
  return atFmo(ctx, offer.fmoId, (fmo) => sign(fmo, ctx.tenant.id, input, signed)).catch((thrown: unknown) => (isFault(thrown) && thrown.failure.code === 'conflict' && stale.has(thrown.failure.state) ? changed() : Promise.reject(thrown)))
}

/** Refusals of the batch that say: what was shown is not what there is. */
const stale = new Set(['packet_changed', 'packet_retired', 'link_ended', 'request_changed', 'passport_changed', 'document_changed'])

async function sign(fmo: Ctx, producerId: string, { packet, basis, mark }: SignPacket, signed: Signing['signed']): Promise<{ signatureId: string; sha256: string }> {
  const row = await fmo.db.read(filledById(fmo.db, packet))
  if (!row || row.producerId !== producerId) throw new Fault({ code: 'not_found' })
  if (row.state !== 'waiting' || row.basis !== basis) changed()
  const content = await fmo.vault.open<FilledContent>(filledContent, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  const signatureId = fmo.newId('sig')
  const by = { signatureId, mark, basis, content, at: fmo.now, ip: fmo.origin.ip, userAgent: fmo.origin.userAgent, accountId: fmo.eventActor.id }
  const full = await signedPdf(fmo.reach.env, await bytesInside(fmo, row.documentId), by)
  const copy = await signedPdf(fmo.reach.env, await bytesInside(fmo, row.reviewId), by)
  await fmo.vault.withNewSalt(SIGNATURE_SALT, signatureId)
  await making(fmo, async (make) => {
    const document = await make({ name: `${content.title} (signed).pdf`, category: 'signed_application', bytes: new Uint8Array(full.bytes), held: true, salt: rowSalt(SIGNATURE_SALT, signatureId) })
    const shown = await make({ name: `${content.title} (signed, masked copy).pdf`, category: 'signed_application', bytes: new Uint8Array(copy.bytes), held: false })
    const request = await signed(fmo, row, content, { id: document.id, sha256: full.sha256 })
    const sealed = await fmo.vault.seal(signatureContent, signatureId, { name: mark.name, how: mark.kind, ip: by.ip, userAgent: by.userAgent, consent: wording.version } satisfies SignatureContent)
    await fmo.commit(
      [
        ...document.writes, ...shown.writes, turnFilled(fmo.db, row.id, 'waiting', 'signed'), whilePublished(fmo.db, row.packetVersionId), letGo(fmo, row.documentId), ...request.writes,
        insertSignature(fmo.db, {
          id: signatureId, filledId: row.id, requestId: row.requestId, content: sealed.sealed, sealVersion: sealed.sealVersion, accountId: by.accountId, basis, documentId: document.id, sha256: full.sha256, copyId: shown.id, copySha256: copy.sha256, signedAt: fmo.now,
        }),
      ],
      [
        packetSigned(row.id, { signature: signatureId, request: row.requestId, carrier: row.carrierId, link: row.linkId, basis, sha256: full.sha256, copy: copy.sha256, seal: full.seal, copy_seal: copy.seal, how: mark.kind, consent: wording.version }),
        document.event, shown.event, ...request.events,
      ],
    )
  })
  return { signatureId, sha256: full.sha256 }
}

function changed(): never {
  throw new Fault({ code: 'conflict', state: 'packet_changed', detail: 'The packet, your passport or the request was changed after this was shown to you. Nothing was signed. Wait for the new packet and review it.' })
}
