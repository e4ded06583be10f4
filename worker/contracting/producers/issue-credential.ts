import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { CredentialView, IssueCredential } from './contract.ts'
import { credentialById, insertCredential } from './credential-store.ts'
import { demandAsFmo } from './demand-side.ts'
import { activeLink, whileLinked } from './link-store.ts'
import { credentialIssued, credentialSecret, rights } from './module.ts'
import { tailOf } from './policy.ts'
import { credentialView } from './views.ts'

/**
 * Give a producer a writing number or a log-in. It is sealed at once and never shown here again; the producer sees it one
 * time, with a proof, and from then on nobody does.
 */
export async function issueCredential(ctx: Ctx, linkId: string, { kind, label, value, password }: IssueCredential): Promise<CredentialView> {
  demandAsFmo(ctx, rights.issueCredential)
  if (!(await ctx.db.read(activeLink(ctx.db, 'fmo', linkId)))) throw new Fault({ code: 'not_found' })
  const id = ctx.newId('crd')
  const secret = await ctx.vault.seal(credentialSecret, id, { value, password: password || null })
  const row = { id, side: 'fmo', linkId, kind, label, tail: tailOf(value), secret: secret.sealed, sealVersion: secret.sealVersion, issuedAt: ctx.now, issuedBy: ctx.eventActor.id } as const
  await ctx.commit([insertCredential(ctx.db, row), whileLinked(ctx.db, linkId)], credentialIssued(id, { link: linkId, kind }))
  return issuedCredential(ctx, id)
}

/** The same credential for whoever gave it and did not hear the answer; never its value. */
export async function issuedCredential(ctx: Ctx, id: string): Promise<CredentialView> {
  demandAsFmo(ctx, rights.issueCredential)
  const row = await ctx.db.read(credentialById(ctx.db, 'fmo', id))
  if (!row) throw new Fault({ code: 'not_found' })
  return credentialView(row)
}
