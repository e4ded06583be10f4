import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { credentialById, revokeCredentialRow } from './credential-store.ts'
import { demandAsFmo } from './demand-side.ts'
import { credentialRevoked, rights } from './module.ts'

/** Revoke a credential: what was not shown yet is never shown, and both ends see that it no longer counts. */
export async function revokeCredential(ctx: Ctx, credentialId: string): Promise<void> {
  demandAsFmo(ctx, rights.issueCredential)
  const row = await ctx.db.read(credentialById(ctx.db, 'fmo', credentialId))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.commit([revokeCredentialRow(ctx.db, row.id, ctx.now)], credentialRevoked(row.id, { link: row.linkId, kind: row.kind }))
}
