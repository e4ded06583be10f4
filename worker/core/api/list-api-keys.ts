import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import type { ApiKeyView } from './contract.ts'
import { cursorOf, positionOf } from './cursor.ts'
import { rights } from './module.ts'
import { apiKeyPage } from './store.ts'
import { apiKeyView } from './views.ts'

/** The tenant's keys, newest first, a page at a time. */
export async function listApiKeys(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ keys: ApiKeyView[]; next: string | null }> {
  demand(ctx, rights.readKeys)
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, 'api_keys', page.cursor)
  const rows = await ctx.db.read(apiKeyPage(ctx.db, null, after, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { keys: shown.map((row) => apiKeyView(row, ctx.now)), next: last ? await cursorOf(ctx.vault, 'api_keys', { at: last.createdAt, id: last.id }) : null }
}
