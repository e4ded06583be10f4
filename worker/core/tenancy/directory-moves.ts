import { and, eq } from 'drizzle-orm'
import { tenants } from '../../../db/schema/directory.ts'
import type { Visit } from '../ctx.ts'
import type { DirectoryDb } from './directory-db.ts'
import { tenantOpened } from './module.ts'
import type { Read, Write } from './statement.ts'

type Place = Pick<typeof tenants.$inferSelect, 'shard' | 'state' | 'movingTo'>

export const moveOf = (directory: DirectoryDb, tenantId: string): Read<Place | undefined> =>
  directory.ask((db) => db.select({ shard: tenants.shard, state: tenants.state, movingTo: tenants.movingTo }).from(tenants).where(eq(tenants.id, tenantId))).map((rows) => rows[0])

export const beginMove = (directory: DirectoryDb, tenantId: string, from: string, to: string): Write =>
  directory.change((db) => db.update(tenants).set({ state: 'moving', movingTo: to }).where(and(eq(tenants.id, tenantId), eq(tenants.state, 'open'), eq(tenants.shard, from)))).orRefuse('state_changed')

/** From here on doors are sent to the new shard, where the fence does not take writes yet. */
export const switchShard = (directory: DirectoryDb, tenantId: string, from: string, to: string): Write =>
  directory.change((db) => db.update(tenants).set({ shard: to }).where(and(eq(tenants.id, tenantId), eq(tenants.state, 'moving'), eq(tenants.shard, from)))).orRefuse('state_changed')

export async function endMove(visit: Visit, tenantId: string, shard: string): Promise<void> {
  const end = visit.directory
    .change((db) => db.update(tenants).set({ state: 'open', movingTo: null }).where(and(eq(tenants.id, tenantId), eq(tenants.state, 'moving'), eq(tenants.shard, shard))))
    .orRefuse('state_changed')
  await visit.commitDirectory([end], tenantOpened(tenantId, {}))
}
