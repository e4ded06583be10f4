import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'

/** One row: how far the sandbox's clock runs ahead of the platform's. A trigger lets it only grow. */
export const sandboxClock = sqliteTable('sandbox_clock', {
  id: text('id').primaryKey(),
  aheadMs: integer('ahead_ms').notNull(),
})

/** What the stand-in for the mail provider accepted. */
export const sandboxMail = sqliteTable(
  'sandbox_mail',
  {
    id: text('id').primaryKey(),
    at: instant('at').notNull(),
    /** As sent by the client; the same key again is answered with the same id. */
    idempotencyKey: text('idempotency_key'),
    payloadHash: text('payload_hash').notNull(),
    /** Sealed { from, to, subject, text, html, headers }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
  },
  (table) => [uniqueIndex('sandbox_mail_key').on(table.idempotencyKey)],
)

/** The demo sign-ins. */
export const sandboxAccounts = sqliteTable('sandbox_accounts', {
  /** Blind index of the address. */
  id: text('id').primaryKey(),
  /** JSON: [{ tenant, role }]. */
  seats: text('seats').notNull(),
  /** Sealed { email, password }. */
  content: sealed('content').notNull(),
  sealVersion: sealVersion(),
})

/** The demo carriers' keys, by carrier: the product keeps only their hashes. */
export const sandboxCarrierKeys = sqliteTable('sandbox_carrier_keys', {
  id: text('id').primaryKey(),
  /** Sealed { token, carrier, fmo }. */
  content: sealed('content').notNull(),
  sealVersion: sealVersion(),
})

/** How the stand-in for an agency management system behaves at the moment; one row. */
export const sandboxAms = sqliteTable('sandbox_ams', {
  id: text('id').primaryKey(),
  does: text('does', { enum: ['answers', 'down', 'silent'] }).notNull(),
})

/** The notes that it was handed: each that came, so that one that came twice is there twice. */
export const sandboxAmsNotes = sqliteTable(
  'sandbox_ams_notes',
  {
    id: text('id').primaryKey(),
    at: instant('at').notNull(),
    /** As the caller calls it. */
    reference: text('reference').notNull(),
    /** Which of its two wires it came over. */
    wire: text('wire', { enum: ['rest', 'hawksoft'] }).notNull(),
    /** Sealed { contact, subject, text }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
  },
  (table) => [index('sandbox_ams_notes_reference').on(table.reference), index('sandbox_ams_notes_at').on(table.at, table.id)],
)
