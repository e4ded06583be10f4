import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** What a tenant sends out: one row per message, from the batch that caused it until some days after it was settled. */
export const deliveries = sqliteTable(
  'deliveries',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    channel: text('channel', { enum: ['mail', 'webhook'] }).notNull(),
    template: text('template').notNull(),
    /** Sealed { to, params }. Bearer tokens are never in it: they are made at the moment of sending. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    /** `dropped`: no longer wanted when its turn came, e.g. an invitation taken back. */
    state: text('state', { enum: ['queued', 'sent', 'dead', 'dropped'] }).notNull(),
    attempts: integer('attempts').notNull(),
    /** When something next happens to the row: the next attempt of a queued one, the removal of a settled one. */
    dueAt: instant('due_at').notNull(),
    /** Why the last attempt failed: one of our own words, never the other side's. */
    lastError: text('last_error'),
    createdAt: instant('created_at').notNull(),
    settledAt: instant('settled_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('deliveries_due').on(table.state, table.dueAt),
    index('deliveries_created').on(table.tenantId, table.createdAt, table.id),
    index('deliveries_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)
