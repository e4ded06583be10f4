import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { memberLeft, rights } from './module.ts'
import { memberById, removeMemberRows } from './people-store.ts'
import { takingAway } from './taking-away.ts'

/** Give up one's own seat. The owner hands ownership over or closes the tenant first: a tenant always has one. */
export async function leaveTenant(ctx: Ctx): Promise<void> {
  demand(ctx, rights.leave)
  if (ctx.actor.kind !== 'member') throw new Fault({ code: 'forbidden', need: 'a person' })
  const member = await ctx.db.read(memberById(ctx.db, ctx.actor.memberId))
  if (!member) throw new Fault({ code: 'not_found' })
  if (member.role === 'owner') throw new Fault({ code: 'conflict', state: 'owner', detail: 'A tenant always has an owner. Hand ownership over first, or close the tenant.' })
  const event = memberLeft(member.id, { account: member.accountId, role: member.role })
  await takingAway(ctx, member.accountId, () => ctx.commit(removeMemberRows(ctx.db, member), event))
}
