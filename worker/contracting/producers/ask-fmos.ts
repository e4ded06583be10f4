import type { Ctx } from '../../core/ctx.ts'
import { isFault } from '../../core/failure.ts'
import { atFmo } from './at-fmo.ts'
import { activeLinks, type LinkRow } from './link-store.ts'
import { fmoViews } from './views.ts'

/** As many FMOs as are asked at once. */
const MOST = 10

/** What one FMO told; null while its shard is away or it is closing down, and for those beyond as many. */
export type Told<T> = { readonly fmo: string; readonly told: T | null }

/**
 * Ask every FMO that a producer works with, each at its own end of the link and as a guest there. `tell` is handed the link: it
 * holds itself to that one.
 */
export async function askFmos<T>(ctx: Ctx, tell: (fmo: Ctx, linkId: string) => Promise<T>): Promise<Told<T>[]> {
  const links = await ctx.db.read(activeLinks(ctx.db, 'producer'))
  const fmos = await fmoViews(ctx, links)
  return Promise.all(links.map(async (link, index) => ({ fmo: fmos[index]?.name ?? '', told: index < MOST ? await ask(ctx, link, tell) : null })))
}

async function ask<T>(ctx: Ctx, { id, otherId }: LinkRow, tell: (fmo: Ctx, linkId: string) => Promise<T>): Promise<T | null> {
  try {
    return await atFmo(ctx, otherId, (fmo) => tell(fmo, id))
  } catch (thrown) {
    if (!isFault(thrown) || !['unavailable', 'not_found'].includes(thrown.failure.code)) throw thrown
    return null
  }
}
