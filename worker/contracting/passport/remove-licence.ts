import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { draftOf } from './draft.ts'
import { licenceRemoved, rights } from './module.ts'
import { openedVersion } from './opened.ts'
import { licenceById, newestVersion, passportOf, removeLicenceRow } from './store.ts'

/** A licence leaves the draft; versions that were submitted with it keep it. */
export async function removeLicence(ctx: Ctx, licenceId: string): Promise<void> {
  demand(ctx, rights.writePassport)
  const [row, passport, version] = await ctx.db.readAll([licenceById(ctx.db, licenceId), passportOf(ctx.db), newestVersion(ctx.db)])
  if (!row) throw new Fault({ code: 'not_found' })
  const draft = await draftOf(ctx, { passport, version, ...(await openedVersion(ctx, version)) })
  await ctx.commit([...draft.begins, removeLicenceRow(ctx.db, row.id)], licenceRemoved(row.id, {}))
}
