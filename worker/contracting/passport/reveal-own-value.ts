import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand as demandLimit } from '../../core/limits/limiter.ts'
import { demand, demandExact } from '../../core/rights.ts'
import { grantReveal } from '../../core/vault/reveal-grant.ts'
import { limits, ownReveal, passportSecret, rights, sensitiveRevealed } from './module.ts'
import type { RevealOwnValue } from './steps/contract.ts'
import { secretById } from './store.ts'

/**
 * One full value, for the producer whose it is: only where the policy says `owner_reasoned`, with a reason, and with a proof
 * for this very row, field and reason. The opening is in the log before the value leaves. Where the policy says `never`, a
 * value is corrected by typing it anew.
 */
export async function revealOwnValue(ctx: Ctx, { secretId, reason }: RevealOwnValue): Promise<{ field: string; value: string }> {
  demand(ctx, rights.revealPassport)
  const row = await ctx.db.read(secretById(ctx.db, secretId))
  if (!row) throw new Fault({ code: 'not_found' })
  // After the reading: its fence refuses a policy that is no longer in force.
  if (ctx.policy.reveal === 'never') throw new Fault({ code: 'conflict', state: 'reveal_never', detail: 'The policy of this tenant shows no full value. To correct one, type it anew.' })
  await demandExact(ctx, rights.revealPassport, { row: row.id, field: row.field, reason })
  await demandLimit(ctx, limits.reveals, ctx.eventActor.id)
  const { field, value } = await ctx.vault.reveal<{ field: string; value: string }>(grantReveal(ownReveal), passportSecret, row.id, { sealed: row.secret, sealVersion: row.sealVersion })
  if (field !== row.field) throw new Fault({ code: 'integrity', reason: 'not_authentic' })
  await ctx.commit([], sensitiveRevealed(row.id, { field: row.field }, { reason }))
  return { field, value }
}
