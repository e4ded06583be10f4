import type { Ctx } from '../../core/ctx.ts'
import type { CallContent, CallView } from './contract.ts'
import { CALL_SALT, callContent } from './module.ts'
import { callById, callsByIds } from './store.ts'
import { callView } from './views.ts'

/** A call that is live, with what is sealed of it, for a job of this module; null for one that is purged, or nowhere. */
export async function liveCall(ctx: Ctx, id: string): Promise<{ readonly call: CallView; readonly content: CallContent } | null> {
  const row = await ctx.db.read(callById(ctx.db, id))
  if (!row || row.state !== 'live' || row.content === null) return null
  const vault = await ctx.vault.withSalt(CALL_SALT, id)
  return { call: callView(row), content: await vault.open<CallContent>(callContent, id, { sealed: row.content, sealVersion: row.sealVersion }) }
}

/** Those of these calls that are live, by id; nothing of them is opened. Asks the fence also where there are none. */
export async function liveCalls(ctx: Ctx, ids: readonly string[]): Promise<ReadonlyMap<string, CallView>> {
  const rows = await ctx.db.read(callsByIds(ctx.db, ids))
  return new Map(rows.filter(({ state }) => state === 'live').map((row) => [row.id, callView(row)]))
}
