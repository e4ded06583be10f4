import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { memberRemoved, rights } from './module.ts'
import { memberById, removeMemberRows } from './people-store.ts'
import { mayTouch } from './roles.ts'
import { takingAway } from './taking-away.ts'

/**
 * End somebody's membership. Its sessions lose this tenant with their next request (IFD-19); its account, factors and other
 * tenants are its own and stay. Nobody removes the owner, anybody above or oneself (see `leaveTenant`).
 */
export async function removeMember(ctx: Ctx, memberId: string): Promise<void> {
  demand(ctx, rights.removeMember)
  const member = await ctx.db.read(memberById(ctx.db, memberId))
  if (!member) throw new Fault({ code: 'not_found' })
  if (!mayTouch(ctx.actor, member.role)) throw new Fault({ code: 'role_required', need: rights.removeMember.right })
  if (ctx.actor.kind === 'member' && ctx.actor.memberId === member.id) throw new Fault({ code: 'conflict', state: 'self', detail: 'You cannot remove yourself. Leave the tenant instead.' })
  const event = memberRemoved(member.id, { account: member.accountId, role: member.role })
  await takingAway(ctx, member.accountId, () => ctx.commit(removeMemberRows(ctx.db, member), event))
}
