import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand, demandExact } from '../../core/rights.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import { atFmo } from './at-fmo.ts'
import type { ShownCredential } from './contract.ts'
import { credentialById, markShown } from './credential-store.ts'
import { linkById } from './link-store.ts'
import { credentialSecret, credentialRevealed, reveals, rights } from './module.ts'
import { credentialAt, noteCredential } from './note-credential.ts'
import { credentialState } from './policy.ts'

/**
 * A credential, to the producer it was given to: once, with a proof for this very one. Its sealed value goes in the batch that
 * says it was shown, so that of many tries at once one is answered and afterwards there is nothing left to show.
 */
export async function showCredential(ctx: Ctx, credentialId: string): Promise<ShownCredential> {
  demand(ctx, rights.showCredential)
  const known = await ctx.db.read(credentialById(ctx.db, 'producer', credentialId))
  const link = known && (await ctx.db.read(linkById(ctx.db, 'producer', known.linkId)))
  if (!known || !link) throw new Fault({ code: 'not_found' })
  refuseUnlessWaiting(credentialState(known))
  await demandExact(ctx, rights.showCredential, { row: credentialId })
  const shown = await atFmo(ctx, link.otherId, (fmo) => show(fmo, credentialId, ctx.tenant.id))
  // The value is gone there by now: whatever fails here must not keep it from its producer. The follower notes it otherwise.
  await noteShown(ctx, link.otherId, credentialId).catch(() => undefined)
  return shown
}

/** At the FMO's end. */
async function show(ctx: Ctx, credentialId: string, producerId: string): Promise<ShownCredential> {
  const row = await ctx.db.read(credentialById(ctx.db, 'fmo', credentialId))
  const link = row && (await ctx.db.read(linkById(ctx.db, 'fmo', row.linkId)))
  if (!row || link?.otherId !== producerId) throw new Fault({ code: 'not_found' })
  refuseUnlessWaiting(credentialState(row))
  if (row.secret === null) throw new Fault({ code: 'already_issued' })
  const { value, password } = await ctx.vault.reveal<{ value: string; password: string | null }>(grantReveal(reveals.showCredential), credentialSecret, row.id, { sealed: row.secret, sealVersion: row.sealVersion })
  await ctx.commit([markShown(ctx.db, row.id, ctx.now)], credentialRevealed(row.id, { link: row.linkId, kind: row.kind }))
  return { id: row.id, value, password }
}

async function noteShown(ctx: Ctx, fmoId: string, credentialId: string): Promise<void> {
  const truth = await atFmo(ctx, fmoId, (fmo) => credentialAt(fmo, credentialId))
  if (truth) await noteCredential(ctx, fmoId, truth)
}

function refuseUnlessWaiting(state: ReturnType<typeof credentialState>): void {
  if (state === 'revoked') throw new Fault({ code: 'gone', detail: 'This credential was revoked. Ask for a new one.' })
  if (state === 'shown') throw new Fault({ code: 'already_issued' })
}
