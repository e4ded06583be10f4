import type { Appointment, Licence, LineOfAuthority, PassportContact, PassportContent, PassportSummary, SecretField, StateCode } from './contract.ts'
import type { AppointmentView, LicenceView, ListedVersionView, VersionView } from './shown.ts'
import type { AppointmentRow, LicenceRow, ListedVersion, VersionRow } from './store.ts'

export const summaryOf = (row: VersionRow): PassportSummary => ({
  kind: row.kind,
  npn: row.npn,
  ssnLast4: row.ssnLast4,
  routingLast4: row.routingLast4,
  accountLast4: row.accountLast4,
  accountType: row.accountType,
  hasEin: row.einId !== null,
  coverCarrier: row.coverCarrier,
  coverExpiresOn: row.coverExpiresOn,
  amlOn: row.amlOn,
  ceDueOn: row.ceDueOn,
})

/** Which row holds each secret of a version. */
export const secretIdsOf = (row: VersionRow): Record<SecretField, string | null> => ({ ssn: row.ssnId, ein: row.einId, routing: row.routingId, account: row.accountId })

export const listedVersionView = (row: ListedVersion): ListedVersionView => ({ id: row.id, number: row.number, state: row.state, startedAt: row.startedAt, savedAt: row.savedAt, submittedAt: row.submittedAt })

export const versionView = (row: VersionRow, contact: PassportContact, content: PassportContent): VersionView => ({
  ...listedVersionView(row),
  summary: summaryOf(row),
  secrets: {
    ssn: masked(row.ssnId, row.ssnLast4 && `•••-••-${row.ssnLast4}`),
    ein: masked(row.einId, 'on file'),
    routing: masked(row.routingId, row.routingLast4 && `•••••${row.routingLast4}`),
    account: masked(row.accountId, row.accountLast4 && `••••${row.accountLast4}`),
  },
  contact,
  content,
})

const masked = (id: string | null, shown: string | null): { id: string; shown: string } | null => (id === null ? null : { id, shown: shown ?? 'on file' })

/** What is sealed of a licence. */
export type LicenceSecret = { readonly number: string }
/** What is sealed of an appointment. */
export type AppointmentSecret = { readonly writingNumber: string | null }

export const licenceOf = (row: LicenceRow, { number }: LicenceSecret): Licence => ({
  state: row.state as StateCode, // `as`: the contract let in nothing else
  number,
  lines: row.lines.split(',') as LineOfAuthority[], // `as`: likewise
  issuedOn: row.issuedOn,
  expiresOn: row.expiresOn,
  resident: row.resident,
  status: row.status,
})

export const licenceView = (row: LicenceRow, secret: LicenceSecret, today: string): LicenceView => ({ id: row.id, ...licenceOf(row, secret), lapsed: row.expiresOn !== null && row.expiresOn < today, savedN: row.savedN })

export const appointmentOf = (row: AppointmentRow, { writingNumber }: AppointmentSecret): Appointment => ({
  carrier: row.carrier,
  state: row.state as StateCode, // `as`: the contract let in nothing else
  writingNumber,
  appointedOn: row.appointedOn,
  status: row.status,
})

export const appointmentView = (row: AppointmentRow, secret: AppointmentSecret): AppointmentView => ({ id: row.id, ...appointmentOf(row, secret), savedN: row.savedN })
