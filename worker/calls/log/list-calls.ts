import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import { demand, may } from '../../core/rights.ts'
import type { CallStanding, CallView } from './contract.ts'
import { rights } from './module.ts'
import { callPage } from './store.ts'
import { callView } from './views.ts'

export type CallsAsked = { readonly cursor?: string | undefined; readonly limit: number; readonly stands?: CallStanding | undefined }

/** Calls, newest first, a page at a time: everybody's for whoever may see them, one's own for the others. Nothing sealed is opened. */
export async function listCalls(ctx: Ctx, page: CallsAsked): Promise<{ calls: CallView[]; next: string | null; whose: 'everybody' | 'own' }> {
  demand(ctx, rights.readOwn)
  const memberId = ownOnly(ctx)
  const list = `calls ${page.stands ?? ''} ${memberId ?? ''}`
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const rows = await ctx.db.read(callPage(ctx.db, memberId, page.stands ?? null, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { calls: shown.map(callView), next: last ? await cursorOf(ctx.vault, list, { at: last.startedAt, id: last.id }) : null, whose: memberId === null ? 'everybody' : 'own' }
}

/** The member whose calls alone may be seen, or null where everybody's may. */
export const ownOnly = (ctx: Ctx): string | null => (may(ctx.actor, rights.readAll, ctx.policy) || ctx.actor.kind !== 'member' ? null : ctx.actor.memberId)
