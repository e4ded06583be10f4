import { and, eq, sql } from 'drizzle-orm'
import type { DrizzleD1Database } from 'drizzle-orm/d1'
import { refusals, tenantFence } from '../../../db/schema/fence.ts'
import type { Item } from './statement.ts'

/** The first statement of a batch that writes past the door: it aborts the batch unless the fence says just this. */
export const inState = (shard: D1Database, tenantId: string, state: (typeof tenantFence.$inferSelect)['state']): D1PreparedStatement =>
  shard.prepare("insert into refusals (reason) select 'fence' where not exists (select 1 from tenant_fence where tenant_id = ? and state = ?)").bind(tenantId, state)

/** The first statement of a batch without an event: it aborts the batch unless the fence is open at this seal version. */
export function whileOpen(db: DrizzleD1Database, fence: { readonly tenantId: string; readonly sealVersion: number }): Item {
  const open = and(eq(tenantFence.tenantId, fence.tenantId), eq(tenantFence.state, 'open'), eq(tenantFence.sealVersion, fence.sealVersion))
  return db.insert(refusals).select(sql`select 'fence' where not exists (select 1 from ${tenantFence} where ${open})`)
}
