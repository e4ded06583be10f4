import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { handlerOf } from './list-pops.ts'
import { Pops } from './pops.ts'

/**
 * A line to one open page of a handler, by which it is told that a call rings. The fence is asked as for anything else, so
 * that a role that was lowered or a session that was ended opens none. By the line itself only ids ever come.
 */
export async function openPopSocket(ctx: Ctx): Promise<Response> {
  const memberId = handlerOf(ctx)
  if (ctx.actor.kind !== 'member') throw new Fault({ code: 'unauthenticated' })
  await ctx.db.readAll([])
  return new Pops({ reach: ctx.reach, tenantId: ctx.tenant.id }).listen({ memberId, accountId: ctx.actor.accountId, sid: ctx.actor.session.sid }, ctx.now)
}
