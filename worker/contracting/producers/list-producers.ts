import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { ProducerView } from './contract.ts'
import { demandAsFmo } from './demand-side.ts'
import { copiesOfPage, linkPage, type LinkRow } from './link-store.ts'
import { rights } from './module.ts'
import { producerViews } from './views.ts'

/**
 * The FMO's producers, those who joined last first: names as the FMO invited them, and what lies in clear of each copy. No
 * salt is asked for and nothing is opened.
 */
export async function listProducers(ctx: Ctx, page: { state: LinkRow['state']; cursor?: string | undefined; limit: number }): Promise<{ producers: ProducerView[]; next: string | null }> {
  demandAsFmo(ctx, rights.readProducers)
  const list = `producers.${page.state}`
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const [rows, copies] = await ctx.db.readAll([linkPage(ctx.db, 'fmo', page.state, after, page.limit), copiesOfPage(ctx.db, page.state, after, page.limit)])
  const shown = rows.slice(0, page.limit)
  const last = rows.length > page.limit ? shown.at(-1) : undefined
  return { producers: await producerViews(ctx, shown, copies), next: last ? await cursorOf(ctx.vault, list, { at: last.startedAt, id: last.id }) : null }
}
