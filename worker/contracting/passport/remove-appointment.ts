import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { draftOf } from './draft.ts'
import { appointmentRemoved, rights } from './module.ts'
import { openedVersion } from './opened.ts'
import { appointmentById, newestVersion, passportOf, removeAppointmentRow } from './store.ts'

/** An appointment leaves the draft; versions that were submitted with it keep it. */
export async function removeAppointment(ctx: Ctx, appointmentId: string): Promise<void> {
  demand(ctx, rights.writePassport)
  const [row, passport, version] = await ctx.db.readAll([appointmentById(ctx.db, appointmentId), passportOf(ctx.db), newestVersion(ctx.db)])
  if (!row) throw new Fault({ code: 'not_found' })
  const draft = await draftOf(ctx, { passport, version, ...(await openedVersion(ctx, version)) })
  await ctx.commit([...draft.begins, removeAppointmentRow(ctx.db, row.id)], appointmentRemoved(row.id, {}))
}
