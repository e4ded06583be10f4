import type { Ctx } from '../../core/ctx.ts'
import type { PassportContact, PassportContent } from './contract.ts'
import { emptyContact, emptyContent } from './contract.ts'
import { appointmentContent, licenceContent, passportContact, passportContent } from './module.ts'
import { appointmentsOf, licencesOf, newestVersion, passportOf, type AppointmentRow, type LicenceRow, type PassportRow, type VersionRow } from './store.ts'
import type { AppointmentSecret, LicenceSecret } from './views.ts'

/** A passport as it stands: its newest version and the rows beside it, with everything opened that is no secret. */
export type Opened = {
  readonly passport: PassportRow | undefined
  readonly version: VersionRow | undefined
  readonly contact: PassportContact
  readonly content: PassportContent
  readonly licences: readonly { readonly row: LicenceRow; readonly secret: LicenceSecret }[]
  readonly appointments: readonly { readonly row: AppointmentRow; readonly secret: AppointmentSecret }[]
}

/** One batch; a key per sealed field. */
export async function openedPassport(ctx: Ctx): Promise<Opened> {
  const [passport, version, licences, appointments] = await ctx.db.readAll([passportOf(ctx.db), newestVersion(ctx.db), licencesOf(ctx.db), appointmentsOf(ctx.db)])
  const [{ contact, content }, numbers, writingNumbers] = await Promise.all([
    openedVersion(ctx, version),
    ctx.vault.openMany<LicenceSecret>(licenceContent, licences.map(sealedRow)),
    ctx.vault.openMany<AppointmentSecret>(appointmentContent, appointments.map(sealedRow)),
  ])
  return {
    passport,
    version,
    contact,
    content,
    licences: licences.map((row, index) => ({ row, secret: numbers[index] ?? { number: '' } })),
    appointments: appointments.map((row, index) => ({ row, secret: writingNumbers[index] ?? { writingNumber: null } })),
  }
}

/** The contact and content of a version; empty ones where there is none yet. */
export async function openedVersion(ctx: Ctx, row: VersionRow | undefined): Promise<{ contact: PassportContact; content: PassportContent }> {
  if (!row) return { contact: emptyContact, content: emptyContent }
  const [contact, content] = await Promise.all([
    ctx.vault.open<PassportContact>(passportContact, row.id, { sealed: row.contact, sealVersion: row.sealVersion }),
    ctx.vault.open<PassportContent>(passportContent, row.id, { sealed: row.content, sealVersion: row.sealVersion }),
  ])
  return { contact, content }
}

const sealedRow = (row: LicenceRow | AppointmentRow) => ({ id: row.id, cell: { sealed: row.content, sealVersion: row.sealVersion } })
