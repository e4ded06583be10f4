import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { CredentialView } from './contract.ts'
import { credentialById } from './credential-store.ts'
import { rights } from './module.ts'
import { credentialView } from './views.ts'

/** A credential as its producer finds it before asking to see it. */
export async function readCredential(ctx: Ctx, credentialId: string): Promise<CredentialView> {
  demand(ctx, rights.showCredential)
  const row = await ctx.db.read(credentialById(ctx.db, 'producer', credentialId))
  if (!row) throw new Fault({ code: 'not_found' })
  return credentialView(row)
}
