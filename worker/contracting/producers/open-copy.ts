import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand as demandWithin } from '../../core/limits/limiter.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import { rowSalt, type RowSalt } from '../../core/vault/row-vault.ts'
import type { SaltedVault } from '../../core/vault/salted-vault.ts'
import type { PassportContact, PassportContent, PassportSecret, PassportSnapshot, PassportSummary } from '../passport/contract.ts'
import type { OpenCopy, OpenedCopy } from './contract.ts'
import { demandAsFmo } from './demand-side.ts'
import { activeLink, copyOf, type CopyRow } from './link-store.ts'
import { copyContact, copyContent, copySecret, limits, LINK_SALT, reveals, rights } from './module.ts'
import { openingOf } from './opening.ts'

/**
 * Open what an FMO holds of a producer: contact and answers, for a purpose and with a reason that the producer reads. The
 * opening is committed, as an event here and by follower at the producer's, before anything is answered. The four secrets
 * are not opened: a person sees their last four. `not_found` for a link that ended, is another tenant's, or has no copy yet.
 */
export async function openCopy(ctx: Ctx, linkId: string, { purpose, reason }: OpenCopy): Promise<OpenedCopy> {
  demandAsFmo(ctx, rights.openCopy)
  const copy = await copyHere(ctx, linkId)
  await demandWithin(ctx, limits.openings, ctx.eventActor.id)
  const vault = await ctx.vault.withSalt(LINK_SALT, copy.id)
  const opened = { number: copy.number, ...(await shown(vault, copy)) }
  const { writes, event } = await openingOf(ctx, copy, { purpose, reason, parts: ['contact', 'content'] })
  await ctx.commit(writes, event)
  return opened
}

/** For whoever fills a packet: the whole copy, secrets among it, with what its opening adds to that commit. */
export type CopyForPacket = { readonly snapshot: PassportSnapshot; /** What a file that holds it dies with. */ readonly salt: RowSalt } & Awaited<ReturnType<typeof openingOf>>

/**
 * The whole copy for filling a packet, and nothing else: what comes back never reaches a browser. The caller commits `writes`
 * and `event` together with what it makes of it, so that no value is used without its opening standing in both logs.
 */
export async function openCopyForPacket(ctx: Ctx, linkId: string, reason: string): Promise<CopyForPacket> {
  const copy = await copyHere(ctx, linkId)
  const vault = await ctx.vault.withSalt(LINK_SALT, copy.id)
  const secret = await vault.reveal<PassportSecret>(grantReveal(reveals.fillPacket), copySecret, copy.id, { sealed: copy.secret, sealVersion: copy.sealVersion })
  const { passportId, versionId, number, submittedAt, kind, npn, ssnLast4, routingLast4, accountLast4, accountType, hasEin, coverCarrier, coverExpiresOn, amlOn, ceDueOn } = copy
  const summary = { kind, npn, ssnLast4, routingLast4, accountLast4, accountType, hasEin, coverCarrier, coverExpiresOn, amlOn, ceDueOn }
  const snapshot = { passportId, versionId, number, submittedAt, summary, parts: { ...(await shown(vault, copy)), secret } }
  return { snapshot, salt: rowSalt(LINK_SALT, copy.id), ...(await openingOf(ctx, copy, { purpose: 'packet', reason, parts: ['contact', 'content', 'secret'] })) }
}

/** For whoever hands a copy over to somebody else: all but the four secrets, with what its opening adds to that commit. */
export async function openCopyToTransmit(ctx: Ctx, linkId: string, reason: string): Promise<{ snapshot: OpenedCopy & { readonly summary: PassportSummary } } & Awaited<ReturnType<typeof openingOf>>> {
  const copy = await copyHere(ctx, linkId)
  const { number, kind, npn, ssnLast4, routingLast4, accountLast4, accountType, hasEin, coverCarrier, coverExpiresOn, amlOn, ceDueOn } = copy
  const summary = { kind, npn, ssnLast4, routingLast4, accountLast4, accountType, hasEin, coverCarrier, coverExpiresOn, amlOn, ceDueOn }
  const snapshot = { number, summary, ...(await shown(await ctx.vault.withSalt(LINK_SALT, copy.id), copy)) }
  return { snapshot, ...(await openingOf(ctx, copy, { purpose: 'contracting', reason, parts: ['contact', 'content'] })) }
}

async function copyHere(ctx: Ctx, linkId: string): Promise<CopyRow> {
  const [link, copy] = await ctx.db.readAll([activeLink(ctx.db, 'fmo', linkId), copyOf(ctx.db, linkId)])
  if (!link || !copy) throw new Fault({ code: 'not_found' })
  return copy
}

async function shown(vault: SaltedVault, copy: CopyRow): Promise<{ contact: PassportContact; content: PassportContent }> {
  const { id, sealVersion } = copy
  const [contact, content] = await Promise.all([vault.open<PassportContact>(copyContact, id, { sealed: copy.contact, sealVersion }), vault.open<PassportContent>(copyContent, id, { sealed: copy.content, sealVersion })])
  return { contact, content }
}
