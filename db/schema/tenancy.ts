import { sql } from 'drizzle-orm'
import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** What the tenant calls itself. One row; `id` equals `tenant_id`. */
export const tenantProfiles = sqliteTable(
  'tenant_profiles',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: ['fmo', 'producer', 'agency', 'practice', 'employer', 'staffing', 'sandbox'] }).notNull(),
    preset: text('preset').notNull(),
    createdAt: instant('created_at').notNull(),
    /** Set while a closing waits out its grace period. */
    closesAt: instant('closes_at'),
    closedBy: text('closed_by'),
  },
  (table) => [primaryKey({ columns: [table.tenantId, table.id] }), ofTenant(table.tenantId)],
)

/** Every version of the tenant's policy document; the newest is in force. */
export const policyVersions = sqliteTable(
  'policy_versions',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    version: integer('version').notNull(),
    /** JSON of the whole document, see `worker/core/tenancy/contract.ts`. */
    document: text('document').notNull(),
    changedBy: text('changed_by').notNull(),
    changedAt: instant('changed_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('policy_versions_version').on(table.tenantId, table.version),
    ofTenant(table.tenantId),
  ],
)

/** An account's seat in a tenant. */
export const members = sqliteTable(
  'members',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    accountId: text('account_id').notNull(),
    /** Sealed { name, email }. */
    contact: sealed('contact').notNull(),
    sealVersion: sealVersion(),
    joinedAt: instant('joined_at').notNull(),
    invitedBy: text('invited_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('members_account').on(table.tenantId, table.accountId),
    index('members_joined').on(table.tenantId, table.joinedAt, table.id),
    index('members_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** The role a member holds: the one place that says it (CLN-22). `id` equals the member's id. */
export const userRoles = sqliteTable(
  'user_roles',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    accountId: text('account_id').notNull(),
    role: text('role', { enum: ['owner', 'admin', 'member', 'viewer'] }).notNull(),
    since: instant('since').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('user_roles_account').on(table.tenantId, table.accountId),
    foreignKey({ columns: [table.tenantId, table.id], foreignColumns: [members.tenantId, members.id] }),
    ofTenant(table.tenantId),
  ],
)

/** A signed, single-use, expiring offer of a seat. */
export const invitations = sqliteTable(
  'invitations',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Sealed { email, name }. */
    contact: sealed('contact').notNull(),
    sealVersion: sealVersion(),
    /** Blind index of the address, so that one address has one open invitation. */
    emailIndex: text('email_index').notNull(),
    role: text('role', { enum: ['owner', 'admin', 'member', 'viewer'] }).notNull(),
    /** SHA-256 of the token in the mailed link. */
    tokenHash: text('token_hash'),
    invitedBy: text('invited_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    acceptedAt: instant('accepted_at'),
    acceptedBy: text('accepted_by'),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('invitations_created').on(table.tenantId, table.createdAt, table.id),
    /** One address has one invitation that may still be accepted: of two sent at once the database takes one. */
    uniqueIndex('invitations_email_open').on(table.tenantId, table.emailIndex).where(sql`accepted_at IS NULL AND revoked_at IS NULL`),
    index('invitations_expires').on(table.expiresAt),
    index('invitations_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** Which versions of the tenant's four roots exist. The keys themselves lie wrapped in the KEYS bucket, never here. */
export const keyVersions = sqliteTable(
  'key_versions',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    root: text('root', { enum: ['seal', 'index', 'token', 'audit'] }).notNull(),
    version: integer('version').notNull(),
    state: text('state', { enum: ['active', 'retired', 'destroyed'] }).notNull(),
    createdAt: instant('created_at').notNull(),
    /** When the last row left this version; opening stays possible 35 days longer. */
    retiredAt: instant('retired_at'),
    destroyedAt: instant('destroyed_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('key_versions_version').on(table.tenantId, table.root, table.version),
    ofTenant(table.tenantId),
  ],
)

/** A rotation of the `seal` root and how far its sweep has come. */
export const keyRotations = sqliteTable(
  'key_rotations',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    fromVersion: integer('from_version').notNull(),
    toVersion: integer('to_version').notNull(),
    reason: text('reason', { enum: ['schedule', 'button', 'compromised'] }).notNull(),
    state: text('state', { enum: ['sweeping', 'done'] }).notNull(),
    /** Rows still on an older version when the sweep began, and how many it has moved. */
    total: integer('total').notNull(),
    moved: integer('moved').notNull(),
    startedBy: text('started_by').notNull(),
    startedAt: instant('started_at').notNull(),
    finishedAt: instant('finished_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('key_rotations_version').on(table.tenantId, table.toVersion),
    ofTenant(table.tenantId),
  ],
)
