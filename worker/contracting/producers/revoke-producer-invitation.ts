import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demandAsFmo } from './demand-side.ts'
import { producerInvitationById, revokeProducerInvitationRow } from './invitation-store.ts'
import { invitationTakenBack, rights } from './module.ts'

/** Take a producer's invitation back: its link opens nothing from now on. Throws `conflict` where it is no longer open. */
export async function revokeProducerInvitation(ctx: Ctx, invitationId: string): Promise<void> {
  demandAsFmo(ctx, rights.invite)
  const row = await ctx.db.read(producerInvitationById(ctx.db, invitationId))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.commit([revokeProducerInvitationRow(ctx.db, row.id, ctx.eventActor.id, ctx.now)], invitationTakenBack(row.id, {}))
}
