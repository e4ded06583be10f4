import { foreignKey, index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** A carrier that this FMO contracts producers with. Another FMO's carrier of the same name is another row, with keys of its own. */
export const carriers = sqliteTable(
  'carriers',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    name: text('name').notNull(),
    /** As the National Association of Insurance Commissioners numbers companies. */
    naic: text('naic').notNull(),
    /** Space-separated: where it writes business, and in which lines of authority. */
    states: text('states').notNull(),
    lines: text('lines').notNull(),
    /** Space-separated parts of a passport that it asks for beside what every contract needs. */
    asksFor: text('asks_for').notNull(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('carriers_naic').on(table.tenantId, table.naic),
    index('carriers_named').on(table.tenantId, table.name, table.id),
    ofTenant(table.tenantId),
  ],
)

/** Where a carrier wants to be told that something is new. One address at a time: another one takes its place. */
export const webhookEndpoints = sqliteTable(
  'webhook_endpoints',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    carrierId: text('carrier_id').notNull(),
    url: text('url').notNull(),
    /** Sealed { secret }: what signs, for this address only. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    createdBy: text('created_by').notNull(),
    createdAt: instant('created_at').notNull(),
    endedAt: instant('ended_at'),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    foreignKey({ columns: [table.tenantId, table.carrierId], foreignColumns: [carriers.tenantId, carriers.id] }),
    index('webhook_endpoints_carrier').on(table.tenantId, table.carrierId, table.createdAt),
    index('webhook_endpoints_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)
