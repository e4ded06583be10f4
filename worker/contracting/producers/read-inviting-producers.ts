import type { Ctx } from '../../core/ctx.ts'
import { demandAsFmo } from './demand-side.ts'
import { rights } from './module.ts'

/** What the forms for inviting say: how long a link lives. Asks for the proof that inviting needs before anything is typed. */
export async function readInvitingProducers(ctx: Ctx): Promise<{ days: number }> {
  demandAsFmo(ctx, rights.invite)
  return { days: ctx.policy['invite.days'] }
}
