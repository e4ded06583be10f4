import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { ReleaseView } from './contract.ts'
import { anyLink, linksById } from './link-store.ts'
import { rights } from './module.ts'
import { openReleases, releaseById } from './release-store.ts'
import { linkContacts, releaseViews } from './views.ts'

/** A release as its page shows it: of whom, from which end one looks, and whether one answers or takes back. */
export type ReleaseDetail = ReleaseView & { linkId: string; side: 'fmo' | 'producer'; other: string }

/** The questions that wait, the most urgent first, from whichever end the tenant is. */
export async function listReleases(ctx: Ctx): Promise<{ releases: ReleaseDetail[] }> {
  demand(ctx, rights.answerRelease)
  const rows = (await ctx.db.readAll([openReleases(ctx.db, 'fmo'), openReleases(ctx.db, 'producer')])).flat()
  const links = (await ctx.db.readAll(linksById(ctx.db, rows.map(({ linkId }) => linkId)))).flat()
  const contacts = await linkContacts(ctx, links)
  const names = new Map(links.map(({ id }, index) => [id, contacts[index]?.name ?? '']))
  const views = await releaseViews(ctx, rows)
  return { releases: views.map((view, index) => ({ ...view, linkId: rows[index]?.linkId ?? '', side: rows[index]?.side ?? 'fmo', other: names.get(rows[index]?.linkId ?? '') ?? '' })) }
}

/** One of them, answered or not. */
export async function readRelease(ctx: Ctx, releaseId: string): Promise<ReleaseDetail> {
  demand(ctx, rights.answerRelease)
  const row = await ctx.db.read(releaseById(ctx.db, releaseId))
  const link = row && (await ctx.db.read(anyLink(ctx.db, row.linkId)))
  if (!row || !link) throw new Fault({ code: 'not_found' })
  const [[view], [contact]] = await Promise.all([releaseViews(ctx, [row]), linkContacts(ctx, [link])])
  if (!view) throw new Fault({ code: 'not_found' })
  return { ...view, linkId: link.id, side: row.side, other: contact?.name ?? '' }
}
