import { integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
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
