import { defineEvent, meta } from '../../core/audit/event.ts'
import type { LimitRule, RevealDeclaration, RightDeclaration, SealedField } from '../../core/module.ts'
import type { AreaDeclarations } from '../../core/areas.ts'
import { secretFields } from './contract.ts'
import { expiryKinds } from './policy.ts'

/** PassportContact of a version. */
export const passportContact = {
  name: 'contracting.passport.contact', table: 'passport_versions', column: 'contact', class: 'contact', scope: 'tenant',
  holds: ['name', 'date of birth', 'e-mail address', 'telephone number', 'addresses'],
} as const satisfies SealedField

/** PassportContent of a version. */
export const passportContent = {
  name: 'contracting.passport.content', table: 'passport_versions', column: 'content', class: 'content', scope: 'tenant',
  holds: ['answers about the past, with explanations', 'employment', 'licence numbers as submitted', 'writing numbers as submitted'],
} as const satisfies SealedField

/** { field, value } of one secret. */
export const passportSecret = {
  name: 'contracting.passport.secret', table: 'passport_secrets', column: 'secret', class: 'secret', scope: 'tenant',
  holds: ['social security number', 'taxpayer identification number (EIN)', 'routing number', 'account number'],
  keeps: ['last four digits of the social security, routing and account numbers'],
} as const satisfies SealedField

/** { number } of a licence. */
export const licenceContent = {
  name: 'contracting.licence.content', table: 'licences', column: 'content', class: 'content', scope: 'tenant',
  holds: ['licence number'], blindIndex: ['licence number'],
} as const satisfies SealedField

/** { writingNumber } of an appointment. */
export const appointmentContent = {
  name: 'contracting.appointment.content', table: 'appointments', column: 'content', class: 'content', scope: 'tenant',
  holds: ['writing number'],
} as const satisfies SealedField

/** Column of the blind index over a licence's state and number. */
export const LICENCE_NUMBER = 'contracting.licence.number'

export const rights = {
  readPassport: { right: 'passport.read', says: 'See the tenant’s own passport, secrets by their last four digits', atLeast: 'member', claims: ['CIQ-05', 'CIQ-43'] },
  writePassport: { right: 'passport.write', says: 'Fill in the tenant’s own passport', atLeast: 'admin', claims: ['CIQ-05', 'CIQ-43'] },
  submitPassport: { right: 'passport.submit', says: 'Submit the tenant’s own passport', atLeast: 'owner', claims: ['CIQ-06'] },
  feedCalendar: { right: 'passport.feed', says: 'Make, see and end the secret address of the calendar feed', atLeast: 'owner' },
  revealPassport: { right: 'passport.reveal', says: 'See one full value of the tenant’s own passport, where the policy allows it', atLeast: 'owner', stepUp: 'exact', claims: ['CIQ-27'] },
} as const satisfies Record<string, RightDeclaration>

const version = meta.count()

export const passportSaved = defineEvent('contracting.passport.saved', 'Steps of a passport’s draft were saved.', { version, steps: meta.fields() })
export const passportSubmitted = defineEvent('contracting.passport.submitted', 'A passport was submitted for the first time.', { version, version_id: meta.id() })
export const passportUpdated = defineEvent('contracting.passport.updated', 'A later version of a passport was submitted.', { version, version_id: meta.id() })
export const licenceAdded = defineEvent('contracting.licence.added', 'A licence was added to a passport.', {})
export const licenceChanged = defineEvent('contracting.licence.changed', 'A licence of a passport was changed.', {})
export const licenceRemoved = defineEvent('contracting.licence.removed', 'A licence was taken out of a passport.', {})
export const appointmentAdded = defineEvent('contracting.appointment.added', 'An appointment was added to a passport.', {})
export const appointmentChanged = defineEvent('contracting.appointment.changed', 'An appointment of a passport was changed.', {})
export const appointmentRemoved = defineEvent('contracting.appointment.removed', 'An appointment was taken out of a passport.', {})
export const sensitiveRevealed = defineEvent('contracting.sensitive.revealed', 'A full sensitive value of a passport was opened.', { field: meta.oneOf(secretFields) }, { read: true })

export const expiryReminded = defineEvent('contracting.expiry.reminded', 'The producer was mailed that something of its passport expires soon.', { what: meta.oneOf(expiryKinds), days: meta.count() })
export const calendarFeedMade = defineEvent('contracting.calendar_feed.made', 'A secret address for the calendar feed was made; the one before opens nothing any more.', { replaced: meta.id().nullable() })
export const calendarFeedEnded = defineEvent('contracting.calendar_feed.ended', 'The secret address of the calendar feed was ended.', {}, { urgent: true })

/** Shows one value to the producer whose it is. */
export const ownReveal = {
  verb: 'contracting.reveal_own_value', field: passportSecret.name, reveals: true,
  says: 'Shows one full value to the producer whose it is, after a proof for that very value, where the policy allows it.',
} as const satisfies RevealDeclaration

/** Somebody who opens one value after the other is not correcting a slip. */
export const limits = {
  reveals: { name: 'contracting.reveals', says: 'Full values that one account may open', per: 'account', quota: 10, windowS: 86_400, claims: ['CIQ-27'] },
  feed: { name: 'contracting.calendar_feed', says: 'Times one calendar feed is fetched', per: 'key', quota: 120, windowS: 3600 },
} as const satisfies Record<string, LimitRule>

/** What the producer's own record declares. */
export const passportArea = {
  rights: Object.values(rights),
  sealedFields: [passportContact, passportContent, passportSecret, licenceContent, appointmentContent],
  events: [passportSaved, passportSubmitted, passportUpdated, licenceAdded, licenceChanged, licenceRemoved, appointmentAdded, appointmentChanged, appointmentRemoved, sensitiveRevealed, expiryReminded, calendarFeedMade, calendarFeedEnded],
  limits: Object.values(limits),
  retention: [
    {
      name: 'passports', what: 'A producer’s passport with its versions, licences and appointments', enters: 'Typed by the producer in its own tenant',
      sealedIn: [passportContact.name, passportContent.name, passportSecret.name, licenceContent.name, appointmentContent.name], keep: { life: 'tenant' }, then: 'deleted',
    },
    { name: 'expiry_reminders', what: 'Which reminders of what expires were mailed', enters: 'Noted when a reminder is queued', keep: { ms: 400 * 86_400_000 }, then: 'deleted' },
  ],
  controls: [
    {
      id: 'contracting.numbers', name: 'Tax and bank numbers of producers', status: 'active', probe: 'vault.cells',
      how: 'Each social security, EIN, routing and account number is sealed in a row of its own as it arrives and never overwritten. Four digits of it are kept to be shown, of an EIN none. In full it is shown to its own producer alone, where its policy allows it, after a proof for that very value, and with an entry in the log.',
      enforcedBy: ['worker/contracting/passport/save-passport.ts', 'worker/contracting/passport/reveal-own-value.ts', 'worker/contracting/passport/views.ts'], claims: ['CIQ-20', 'CIQ-21', 'CIQ-22', 'CIQ-27', 'CIQ-43'], frameworks: ['CC6.1', 'CC6.7'],
    },
  ],
  reveals: [ownReveal],
} as const satisfies AreaDeclarations

/** Rules that no sweep carries out, and who does. */
export const passportKeptElsewhere: Readonly<Record<string, string>> = { passports: 'the destruction of a closed tenant' }
