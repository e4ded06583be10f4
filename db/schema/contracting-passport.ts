import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** A calendar day as text, `2027-03-31`: sorts as it is and has no zone. */
const day = (name: string) => text(name)

/** The tenant's one passport. */
export const passports = sqliteTable(
  'passports',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** `draft` until the first submission; `updated` from the second on. */
    state: text('state', { enum: ['draft', 'submitted', 'updated'] }).notNull(),
    createdAt: instant('created_at').notNull(),
    /** The day on which the expiry engine looks again; every change of a day asks it to look at once. */
    remindOn: day('remind_on'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), uniqueIndex('passports_one').on(table.tenantId), index('passports_remind').on(table.remindOn), ofTenant(table.tenantId)],
)

/**
 * A secret value of a passport, in a row of its own so that no list ever loads it. Never changed: another value is another
 * row, and a new version of the passport refers to the rows of the one before without opening them.
 */
export const passportSecrets = sqliteTable(
  'passport_secrets',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    field: text('field', { enum: ['ssn', 'ein', 'routing', 'account'] }).notNull(),
    /** Sealed { field, value }. */
    secret: sealed('secret').notNull(),
    sealVersion: sealVersion(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), index('passport_secrets_seal').on(table.tenantId, table.sealVersion), ofTenant(table.tenantId)],
)

/** A version of the passport: at most one draft, and every one that was submitted, which a trigger keeps as it was. */
export const passportVersions = sqliteTable(
  'passport_versions',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    passportId: text('passport_id').notNull(),
    number: integer('number').notNull(),
    state: text('state', { enum: ['draft', 'submitted'] }).notNull(),
    /** Sealed PassportContact. */
    contact: sealed('contact').notNull(),
    /** Sealed PassportContent. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    ssnId: text('ssn_id'),
    einId: text('ein_id'),
    routingId: text('routing_id'),
    accountId: text('account_id'),
    /** The only clear parts of what is sealed, for whoever checks them (CIQ-27); an EIN has none (CIQ-22). */
    ssnLast4: text('ssn_last4'),
    routingLast4: text('routing_last4'),
    accountLast4: text('account_last4'),
    kind: text('kind', { enum: ['individual', 'business'] }).notNull(),
    npn: text('npn'),
    accountType: text('account_type', { enum: ['checking', 'savings'] }),
    coverCarrier: text('cover_carrier'),
    coverExpiresOn: day('cover_expires_on'),
    amlOn: day('aml_on'),
    ceDueOn: day('ce_due_on'),
    startedAt: instant('started_at').notNull(),
    savedAt: instant('saved_at').notNull(),
    /** How often it was saved: two who save at once do not overwrite each other. */
    savedN: integer('saved_n').notNull(),
    submittedAt: instant('submitted_at'),
    submittedBy: text('submitted_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('passport_versions_number').on(table.tenantId, table.passportId, table.number),
    uniqueIndex('passport_versions_draft').on(table.tenantId, table.passportId).where(sql`state = 'draft'`),
    index('passport_versions_seal').on(table.tenantId, table.sealVersion),
    foreignKey({ columns: [table.tenantId, table.passportId], foreignColumns: [passports.tenantId, passports.id] }),
    ...[table.ssnId, table.einId, table.routingId, table.accountId].map((column) => foreignKey({ columns: [table.tenantId, column], foreignColumns: [passportSecrets.tenantId, passportSecrets.id] })),
    ofTenant(table.tenantId),
  ],
)

/** A licence of the producer's. */
export const licences = sqliteTable(
  'licences',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    passportId: text('passport_id').notNull(),
    state: text('state').notNull(),
    /** Sealed { number }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    /** Blind index of state and number: the same licence stands once. */
    numberIndex: text('number_index').notNull(),
    /** Lines of authority, comma separated. */
    lines: text('lines').notNull(),
    issuedOn: day('issued_on'),
    expiresOn: day('expires_on'),
    resident: integer('resident', { mode: 'boolean' }).notNull(),
    status: text('status', { enum: ['active', 'pending', 'inactive', 'revoked'] }).notNull(),
    savedAt: instant('saved_at').notNull(),
    savedN: integer('saved_n').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('licences_number').on(table.tenantId, table.numberIndex),
    index('licences_seal').on(table.tenantId, table.sealVersion),
    foreignKey({ columns: [table.tenantId, table.passportId], foreignColumns: [passports.tenantId, passports.id] }),
    ofTenant(table.tenantId),
  ],
)

/** An appointment with a carrier, as the producer states it. */
export const appointments = sqliteTable(
  'appointments',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    passportId: text('passport_id').notNull(),
    carrier: text('carrier').notNull(),
    state: text('state').notNull(),
    /** Sealed { writingNumber }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    appointedOn: day('appointed_on'),
    status: text('status', { enum: ['active', 'pending', 'ended'] }).notNull(),
    savedAt: instant('saved_at').notNull(),
    savedN: integer('saved_n').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('appointments_seal').on(table.tenantId, table.sealVersion),
    foreignKey({ columns: [table.tenantId, table.passportId], foreignColumns: [passports.tenantId, passports.id] }),
    ofTenant(table.tenantId),
  ],
)

/** A reminder that was mailed: the same expiry is not told twice at the same distance. */
export const expiryReminders = sqliteTable(
  'expiry_reminders',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    what: text('what', { enum: ['licence', 'cover', 'aml', 'ce'] }).notNull(),
    /** The licence, or the passport for what there is one of. */
    subjectId: text('subject_id').notNull(),
    dueOn: day('due_on').notNull(),
    /** 90, 60, 30, 14 or 7: how many days before. */
    days: integer('days').notNull(),
    sentAt: instant('sent_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('expiry_reminders_once').on(table.tenantId, table.what, table.subjectId, table.dueOn, table.days),
    index('expiry_reminders_sent').on(table.sentAt),
    ofTenant(table.tenantId),
  ],
)

/** The tenant's calendar feed, one at a time. What opens it is a MAC over its id and lies nowhere. */
export const calendarFeeds = sqliteTable(
  'calendar_feeds',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), uniqueIndex('calendar_feeds_one').on(table.tenantId), ofTenant(table.tenantId)],
)
