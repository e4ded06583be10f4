import { amlExpiresOn, type PassportSummary } from './contract.ts'

/** How many days before something expires its producer is told. */
export const reminderDays = [90, 60, 30, 14, 7] as const
export type ReminderDays = (typeof reminderDays)[number]

export const expiryKinds = ['licence', 'cover', 'aml', 'ce'] as const
export type ExpiryKind = (typeof expiryKinds)[number]

/** Something of a passport that ends on a day. `subjectId`: the licence, or the passport for what there is one of. */
export type Expiry = { readonly what: ExpiryKind; readonly subjectId: string; readonly label: string; readonly dueOn: string }

/** A reminder that went out. */
export type Told = { readonly what: ExpiryKind; readonly subjectId: string; readonly dueOn: string; readonly days: number }

/** What a licence is to the engine. */
type ExpiringLicence = { readonly id: string; readonly state: string; readonly expiresOn: string | null; readonly status: string }

/** Everything that ends, the soonest first. A licence that is not active has ended already. */
export function expiriesOf(passportId: string, { coverExpiresOn, amlOn, ceDueOn }: Pick<PassportSummary, 'coverExpiresOn' | 'amlOn' | 'ceDueOn'>, licences: readonly ExpiringLicence[]): Expiry[] {
  const own = (what: ExpiryKind, label: string, dueOn: string | null): Expiry[] => (dueOn === null ? [] : [{ what, subjectId: passportId, label, dueOn }])
  return [
    ...licences.filter(({ status }) => status === 'active').flatMap(({ id, state, expiresOn }) => (expiresOn === null ? [] : [{ what: 'licence' as const, subjectId: id, label: `Licence in ${state}`, dueOn: expiresOn }])),
    ...own('cover', 'Errors and omissions cover', coverExpiresOn),
    ...own('aml', 'Anti-money-laundering training', amlOn === null ? null : amlExpiresOn(amlOn)),
    ...own('ce', 'Continuing education', ceDueOn),
  ].toSorted((one, other) => one.dueOn.localeCompare(other.dueOn))
}

/**
 * At which distance an expiry is to be told of today, or null. Days that were missed are not made up for: of two distances
 * reached since the last look only the nearer one is told. What has expired is no longer to be reminded of.
 */
export function reminderDue(expiry: Expiry, told: readonly Told[], today: string): ReminderDays | null {
  const left = daysBetween(today, expiry.dueOn)
  if (left < 0) return null
  const nearest = reminderDays.filter((days) => left <= days).at(-1)
  return nearest === undefined || told.some((each) => isOf(each, expiry) && each.days <= nearest) ? null : nearest
}

/** The next day on which there is something to tell, after today; null for none. */
export function nextLook(expiries: readonly Expiry[], today: string): string | null {
  const days = expiries.flatMap(({ dueOn }) => reminderDays.map((before) => dayBefore(dueOn, before)).filter((day) => day > today))
  return days.toSorted()[0] ?? null
}

const isOf = (told: Told, expiry: Expiry): boolean => told.what === expiry.what && told.subjectId === expiry.subjectId && told.dueOn === expiry.dueOn

const DAY_MS = 86_400_000
const midnight = (day: string): number => Date.parse(`${day}T00:00:00Z`)

/** Whole days from one calendar day to another; negative where that lies before. */
export const daysBetween = (from: string, to: string): number => Math.round((midnight(to) - midnight(from)) / DAY_MS)

const dayBefore = (day: string, days: number): string => new Date(midnight(day) - days * DAY_MS).toISOString().slice(0, 10)
