import { and, desc, eq, gt, isNotNull, lte, or, sql } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { tenantFence } from '../../../db/schema/fence.ts'
import { keyRotations, keyVersions, policyVersions } from '../../../db/schema/tenancy.ts'
import type { Read, Write } from './statement.ts'
import type { Row } from './store.ts'
import type { TenantDb } from './tenant-db.ts'

export type KeyVersionRow = typeof keyVersions.$inferSelect
export type RotationRow = typeof keyRotations.$inferSelect

export const keyVersionRows = (db: TenantDb): Read<KeyVersionRow[]> => db.find(keyVersions, { orderBy: [desc(keyVersions.version), desc(keyVersions.root)] })
export const rotationRows = (db: TenantDb): Read<RotationRow[]> => db.find(keyRotations, { orderBy: [desc(keyRotations.toVersion)], limit: 50 })
export const runningRotation = (db: TenantDb): Read<RotationRow | undefined> => db.findOne(keyRotations, eq(keyRotations.state, 'sweeping'))

export const insertRotation = (db: TenantDb, rotation: Row<typeof keyRotations>): Write => db.insert(keyRotations, rotation)

/** From here on nothing can be written under the older version: the outbox's trigger aborts the batch. */
export const raiseSealVersion = (db: TenantDb, from: number, to: number): Write => db.update(tenantFence, eq(tenantFence.sealVersion, from), { sealVersion: to }).orRefuse('rotation_running')

/** How far the sweep has come: `left` rows are still under an older version. The first one to tell says how many there were. */
export function tellProgress(db: TenantDb, id: string, left: number): Write {
  const total = sql`case when ${keyRotations.total} = 0 then ${left} else ${keyRotations.total} end`
  return db.update(keyRotations, eq(keyRotations.id, id), { total, moved: sql`max(0, ${total} - ${left})` })
}

export const finishRotation = (db: TenantDb, id: string, now: number): Write =>
  db.update(keyRotations, all(eq(keyRotations.id, id), eq(keyRotations.state, 'sweeping')), { state: 'done', moved: sql`${keyRotations.total}`, finishedAt: now }).orRefuse('rotation_done')

/** Versions that no row is under any more: they open old copies for a while yet. */
export const retireBelow = (db: TenantDb, version: number, now: number): Write =>
  db.update(keyVersions, all(eq(keyVersions.root, 'seal'), lte(keyVersions.version, version - 1), eq(keyVersions.state, 'active')), { state: 'retired', retiredAt: now })

export const markDestroyed = (db: TenantDb, id: string, now: number): Write => db.update(keyVersions, eq(keyVersions.id, id), { state: 'destroyed', destroyedAt: now })

export type KeyWork = { readonly tenantId: string; readonly what: 'sweep' | 'rotate' | 'destroy' }

/** What there is to do on one shard: tenants whose sweep is under way, whose seal root is due, whose retired version may go. */
export async function dueKeys(shard: D1Database, now: number, retiredBefore: number, limit: number): Promise<KeyWork[]> {
  const db = drizzle(shard)
  const days = sql`json_extract(${policyVersions.document}, '$."crypto.rotate_days"')`
  const [sweeping, due, retired] = await db.batch([
    db.selectDistinct({ tenantId: keyRotations.tenantId }).from(keyRotations).innerJoin(tenantFence, openFence(keyRotations.tenantId)).where(eq(keyRotations.state, 'sweeping')).limit(limit),
    db
      .select({ tenantId: keyVersions.tenantId })
      .from(keyVersions)
      .innerJoin(tenantFence, and(openFence(keyVersions.tenantId), eq(tenantFence.sealVersion, keyVersions.version)))
      .innerJoin(policyVersions, and(eq(policyVersions.tenantId, tenantFence.tenantId), eq(policyVersions.version, tenantFence.policyVersion)))
      .where(and(eq(keyVersions.root, 'seal'), eq(keyVersions.state, 'active'), lte(sql`${keyVersions.createdAt} + ${days} * 86400000`, now)))
      .limit(limit),
    db
      .selectDistinct({ tenantId: keyVersions.tenantId })
      .from(keyVersions)
      .innerJoin(tenantFence, openFence(keyVersions.tenantId))
      .leftJoin(keyRotations, and(eq(keyRotations.tenantId, keyVersions.tenantId), eq(keyRotations.reason, 'compromised'), eq(keyRotations.state, 'done'), gt(keyRotations.toVersion, keyVersions.version)))
      .where(and(eq(keyVersions.root, 'seal'), eq(keyVersions.state, 'retired'), or(lte(keyVersions.retiredAt, retiredBefore), isNotNull(keyRotations.id))))
      .limit(limit),
  ])
  const named = (rows: { tenantId: string }[], what: KeyWork['what']) => rows.map(({ tenantId }) => ({ tenantId, what }))
  return [...named(sweeping, 'sweep'), ...named(due, 'rotate'), ...named(retired, 'destroy')]
}

const openFence = (tenantId: typeof keyVersions.tenantId | typeof keyRotations.tenantId) => and(eq(tenantFence.tenantId, tenantId), eq(tenantFence.state, 'open'))

const all = (...conditions: Parameters<typeof and>) => and(...conditions) ?? sql`false`
