import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { namesOfActors } from './actor-names.ts'
import type { AuditEntryView } from './contract.ts'
import { rights } from './module.ts'
import { auditEntryView } from './views.ts'

/** One entry with what proves it. Its sealed part stays sealed: opening that is an event of its own (`openAuditEntry`). */
export type AuditEntryDetail = AuditEntryView & {
  /** The very line that was hashed. */
  readonly line: string
  /** What became of its sealed part. */
  readonly personalState: 'none' | 'sealed' | 'erased'
  /** RFC 6962 audit path (hex) to the root of the newest checkpoint that covers the entry; null until there is one. */
  readonly proof: { size: number; root: string; signedAt: number; path: string[] } | null
}

/** Entry `n` of the tenant's log. `not_found` for one that was never written or is past its time. */
export async function readAuditEntry(ctx: Ctx, n: number): Promise<AuditEntryDetail> {
  demand(ctx, rights.readAudit)
  const [row, { checkpoint }, names] = await Promise.all([ctx.reach.chain.entry(ctx.tenant.id, n), ctx.reach.chain.status(ctx.tenant.id), namesOfActors(ctx)])
  if (!row) throw new Fault({ code: 'not_found' })
  const path = checkpoint && checkpoint.size >= n ? await ctx.reach.chain.proof(ctx.tenant.id, n, checkpoint.size) : null
  return {
    ...auditEntryView(row, names),
    line: row.line,
    personalState: row.erased ? 'erased' : row.personal === null ? 'none' : 'sealed',
    proof: checkpoint && path ? { size: checkpoint.size, root: checkpoint.root, signedAt: checkpoint.at, path } : null,
  }
}
