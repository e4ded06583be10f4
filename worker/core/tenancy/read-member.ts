import { rights as auditRights } from '../audit/module.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand, may } from '../rights.ts'
import { grantableRoles, type MemberView } from './contract.ts'
import { rights } from './module.ts'
import { memberById } from './people-store.ts'
import { mayTouch, offeredRoles } from './roles.ts'
import { memberViews } from './views.ts'

/** A member, and what the reader may do about it. */
export type MemberDetail = {
  member: MemberView
  preset: string
  mayChangeRole: boolean
  mayRemove: boolean
  mayBecomeOwner: boolean
  /** Oneself, unless one is the owner. */
  mayLeave: boolean
  mayReadLog: boolean
  roles: (typeof grantableRoles)[number][]
}

export async function readMember(ctx: Ctx, memberId: string): Promise<MemberDetail> {
  demand(ctx, rights.readMembers)
  const row = await ctx.db.read(memberById(ctx.db, memberId))
  if (!row) throw new Fault({ code: 'not_found' })
  const [member] = await memberViews(ctx, [row])
  if (!member) throw new Fault({ code: 'not_found' })
  const touchable = mayTouch(ctx.actor, row.role) && !member.you
  return {
    member,
    preset: ctx.tenant.preset,
    mayChangeRole: touchable && may(ctx.actor, rights.changeRole, ctx.policy),
    mayRemove: touchable && may(ctx.actor, rights.removeMember, ctx.policy),
    mayBecomeOwner: touchable && may(ctx.actor, rights.transfer, ctx.policy),
    mayLeave: member.you && row.role !== 'owner',
    mayReadLog: may(ctx.actor, auditRights.readAudit, ctx.policy),
    roles: offeredRoles(ctx),
  }
}
