import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { invitationRevoked, rights } from './module.ts'
import { invitationById, revokeInvitationRow } from './people-store.ts'

/** Take an invitation back: its link opens nothing from now on. Throws `conflict` where it is no longer open. */
export async function revokeInvitation(ctx: Ctx, invitationId: string): Promise<void> {
  demand(ctx, rights.invite)
  const row = await ctx.db.read(invitationById(ctx.db, invitationId))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.commit([revokeInvitationRow(ctx.db, row.id, ctx.eventActor.id, ctx.now)], invitationRevoked(row.id, { role: row.role }))
}
