import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import type { Write } from '../../core/tenancy/statement.ts'
import type { RequestState } from './contract.ts'
import { stateContent } from './module.ts'
import { mayMove, sayMove, type Side } from './policy.ts'
import { changeRequestRow, insertState, type RequestRow } from './store.ts'

type Step = { readonly to: RequestState; readonly by: Side; readonly reason?: string | undefined; readonly set?: Parameters<typeof changeRequestRow>[2] }

/**
 * What brings a request from the state in which it was seen into another: the row, and a record of who, when and why. Refused
 * where the rules know no such way, and in the batch where somebody was faster.
 */
export async function step(ctx: Ctx, seen: RequestRow, { to, by, reason, set }: Step): Promise<Write[]> {
  if (!mayMove(seen.state, to, by)) throw new Fault({ code: 'conflict', state: `request_${seen.state}`, detail: sayMove(seen.state, to) })
  return [changeRequestRow(ctx.db, seen, { ...set, state: to, stateAt: ctx.now }), await recordOf(ctx, seen.id, to, reason)]
}

/** The record of a state, by whoever acts. */
export async function recordOf(ctx: Ctx, requestId: string, state: RequestState, reason?: string): Promise<Write> {
  const id = ctx.newId('rqs')
  const cell = reason === undefined ? null : await ctx.vault.seal(stateContent, id, { reason })
  return insertState(ctx.db, { id, requestId, state, at: ctx.now, byKind: ctx.actor.kind, byId: ctx.eventActor.id, content: cell?.sealed ?? null, sealVersion: cell?.sealVersion ?? ctx.vault.sealVersion })
}
