import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { licenceColumns, licenceIndex, standsAlready } from './add-licence.ts'
import type { Licence } from './contract.ts'
import { draftOf } from './draft.ts'
import { dayOf } from './gaps.ts'
import { licenceChanged, rights } from './module.ts'
import { openedVersion } from './opened.ts'
import type { LicenceView } from './shown.ts'
import { licenceById, licenceByNumber, newestVersion, passportOf, saveLicence } from './store.ts'
import { licenceView } from './views.ts'

/** A licence as it reads now: renewed, mistyped, no longer active. `seen` is how often it had been saved when it was shown. */
export async function changeLicence(ctx: Ctx, licenceId: string, licence: Licence, seen: number): Promise<LicenceView> {
  demand(ctx, rights.writePassport)
  const [row, passport, version, twin] = await ctx.db.readAll([licenceById(ctx.db, licenceId), passportOf(ctx.db), newestVersion(ctx.db), licenceByNumber(ctx.db, await licenceIndex(ctx, licence))])
  if (!row) throw new Fault({ code: 'not_found' })
  if (row.savedN !== seen) throw new Fault({ code: 'precondition_failed' })
  if (twin && twin.id !== row.id) throw standsAlready()
  const draft = await draftOf(ctx, { passport, version, ...(await openedVersion(ctx, version)) })
  const set = { ...(await licenceColumns(ctx, row.id, licence)), savedN: row.savedN + 1 }
  await ctx.commit([...draft.begins, saveLicence(ctx.db, row, set)], licenceChanged(row.id, {}))
  return licenceView({ ...row, ...set }, { number: licence.number }, dayOf(ctx.now))
}
