import type { Follower } from '../../core/audit/follower.ts'
import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { runJob } from '../../core/job.ts'
import { carryLink } from './carry-link.ts'
import { credentialById, followCredential, insertCredential, type CredentialRow } from './credential-store.ts'
import { linkById } from './link-store.ts'
import { credentialNoted } from './module.ts'
import { credentialState } from './policy.ts'

/** A credential as the FMO's end has it, without its value, and whose it is. */
export type CredentialTruth = { readonly row: CredentialRow; readonly producerId: string }

/** In the FMO's tenant. */
export async function credentialAt(ctx: Ctx, credentialId: string): Promise<CredentialTruth | null> {
  const row = await ctx.db.read(credentialById(ctx.db, 'fmo', credentialId))
  const link = row && (await ctx.db.read(linkById(ctx.db, 'fmo', row.linkId)))
  return row && link ? { row: { ...row, secret: null }, producerId: link.otherId } : null
}

/** The producer's end of a credential, in the producer's tenant: that there is one, and whether it was shown or revoked. Never its value. */
export async function noteCredential(ctx: Ctx, fmoId: string, { row }: CredentialTruth): Promise<void> {
  const known = await ctx.db.read(credentialById(ctx.db, 'producer', row.id))
  const stands = { shownAt: row.shownAt ?? known?.shownAt ?? null, revokedAt: row.revokedAt ?? known?.revokedAt ?? null } // an older look undoes nothing
  if (known && known.shownAt === stands.shownAt && known.revokedAt === stands.revokedAt) return
  const { tenantId: _, id, ...truth } = row
  const write = known ? followCredential(ctx.db, known, stands) : insertCredential(ctx.db, { ...truth, id, side: 'producer', secret: null, sealVersion: ctx.vault.sealVersion })
  try {
    await ctx.commit([write], credentialNoted(id, { fmo: fmoId, state: credentialState(stands) }))
  } catch (thrown) {
    if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
  }
}

/** What happened to a credential reaches the producer's end. */
export const followCredentials: Follower = async (reach, fmoId, { subject, meta }, now) => {
  const parts = { reach, now, later: (work: () => Promise<unknown>) => void work().catch(() => undefined) }
  await carryLink(parts, fmoId, String(meta['link'])) // the credential stands on it
  const truth = await runJob(parts, fmoId, 'carry-credential', (ctx) => credentialAt(ctx, subject))
  if (truth) await runJob(parts, truth.producerId, 'carry-credential', (ctx) => noteCredential(ctx, fmoId, truth))
}
