import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { amendCall } from '../log/amend-call.ts'
import type { DisposeCall } from './contract.ts'
import { handlerOf } from './list-pops.ts'
import { callDisposed } from './module.ts'
import { Pops } from './pops.ts'

/** Say by one tap what came of one's own call. It is shown no more, on no page; of a call that is purged the word stays. */
export async function disposeCall(ctx: Ctx, callId: string, { disposition }: DisposeCall): Promise<void> {
  const memberId = handlerOf(ctx)
  await amendCall(ctx, callId, (row) => {
    if (row.memberId !== memberId) throw new Fault({ code: 'not_found' })
    return { set: { disposition }, event: callDisposed(callId, { disposition }) }
  })
  await new Pops({ reach: ctx.reach, tenantId: ctx.tenant.id }).dismiss(callId, memberId, ctx.now)
}
