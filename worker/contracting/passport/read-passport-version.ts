import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { rights } from './module.ts'
import { openedVersion } from './opened.ts'
import type { VersionView } from './shown.ts'
import { versionById } from './store.ts'
import { versionView } from './views.ts'

/** One version of the tenant's own passport, as it was submitted or as it stands. */
export async function readPassportVersion(ctx: Ctx, versionId: string): Promise<VersionView> {
  demand(ctx, rights.readPassport)
  const row = await ctx.db.read(versionById(ctx.db, versionId))
  if (!row) throw new Fault({ code: 'not_found' })
  const { contact, content } = await openedVersion(ctx, row)
  return versionView(row, contact, content)
}
