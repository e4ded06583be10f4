import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { CallContent, CallDetail } from './contract.ts'
import { ownOnly } from './list-calls.ts'
import { CALL_SALT, callContent, callOpened, rights } from './module.ts'
import { callById } from './store.ts'
import { callView } from './views.ts'

/**
 * One call with what is kept of its other party, which stands in the log as opened. A colleague's call is nowhere for whoever
 * sees only their own; of one that is not live nothing is opened.
 */
export async function readCall(ctx: Ctx, id: string): Promise<CallDetail> {
  demand(ctx, rights.readOwn)
  const row = await ctx.db.read(callById(ctx.db, id))
  const own = ownOnly(ctx)
  if (!row || (own !== null && row.memberId !== own)) throw new Fault({ code: 'not_found' })
  const content = row.state === 'live' && row.content !== null ? await (await ctx.vault.withSalt(CALL_SALT, id)).open<CallContent>(callContent, id, { sealed: row.content, sealVersion: row.sealVersion }) : null
  await ctx.commit([], callOpened(id, { state: row.state }))
  return { call: callView(row), content }
}
