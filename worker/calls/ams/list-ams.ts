import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { AmsConnectionView } from './contract.ts'
import { rights } from './module.ts'
import { amsById, amsPage, type AmsRow } from './store.ts'
import { amsView } from './views.ts'

/** The tenant's connections to agency management systems, newest first, a page at a time: the open one, and those before it. */
export async function listAms(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ connections: AmsConnectionView[]; next: string | null }> {
  demand(ctx, rights.readAms)
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, 'ams_connections', page.cursor)
  const rows = await ctx.db.read(amsPage(ctx.db, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { connections: shown.map(amsView), next: last ? await cursorOf(ctx.vault, 'ams_connections', { at: last.createdAt, id: last.id }) : null }
}

/** One of them as it stands, for verbs that go on with it. */
export async function readAms(ctx: Ctx, id: string): Promise<AmsRow> {
  demand(ctx, rights.readAms)
  const row = await ctx.db.read(amsById(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  return row
}
