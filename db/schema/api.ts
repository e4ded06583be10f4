import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** What is seen of a key: the tenant's own, or a carrier's. The secret's hash lives in the key's guard object; here is nothing to sign in with. */
export const apiKeys = sqliteTable(
  'api_keys',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Whose key it is, where it is not the tenant's own. The database holds it to that: `cky_` ids name a carrier, `key_` ids none. */
    carrierId: text('carrier_id'),
    label: text('label').notNull(),
    /** The first characters of the token, enough to tell keys apart in a list. */
    prefix: text('prefix').notNull(),
    /** SHA-256 (hex) of the token. */
    secretHash: text('secret_hash').notNull(),
    /** Space-separated scopes, as OAuth writes them. */
    scopes: text('scopes').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
    revokedAt: instant('revoked_at'),
    revokedBy: text('revoked_by'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('api_keys_hash').on(table.tenantId, table.secretHash),
    index('api_keys_created').on(table.tenantId, table.createdAt, table.id),
    index('api_keys_carrier').on(table.tenantId, table.carrierId, table.createdAt, table.id),
    ofTenant(table.tenantId),
  ],
)

/**
 * One POST that carried an Idempotency-Key. The claim is a row of the verb's own batch, so its unique key aborts a second
 * run; the sealed answer takes the place of the sealed subject afterwards and is replayed for 24 hours.
 */
export const idempotencyKeys = sqliteTable(
  'idempotency_keys',
  {
    tenantId: text('tenant_id').notNull(),
    /** Blind index of actor, route and the client's key. */
    id: text('id').notNull(),
    /** SHA-256 of the request's canonical body. */
    bodyHash: text('body_hash').notNull(),
    /** What its first run answers with. */
    status: integer('status'),
    /** Sealed answer, or what was made while none is kept yet; null where none may be kept (a secret shown once). */
    answer: sealed('answer'),
    sealVersion: sealVersion(),
    createdAt: instant('created_at').notNull(),
    expiresAt: instant('expires_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('idempotency_keys_due').on(table.expiresAt),
    ofTenant(table.tenantId),
  ],
)
