import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { InvitationView } from './contract.ts'
import { inviteMember } from './invite-member.ts'
import { rights } from './module.ts'
import { invitationById } from './people-store.ts'
import { invitationViews } from './views.ts'

/**
 * The way back from an invitation that was taken back or grew too old: the same person, the same role, a new mail. The old link
 * stays dead, since whoever took it back may have had a reason. Throws `conflict` where the old one is open or was accepted.
 */
export async function inviteAgain(ctx: Ctx, invitationId: string): Promise<InvitationView> {
  demand(ctx, rights.invite)
  const row = await ctx.db.read(invitationById(ctx.db, invitationId))
  const [before] = row ? await invitationViews(ctx, [row]) : []
  if (!before) throw new Fault({ code: 'not_found' })
  if (before.state === 'open' || before.state === 'accepted') throw new Fault({ code: 'conflict', state: `invitation_${before.state}`, detail: before.state === 'open' ? 'This invitation is still open.' : 'This invitation was accepted already.' })
  if (before.role === 'owner') throw new Fault({ code: 'conflict', state: 'invitation_owner', detail: 'The first owner is invited by the operator.' })
  return inviteMember(ctx, { name: before.name, email: before.email, role: before.role })
}
