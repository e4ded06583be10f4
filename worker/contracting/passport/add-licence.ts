import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import type { Licence } from './contract.ts'
import { draftOf } from './draft.ts'
import { dayOf } from './gaps.ts'
import { licenceAdded, licenceContent, LICENCE_NUMBER, rights } from './module.ts'
import { openedVersion } from './opened.ts'
import type { LicenceView } from './shown.ts'
import { insertLicence, licenceByNumber, newestVersion, passportOf, type LicenceRow } from './store.ts'
import { licenceView } from './views.ts'

/** A licence for the draft. The same number in the same state stands once. */
export async function addLicence(ctx: Ctx, licence: Licence): Promise<LicenceView> {
  demand(ctx, rights.writePassport)
  const [passport, version, twin] = await ctx.db.readAll([passportOf(ctx.db), newestVersion(ctx.db), licenceByNumber(ctx.db, await licenceIndex(ctx, licence))])
  if (twin) throw standsAlready()
  const draft = await draftOf(ctx, { passport, version, ...(await openedVersion(ctx, version)) })
  const id = ctx.newId('lic')
  const row: LicenceRow = { tenantId: ctx.tenant.id, id, passportId: draft.passportId, savedN: 1, ...(await licenceColumns(ctx, id, licence)) }
  const { tenantId: _, ...inserted } = row
  await ctx.commit([...draft.begins, insertLicence(ctx.db, inserted)], licenceAdded(id, {}))
  return licenceView(row, { number: licence.number }, dayOf(ctx.now))
}

/** What a licence's row holds of what was typed. */
export async function licenceColumns(ctx: Ctx, id: string, licence: Licence): Promise<Omit<LicenceRow, 'tenantId' | 'id' | 'passportId' | 'savedN'>> {
  const { number, lines, ...clear } = licence
  const cell = await ctx.vault.seal(licenceContent, id, { number })
  return { ...clear, lines: lines.join(','), content: cell.sealed, sealVersion: cell.sealVersion, numberIndex: await licenceIndex(ctx, licence), savedAt: ctx.now }
}

/** Numbers are compared without regard to case and to what people put between their parts. */
export const licenceIndex = (ctx: Ctx, { state, number }: Licence): Promise<string> => ctx.vault.index(LICENCE_NUMBER, `${state} ${number.toUpperCase().replaceAll(/[^A-Z0-9]/g, '')}`)

export const standsAlready = (): Fault => new Fault({ code: 'invalid', errors: [{ pointer: '/number', detail: 'This licence stands in your passport already.' }] })
