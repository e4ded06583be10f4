import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** Somebody outside whose signed messages a tenant takes. */
export const hookConnections = sqliteTable(
  'hook_connections',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Whose messages, by the name that the address carries: `dialpad`. */
    sender: text('sender').notNull(),
    label: text('label').notNull(),
    /** Sealed { secret, previous }: what its messages are proven with. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    /** When the secret now in use was made. */
    secretAt: instant('secret_at').notNull(),
    /** Until when the one before it is accepted too. */
    previousUntil: instant('previous_until'),
    revokedAt: instant('revoked_at'),
    /** Rises with each change: of two that saw the same one, one is refused. */
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    index('hook_connections_listed').on(table.tenantId, table.createdAt, table.id),
    index('hook_connections_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)

/** Messages that were taken: ids and what came of them, nothing of what they said. The unique key is what refuses a second one. */
export const webhookEvents = sqliteTable(
  'webhook_events',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    connectionId: text('connection_id').notNull(),
    sender: text('sender').notNull(),
    /** The sender's own id of the message. */
    eventId: text('event_id').notNull(),
    /** A word of ours: `answered`. */
    type: text('type').notNull(),
    result: text('result', { enum: ['taken', 'nothing', 'too_late', 'test'] }).notNull(),
    at: instant('at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('webhook_events_once').on(table.tenantId, table.connectionId, table.eventId),
    index('webhook_events_listed').on(table.tenantId, table.connectionId, table.at, table.id),
    index('webhook_events_due').on(table.at),
    foreignKey({ columns: [table.tenantId, table.connectionId], foreignColumns: [hookConnections.tenantId, hookConnections.id] }),
    ofTenant(table.tenantId),
  ],
)
