import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant } from './columns.ts'
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
