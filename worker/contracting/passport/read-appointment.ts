import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { appointmentContent, rights } from './module.ts'
import type { AppointmentView } from './shown.ts'
import { appointmentById } from './store.ts'
import { appointmentView, type AppointmentSecret } from './views.ts'

/** One appointment of the tenant's own passport. */
export async function readAppointment(ctx: Ctx, appointmentId: string): Promise<AppointmentView> {
  demand(ctx, rights.readPassport)
  const row = await ctx.db.read(appointmentById(ctx.db, appointmentId))
  if (!row) throw new Fault({ code: 'not_found' })
  return appointmentView(row, await ctx.vault.open<AppointmentSecret>(appointmentContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }))
}
