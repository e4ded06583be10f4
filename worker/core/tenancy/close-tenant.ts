import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand, demandExact } from '../rights.ts'
import { announceClosing } from './closing-store.ts'
import { closingAnnounced, rights } from './module.ts'

const DAY_MS = 86_400_000

/**
 * Close the tenant: access ends for everybody with this batch, destruction waits for the grace period of the policy,
 * within which the owner may call it off. The name is typed as a confirmation, and the proof is made for this very act.
 * Answers when it will be destroyed, epoch milliseconds.
 */
export async function closeTenant(ctx: Ctx, typedName: string): Promise<number> {
  demand(ctx, rights.close)
  if (typedName.trim() !== ctx.tenant.name) throw new Fault({ code: 'invalid', errors: [{ pointer: '/name', detail: 'Type the name exactly as it stands above.' }] })
  await demandExact(ctx, rights.close, { row: ctx.tenant.id })
  const days = ctx.policy['close.grace_days']
  const closesAt = ctx.now + days * DAY_MS
  await ctx.commit(announceClosing(ctx.db, closesAt, ctx.eventActor.id), closingAnnounced(ctx.tenant.id, { days }))
  return closesAt
}
