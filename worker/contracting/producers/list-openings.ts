import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { OpeningView } from './contract.ts'
import { everyLink, openingPage } from './link-store.ts'
import { rights } from './module.ts'
import { linkContacts, openingViews } from './views.ts'

/** Who opened a producer's data, when and why, over all its FMOs and after their links too; the newest first. */
export async function listOpenings(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ openings: OpeningView[]; next: string | null }> {
  demand(ctx, rights.readFmos)
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, 'openings', page.cursor)
  const [rows, links] = await ctx.db.readAll([openingPage(ctx.db, 'producer', null, after, page.limit), everyLink(ctx.db, 'producer', 100)])
  const contacts = await linkContacts(ctx, links)
  const names = new Map(links.map(({ id }, index) => [id, contacts[index]?.name ?? '']))
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { openings: await openingViews(ctx, shown, names), next: last ? await cursorOf(ctx.vault, 'openings', { at: last.openedAt, id: last.id }) : null }
}
