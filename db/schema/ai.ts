import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { instant, sealed, sealVersion } from './columns.ts'
import { ofTenant } from './fence.ts'

/** The endpoint that a tenant lets summarise its calls: one, or none. */
export const assistants = sqliteTable(
  'assistants',
  {
    tenantId: text('tenant_id').notNull(),
    id: text('id').notNull(),
    /** Where it is asked, up to and without `/chat/completions`. */
    base: text('base').notNull(),
    model: text('model').notNull(),
    isOn: integer('is_on', { mode: 'boolean' }).notNull(),
    /** Sealed { origin, key }: the key goes to that origin and to no other. */
    content: sealed('content').notNull(),
    sealVersion: sealVersion(),
    setBy: text('set_by').notNull(),
    setAt: instant('set_at').notNull(),
    testedAt: instant('tested_at'),
    /** What came of the last test: a word of ours. */
    testOutcome: text('test_outcome'),
    /** Rises with each change: of two that saw the same one, one is refused. */
    version: integer('version').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.tenantId, table.id] }),
    uniqueIndex('assistants_one').on(table.tenantId),
    index('assistants_seal').on(table.tenantId, table.sealVersion),
    ofTenant(table.tenantId),
  ],
)
