import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { FmoView, ReleaseView } from './contract.ts'
import { everyLink } from './link-store.ts'
import { rights } from './module.ts'
import { openReleases } from './release-store.ts'
import { fmoViews, releaseViews } from './views.ts'

/** As many as one producer will ever have worked with. */
const MOST = 100

/** The FMOs a producer works with and worked with, and the questions of release that are open. */
export async function listFmos(ctx: Ctx): Promise<{ fmos: FmoView[]; releases: (ReleaseView & { linkId: string })[] }> {
  demand(ctx, rights.readFmos)
  const [links, open] = await ctx.db.readAll([everyLink(ctx.db, 'producer', MOST), openReleases(ctx.db, 'producer')])
  const releases = await releaseViews(ctx, open)
  return { fmos: await fmoViews(ctx, links), releases: releases.map((view, index) => ({ ...view, linkId: open[index]?.linkId ?? '' })) }
}
