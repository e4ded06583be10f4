import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { roles, type Role } from '../module.ts'
import { demand } from '../rights.ts'
import type { ChangeRole } from './contract.ts'
import { findSeat } from './find-seat.ts'
import { memberDemoted, memberRoleChanged, rights } from './module.ts'
import { changeRoleOf, memberById } from './people-store.ts'
import { mayGive, mayTouch, offeredRoles } from './roles.ts'
import { takingAway } from './taking-away.ts'

/**
 * Give a member another role: none above one's own, and nobody above oneself. The owner's role is handed over, never
 * changed. A demotion is told to the person's guard before the commit, a promotion after it. `from`: the role that whoever
 * asks has seen; the change is refused where it is another one by now.
 */
export async function changeRole(ctx: Ctx, input: ChangeRole & { from?: Role }): Promise<void> {
  demand(ctx, rights.changeRole)
  const member = await ctx.db.read(memberById(ctx.db, input.memberId))
  if (!member) throw new Fault({ code: 'not_found' })
  if (input.from !== undefined && input.from !== member.role) throw new Fault({ code: 'precondition_failed' })
  if (!mayTouch(ctx.actor, member.role) || !mayGive(ctx.actor, input.role)) throw new Fault({ code: 'role_required', need: rights.changeRole.right })
  if (!offeredRoles(ctx).includes(input.role)) throw new Fault({ code: 'invalid', errors: [{ pointer: '/role', detail: 'This role is switched off by the policy.' }] })
  if (member.role === input.role) return
  const meta = { account: member.accountId, from: member.role, to: input.role }
  const demotion = roles.indexOf(input.role) < roles.indexOf(member.role)
  const change = () => ctx.commit([changeRoleOf(ctx.db, member, input.role, ctx.now)], demotion ? memberDemoted(member.id, meta) : memberRoleChanged(member.id, meta))
  if (demotion) await takingAway(ctx, member.accountId, change, input.role)
  else await change()
  await findSeat(ctx.reach, member.accountId, ctx.tenant.id)
}
