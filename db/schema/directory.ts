import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'

/** A sign-in, belonging to its person. Password, factors and sessions live in the account's guard object. */
export const accounts = sqliteTable(
  'accounts',
  {
    id: text('id').primaryKey(),
    /** Blind index of the address under the deployment's own `index` root. */
    emailIndex: text('email_index').notNull(),
    /** Sealed { email, name } under the deployment's own `seal` root. */
    contact: sealed('contact').notNull(),
    sealVersion: sealVersion(),
    createdAt: instant('created_at').notNull(),
  },
  (table) => [uniqueIndex('accounts_email').on(table.emailIndex)],
)

/** Which tenants an account may ask for. The role lives on the tenant's shard. */
export const accountTenants = sqliteTable(
  'account_tenants',
  {
    accountId: text('account_id').notNull(),
    tenantId: text('tenant_id').notNull(),
    since: instant('since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.accountId, table.tenantId] }), index('account_tenants_tenant').on(table.tenantId)],
)

/** Where each tenant lives. */
export const tenants = sqliteTable('tenants', {
  id: text('id').primaryKey(),
  shard: text('shard').notNull(),
  state: text('state', { enum: ['creating', 'open', 'moving', 'closing', 'closed'] }).notNull(),
  /** The shard it is to move to: an operator's wish while the tenant is open, and where it goes while it is moving. */
  movingTo: text('moving_to'),
  /** Set while a move is under way. */
  movingSince: instant('moving_since'),
  /** Set once the directory names the new shard: the one it came from, whose rows stay until the new one has opened. */
  movedFrom: text('moved_from'),
  createdAt: instant('created_at').notNull(),
})

/** An identity at an outside provider: (issuer, subject), linked by a signed-in step-up or a verified invitation, never by address alone. */
export const oidcIdentities = sqliteTable(
  'oidc_identities',
  {
    issuer: text('issuer').notNull(),
    subject: text('subject').notNull(),
    accountId: text('account_id').notNull(),
    linkedAt: instant('linked_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.issuer, table.subject] }), index('oidc_identities_account').on(table.accountId)],
)

/** A sign-up that waits for its address to be confirmed. */
export const signUps = sqliteTable(
  'sign_ups',
  {
    id: text('id').primaryKey(),
    /** Sealed { email, name, tenantName, kind, preset, passwordHash }. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    tokenHash: text('token_hash').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [index('sign_ups_expires').on(table.expiresAt)],
)

/** The directory's own outbox: events of the deployment's log, numbered by the counter row beside it. */
export const directoryOutbox = sqliteTable(
  'directory_outbox',
  {
    n: integer('n').primaryKey(),
    id: text('id').notNull(),
    body: text('body').notNull(),
    personal: text('personal'),
    mac: text('mac').notNull(),
    at: instant('at').notNull(),
    urgent: integer('urgent', { mode: 'boolean' }).notNull(),
  },
  (table) => [uniqueIndex('directory_outbox_event').on(table.id)],
)

/** One row: the directory's event counter and how far the deployment's chain has sealed. */
export const directoryFence = sqliteTable('directory_fence', {
  id: text('id').primaryKey(),
  sealVersion: integer('seal_version').notNull(),
  eventN: integer('event_n').notNull(),
  sealedN: integer('sealed_n').notNull(),
})

/** As on the shards: inserting a row aborts the batch with its reason. */
export const refusals = sqliteTable('refusals', { reason: text('reason').primaryKey() })

/** What happened at the door before any tenant was known (IFD-103). Success is kept 90 days, the rest one year. */
export const platformAuthLog = sqliteTable(
  'platform_auth_log',
  {
    id: text('id').primaryKey(),
    at: instant('at').notNull(),
    kind: text('kind').notNull(),
    result: text('result', { enum: ['success', 'failure'] }).notNull(),
    /** Blind index of the address that was typed; the address itself is never kept. */
    accountIndex: text('account_index').notNull(),
    /** Sealed { ip, userAgent }. */
    origin: sealed('origin'),
    sealVersion: sealVersion(),
    /** Blind index of the IP address, for forensics by equality. */
    ipIndex: text('ip_index').notNull(),
  },
  (table) => [
    index('platform_auth_log_due').on(table.result, table.at),
    index('platform_auth_log_account').on(table.accountIndex, table.at),
    index('platform_auth_log_ip').on(table.ipIndex, table.at),
  ],
)

/** What a probe measured and when. The trust page reads this and nothing else. */
export const probeReadings = sqliteTable(
  'probe_readings',
  {
    id: text('id').primaryKey(),
    control: text('control').notNull(),
    at: instant('at').notNull(),
    passed: integer('passed', { mode: 'boolean' }).notNull(),
    /** What was measured, in the control's own unit, as shown. */
    value: text('value').notNull(),
    /** The same as a number where there is one, for the chart. */
    measure: integer('measure'),
  },
  (table) => [
    index('probe_readings_control').on(table.control, table.at),
    index('probe_readings_passed').on(table.control, table.passed, table.at),
    index('probe_readings_at').on(table.at),
  ],
)

/** One run of a scheduled job. */
export const jobRuns = sqliteTable(
  'job_runs',
  {
    id: text('id').primaryKey(),
    job: text('job').notNull(),
    at: instant('at').notNull(),
    /** Where a resumable job goes on next time, or null when it is done. */
    cursor: text('cursor'),
    done: integer('done').notNull(),
    failed: integer('failed').notNull(),
  },
  (table) => [index('job_runs_job').on(table.job, table.at), index('job_runs_at').on(table.at)],
)

/** The platform's own outbound mail (identity mail never belongs to a tenant). Same shape as a shard's `deliveries`. */
export const platformDeliveries = sqliteTable(
  'platform_deliveries',
  {
    id: text('id').primaryKey(),
    channel: text('channel', { enum: ['mail'] }).notNull(),
    template: text('template').notNull(),
    /** Sealed { to, params }: bearer tokens are never in it, they are minted at the moment of sending. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    state: text('state', { enum: ['queued', 'sent', 'dead', 'dropped'] }).notNull(),
    attempts: integer('attempts').notNull(),
    dueAt: instant('due_at').notNull(),
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (table) => [index('platform_deliveries_due').on(table.state, table.dueAt)],
)

/**
 * Files that were sealed, by digest: what anybody may ask of the deployment about a PDF. Names no tenant and no person; its event stands in the
 * deployment's own log, whose checkpoint is public.
 */
export const sealedFiles = sqliteTable(
  'sealed_files',
  {
    id: text('id').primaryKey(),
    /** SHA-256 of the whole file, hex. */
    sha256: text('sha256').notNull(),
    /** SHA-256 of the signature in it, by which a changed or extended copy is recognised. */
    seal: text('seal').notNull(),
    sealedAt: instant('sealed_at').notNull(),
  },
  (table) => [uniqueIndex('sealed_files_file').on(table.sha256), index('sealed_files_seal').on(table.seal)],
)
