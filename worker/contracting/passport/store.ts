import { and, asc, desc, eq, inArray, lt, type InferSelectModel, type SQL } from 'drizzle-orm'
import { appointments, licences, passports, passportSecrets, passportVersions } from '../../../db/schema/contracting-passport.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { Row } from '../../core/tenancy/store.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type PassportRow = InferSelectModel<typeof passports>
export type VersionRow = Omit<InferSelectModel<typeof passportVersions>, 'tenantId'>
export type SecretRow = InferSelectModel<typeof passportSecrets>
export type LicenceRow = InferSelectModel<typeof licences>
export type AppointmentRow = InferSelectModel<typeof appointments>

export const passportOf = (db: TenantDb): Read<PassportRow | undefined> => db.findOne(passports, undefined)
export const insertPassport = (db: TenantDb, row: Row<typeof passports>): Write => db.insert(passports, row)
/** `updated` from the second submission on. The expiry engine looks again at once. */
export const setPassportState = (db: TenantDb, id: string, state: PassportRow['state']): Write => db.update(passports, eq(passports.id, id), { state })
/** The expiry engine looks again on that day. */
export const lookAgainOn = (db: TenantDb, id: string, remindOn: string | null): Write => db.update(passports, eq(passports.id, id), { remindOn })

/** The newest version: the draft, where there is one. */
export const newestVersion = (db: TenantDb): Read<VersionRow | undefined> => db.find(passportVersions, { orderBy: desc(passportVersions.number), limit: 1 }).map((rows) => rows[0])
export const newestSubmitted = (db: TenantDb): Read<VersionRow | undefined> =>
  db.find(passportVersions, { where: eq(passportVersions.state, 'submitted'), orderBy: desc(passportVersions.number), limit: 1 }).map((rows) => rows[0])
export const versionById = (db: TenantDb, id: string): Read<VersionRow | undefined> => db.findOne(passportVersions, eq(passportVersions.id, id))

const listed = {
  id: passportVersions.id, number: passportVersions.number, state: passportVersions.state, startedAt: passportVersions.startedAt, savedAt: passportVersions.savedAt, submittedAt: passportVersions.submittedAt,
}
export type ListedVersion = Pick<VersionRow, keyof typeof listed>
/** Versions from the newest down, below a number; nothing sealed is read. One row more than asked for tells that there is another. */
export const versionPage = (db: TenantDb, below: number | null, limit: number): Read<ListedVersion[]> =>
  db.find(passportVersions, { columns: listed, where: below === null ? undefined : lt(passportVersions.number, below), orderBy: desc(passportVersions.number), limit: limit + 1 })

export const insertVersion = (db: TenantDb, row: Row<typeof passportVersions>): Write => db.insert(passportVersions, row)
/** Change a draft that still stands as the caller saw it; the batch is refused otherwise. */
export const saveVersion = (db: TenantDb, seen: Pick<VersionRow, 'id' | 'savedN'>, set: Partial<Omit<VersionRow, 'id'>>): Write =>
  db.update(passportVersions, all(eq(passportVersions.id, seen.id), eq(passportVersions.state, 'draft'), eq(passportVersions.savedN, seen.savedN)), set).orRefuse('passport_changed')

export const secretById = (db: TenantDb, id: string): Read<SecretRow | undefined> => db.findOne(passportSecrets, eq(passportSecrets.id, id))
export const secretsById = (db: TenantDb, ids: readonly string[]): Read<SecretRow[]> => db.find(passportSecrets, { where: inArray(passportSecrets.id, [...ids]) })
export const insertSecret = (db: TenantDb, row: Row<typeof passportSecrets>): Write => db.insert(passportSecrets, row)
export const removeSecret = (db: TenantDb, id: string): Write => db.remove(passportSecrets, eq(passportSecrets.id, id))

export const licencesOf = (db: TenantDb): Read<LicenceRow[]> => db.find(licences, { orderBy: [desc(licences.resident), asc(licences.state), asc(licences.id)] })
export const licenceById = (db: TenantDb, id: string): Read<LicenceRow | undefined> => db.findOne(licences, eq(licences.id, id))
export const licenceByNumber = (db: TenantDb, numberIndex: string): Read<LicenceRow | undefined> => db.findOne(licences, eq(licences.numberIndex, numberIndex))
export const insertLicence = (db: TenantDb, row: Row<typeof licences>): Write => db.insert(licences, row)
export const saveLicence = (db: TenantDb, seen: Pick<LicenceRow, 'id' | 'savedN'>, set: Partial<Omit<LicenceRow, 'id' | 'tenantId'>>): Write =>
  db.update(licences, all(eq(licences.id, seen.id), eq(licences.savedN, seen.savedN)), set).orRefuse('licence_changed')
export const removeLicenceRow = (db: TenantDb, id: string): Write => db.remove(licences, eq(licences.id, id)).orRefuse('licence_changed')

export const appointmentsOf = (db: TenantDb): Read<AppointmentRow[]> => db.find(appointments, { orderBy: [asc(appointments.carrier), asc(appointments.state), asc(appointments.id)] })
export const appointmentById = (db: TenantDb, id: string): Read<AppointmentRow | undefined> => db.findOne(appointments, eq(appointments.id, id))
export const insertAppointment = (db: TenantDb, row: Row<typeof appointments>): Write => db.insert(appointments, row)
export const saveAppointment = (db: TenantDb, seen: Pick<AppointmentRow, 'id' | 'savedN'>, set: Partial<Omit<AppointmentRow, 'id' | 'tenantId'>>): Write =>
  db.update(appointments, all(eq(appointments.id, seen.id), eq(appointments.savedN, seen.savedN)), set).orRefuse('appointment_changed')
export const removeAppointmentRow = (db: TenantDb, id: string): Write => db.remove(appointments, eq(appointments.id, id)).orRefuse('appointment_changed')

/** drizzle's `and` may be undefined for no conditions; these are never none. */
const all = (first: SQL, ...rest: SQL[]): SQL => and(first, ...rest) ?? first
