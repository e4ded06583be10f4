import { foreignKey, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant } from './columns.ts'

/**
 * One row per tenant on its shard. Every batch of the tenant begins with it: a reading batch joins it with the actor's
 * role, a writing batch takes its gap-free event number from it, and a trigger on `outbox` aborts the batch unless the
 * fence is open at the seal version the writer used. Its key never changes, so it is the one target of ON DELETE CASCADE.
 */
export const tenantFence = sqliteTable('tenant_fence', {
  tenantId: text('tenant_id').primaryKey(),
  state: text('state', { enum: ['open', 'moving', 'moved', 'closed', 'restored'] }).notNull(),
  sealVersion: integer('seal_version').notNull(),
  /** Sessions opened before this instant are void in this tenant. */
  sessionsAfter: instant('sessions_after').notNull(),
  /** The policy version in force, so that a door holding an older copy learns it in the very next batch. */
  policyVersion: integer('policy_version').notNull(),
  /** The last event number handed out. */
  eventN: integer('event_n').notNull(),
  /** The last event number the audit chain has sealed. */
  sealedN: integer('sealed_n').notNull(),
})

/**
 * Events on their way to the audit chain. A row is written in the batch of the change it tells of, never changed, and
 * leaves only once sealed and followed. Without a foreign key on purpose: a log must not die by cascade.
 */
export const outbox = sqliteTable(
  'outbox',
  {
    tenantId: text('tenant_id').notNull(),
    /** Taken from the fence; gap-free per tenant. */
    n: integer('n').notNull(),
    /** The event's id; the chain appends exactly once by it. */
    id: text('id').notNull(),
    /** Canonical JSON of the entry, see `worker/core/audit/event.ts`. */
    body: text('body').notNull(),
    /** Sealed personal part (IP, user agent, reason), or null. */
    personal: text('personal'),
    /** HMAC over tenant, event id, body and personal part under the tenant's `audit` root: a row nobody with D1 access alone can forge. */
    mac: text('mac').notNull(),
    sealVersion: integer('seal_version').notNull(),
    /** The member's account and the role it acted in; a trigger aborts the batch when the role no longer holds. */
    accountId: text('account_id'),
    role: text('role'),
    at: instant('at').notNull(),
    /** True for what must go through even while the chain lags: sign-out, revocation, opt-out, purge. */
    urgent: integer('urgent', { mode: 'boolean' }).notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.n] }),
    uniqueIndex('outbox_event').on(table.tenantId, table.id),
  ],
)

/** A row here never exists: inserting one aborts the batch with its reason. How a batch refuses a change that found nothing to change. */
export const refusals = sqliteTable('refusals', { reason: text('reason').primaryKey() })

/** The reference every tenant table makes to its fence. */
export const ofTenant = (tenantId: Parameters<typeof foreignKey>[0]['columns'][0]) =>
  foreignKey({ columns: [tenantId], foreignColumns: [tenantFence.tenantId] }).onDelete('cascade')

