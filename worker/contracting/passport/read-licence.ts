import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { dayOf } from './gaps.ts'
import { licenceContent, rights } from './module.ts'
import type { LicenceView } from './shown.ts'
import { licenceById } from './store.ts'
import { licenceView, type LicenceSecret } from './views.ts'

/** One licence of the tenant's own passport. */
export async function readLicence(ctx: Ctx, licenceId: string): Promise<LicenceView> {
  demand(ctx, rights.readPassport)
  const row = await ctx.db.read(licenceById(ctx.db, licenceId))
  if (!row) throw new Fault({ code: 'not_found' })
  return licenceView(row, await ctx.vault.open<LicenceSecret>(licenceContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }), dayOf(ctx.now))
}
