import { cursorOf, positionOf } from '../../core/api/cursor.ts'
import type { Ctx } from '../../core/ctx.ts'
import { carrierOf } from '../carriers/enter-carrier.ts'
import type { ApplicationStatus, ApplicationView } from './contract.ts'
import { applicationPage } from './store.ts'
import { applicationView } from './views.ts'

/** What was handed over to the asking carrier, newest first, a page at a time. Nothing is opened for it. */
export async function listApplications(ctx: Ctx, page: { status?: ApplicationStatus | undefined; cursor?: string | undefined; limit: number }): Promise<{ applications: ApplicationView[]; next: string | null }> {
  const carrierId = carrierOf(ctx)
  const list = `applications ${carrierId} ${page.status ?? ''}`
  const after = page.cursor === undefined ? null : await positionOf(ctx.vault, list, page.cursor)
  const rows = await ctx.db.read(applicationPage(ctx.db, carrierId, page.status, after, page.limit))
  const applications = rows.slice(0, page.limit).map(applicationView)
  const last = rows.length > page.limit ? applications.at(-1) : undefined
  return { applications, next: last ? await cursorOf(ctx.vault, list, { at: last.transmittedAt, id: last.id }) : null }
}
