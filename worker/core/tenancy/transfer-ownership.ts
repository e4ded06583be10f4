import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand, demandExact } from '../rights.ts'
import { findSeat } from './find-seat.ts'
import { memberRoleChanged, ownershipTransferred, rights } from './module.ts'
import { changeRoleOf, memberById } from './people-store.ts'
import { takingAway } from './taking-away.ts'

/**
 * Hand ownership to another member; the roles swap in one batch, so that there is exactly one owner before and after
 * (IFD-71). Needs a proof made for this very member. Whoever gives it up is told of it before the commit, the heir after it.
 */
export async function transferOwnership(ctx: Ctx, memberId: string): Promise<void> {
  demand(ctx, rights.transfer)
  if (ctx.actor.kind !== 'member') throw new Fault({ code: 'forbidden', need: 'a person' })
  const [heir, owner] = await ctx.db.readAll([memberById(ctx.db, memberId), memberById(ctx.db, ctx.actor.memberId)])
  if (!heir || !owner) throw new Fault({ code: 'not_found' })
  if (heir.id === owner.id) throw new Fault({ code: 'conflict', state: 'owner_already', detail: 'You are the owner already.' })
  await demandExact(ctx, rights.transfer, { row: heir.id })
  const handOver = () => ctx.commit(
    [changeRoleOf(ctx.db, owner, 'admin', ctx.now), changeRoleOf(ctx.db, heir, 'owner', ctx.now)],
    [
      ownershipTransferred(ctx.tenant.id, { from: owner.id, to: heir.id }),
      memberRoleChanged(owner.id, { account: owner.accountId, from: 'owner', to: 'admin' }),
      memberRoleChanged(heir.id, { account: heir.accountId, from: heir.role, to: 'owner' }),
    ],
  )
  await takingAway(ctx, owner.accountId, handOver, 'admin')
  for (const { accountId } of [owner, heir]) await findSeat(ctx.reach, accountId, ctx.tenant.id)
}
