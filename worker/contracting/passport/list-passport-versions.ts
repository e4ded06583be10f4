import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import { rights } from './module.ts'
import type { ListedVersionView } from './shown.ts'
import { versionPage } from './store.ts'
import { listedVersionView } from './views.ts'

const LIST = 'passport_versions'

/** Versions of the tenant's own passport, the newest first. */
export async function listPassportVersions(ctx: Ctx, page: { cursor?: string | undefined; limit: number }): Promise<{ versions: ListedVersionView[]; next: string | null }> {
  demand(ctx, rights.readPassport)
  const below = page.cursor === undefined ? null : (await positionOf(ctx.vault, LIST, page.cursor)).at
  const rows = await ctx.db.read(versionPage(ctx.db, below, page.limit))
  const shown = rows.slice(0, page.limit)
  const last = shown.at(-1)
  return { versions: shown.map(listedVersionView), next: rows.length > page.limit && last ? await cursorOf(ctx.vault, LIST, { at: last.number, id: last.id }) : null }
}
