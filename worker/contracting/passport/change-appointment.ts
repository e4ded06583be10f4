import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { appointmentColumns } from './add-appointment.ts'
import type { Appointment } from './contract.ts'
import { draftOf } from './draft.ts'
import { appointmentChanged, rights } from './module.ts'
import { openedVersion } from './opened.ts'
import type { AppointmentView } from './shown.ts'
import { appointmentById, newestVersion, passportOf, saveAppointment } from './store.ts'
import { appointmentView } from './views.ts'

/** An appointment as it stands now. `seen` is how often it had been saved when it was shown. */
export async function changeAppointment(ctx: Ctx, appointmentId: string, appointment: Appointment, seen: number): Promise<AppointmentView> {
  demand(ctx, rights.writePassport)
  const [row, passport, version] = await ctx.db.readAll([appointmentById(ctx.db, appointmentId), passportOf(ctx.db), newestVersion(ctx.db)])
  if (!row) throw new Fault({ code: 'not_found' })
  if (row.savedN !== seen) throw new Fault({ code: 'precondition_failed' })
  const draft = await draftOf(ctx, { passport, version, ...(await openedVersion(ctx, version)) })
  const set = { ...(await appointmentColumns(ctx, row.id, appointment)), savedN: row.savedN + 1 }
  await ctx.commit([...draft.begins, saveAppointment(ctx.db, row, set)], appointmentChanged(row.id, {}))
  return appointmentView({ ...row, ...set }, { writingNumber: appointment.writingNumber })
}
