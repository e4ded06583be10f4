import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import type { Appointment } from './contract.ts'
import { draftOf } from './draft.ts'
import { appointmentAdded, appointmentContent, rights } from './module.ts'
import { openedVersion } from './opened.ts'
import type { AppointmentView } from './shown.ts'
import { insertAppointment, newestVersion, passportOf, type AppointmentRow } from './store.ts'
import { appointmentView } from './views.ts'

/** An appointment that a carrier has made, as the producer states it. */
export async function addAppointment(ctx: Ctx, appointment: Appointment): Promise<AppointmentView> {
  demand(ctx, rights.writePassport)
  const [passport, version] = await ctx.db.readAll([passportOf(ctx.db), newestVersion(ctx.db)])
  const draft = await draftOf(ctx, { passport, version, ...(await openedVersion(ctx, version)) })
  const id = ctx.newId('apt')
  const row = { id, passportId: draft.passportId, savedN: 1, ...(await appointmentColumns(ctx, id, appointment)) }
  await ctx.commit([...draft.begins, insertAppointment(ctx.db, row)], appointmentAdded(id, {}))
  return appointmentView({ ...row, tenantId: ctx.tenant.id }, { writingNumber: appointment.writingNumber })
}

/** What an appointment's row holds of what was typed. */
export async function appointmentColumns(ctx: Ctx, id: string, { writingNumber, ...clear }: Appointment): Promise<Omit<AppointmentRow, 'tenantId' | 'id' | 'passportId' | 'savedN'>> {
  const cell = await ctx.vault.seal(appointmentContent, id, { writingNumber })
  return { ...clear, content: cell.sealed, sealVersion: cell.sealVersion, savedAt: ctx.now }
}
