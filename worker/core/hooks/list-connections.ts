import { cursorOf, positionOf } from '../api/cursor.ts'
import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import type { ConnectionView, HookEventView } from './contract.ts'
import { rights } from './module.ts'
import { connectionById, connectionPage, lastHookEvents } from './store.ts'
import { connectionView } from './views.ts'

/** Messages a connection's page shows. */
const LAST = 25

/** The tenant's connections, newest first, a page at a time. */
export async function listConnections(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ connections: ConnectionView[]; next: string | null }> {
  demand(ctx, rights.readConnections)
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, 'hook_connections', page.cursor)
  const rows = await ctx.db.read(connectionPage(ctx.db, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { connections: shown.map((row) => connectionView(row, ctx.now)), next: last ? await cursorOf(ctx.vault, 'hook_connections', { at: last.createdAt, id: last.id }) : null }
}

/** One connection with its last messages by id and verdict: those that were taken, and those its guard saw turned away. */
export async function readConnection(ctx: Ctx, id: string): Promise<{ connection: ConnectionView; events: HookEventView[] }> {
  demand(ctx, rights.readConnections)
  const [row, taken] = await ctx.db.readAll([connectionById(ctx.db, id), lastHookEvents(ctx.db, id, LAST)])
  if (!row) throw new Fault({ code: 'not_found' })
  const refused = await ctx.reach.hookGuards.of(ctx.tenant.id).refusals(id)
  const events: HookEventView[] = [
    ...taken.map(({ eventId, type, result, at }) => ({ eventId, type, verdict: result, at })),
    ...refused.map(({ why, at }) => ({ eventId: null, type: null, verdict: why, at })),
  ]
  return { connection: connectionView(row, ctx.now), events: events.toSorted((a, b) => b.at - a.at).slice(0, LAST) }
}
