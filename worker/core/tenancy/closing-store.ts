import { and, eq, inArray, isNull, lte } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { apiKeys } from '../../../db/schema/api.ts'
import { accountTenants, tenants } from '../../../db/schema/directory.ts'
import { outbox, tenantFence } from '../../../db/schema/fence.ts'
import { policyVersions, tenantProfiles } from '../../../db/schema/tenancy.ts'
import { isFault } from '../failure.ts'
import type { DirectoryDb } from './directory-db.ts'
import { inState } from './fence-guard.ts'
import { fenceAt } from './move-store.ts'
import { refusalOf } from './refusal.ts'
import { quoted, tenantTables } from './shard-tables.ts'
import type { Read, Write } from './statement.ts'
import type { TenantDb } from './tenant-db.ts'

type DirectoryState = (typeof tenants.$inferSelect)['state']

/** Access ends with this batch: from the next one on the fence answers `not_found` to everybody. */
export const announceClosing = (db: TenantDb, closesAt: number, closedBy: string): Write[] => [
  db.update(tenantProfiles, and(eq(tenantProfiles.id, db.tenantId), isNull(tenantProfiles.closesAt)) ?? eq(tenantProfiles.id, db.tenantId), { closesAt, closedBy }).orRefuse('closing_already'),
  db.update(tenantFence, eq(tenantFence.state, 'open'), { state: 'closed' }),
]

export const callOff = (db: TenantDb): Write => db.update(tenantProfiles, eq(tenantProfiles.id, db.tenantId), { closesAt: null, closedBy: null })

export const turnTenant = (directory: DirectoryDb, tenantId: string, from: DirectoryState, to: DirectoryState): Write =>
  directory.change((db) => db.update(tenants).set({ state: to }).where(and(eq(tenants.id, tenantId), eq(tenants.state, from)))).orRefuse('state_changed')

/** Tenants of an account that stand in this state. */
export const tenantsIn = (directory: DirectoryDb, accountId: string, state: DirectoryState): Read<{ id: string; shard: string }[]> =>
  directory.ask((db) =>
    db.select({ id: tenants.id, shard: tenants.shard }).from(accountTenants).innerJoin(tenants, eq(tenants.id, accountTenants.tenantId)).where(and(eq(accountTenants.accountId, accountId), eq(tenants.state, state))),
  )

/** Tenants that a cron has to look at, the oldest first. */
export const directoryTenants = (directory: DirectoryDb, states: readonly DirectoryState[]): Read<{ id: string; shard: string; state: DirectoryState }[]> =>
  directory.ask((db) =>
    db.select({ id: tenants.id, shard: tenants.shard, state: tenants.state }).from(tenants).where(inArray(tenants.state, [...states])).orderBy(tenants.createdAt).limit(200),
  )

/** Nothing in the directory names the tenant after this. Refused where it stands otherwise meanwhile. */
export const forgetTenant = (directory: DirectoryDb, tenantId: string, state: DirectoryState): Write[] => [
  directory.change((db) => db.delete(tenants).where(and(eq(tenants.id, tenantId), eq(tenants.state, state)))).orRefuse('state_changed'),
  directory.change((db) => db.delete(accountTenants).where(eq(accountTenants.tenantId, tenantId))),
]

/** Closed tenants of one shard whose grace period is over. */
export async function overdueClosings(shard: D1Database, now: number, limit: number): Promise<string[]> {
  const rows = await drizzle(shard)
    .select({ tenantId: tenantFence.tenantId })
    .from(tenantFence)
    .innerJoin(tenantProfiles, eq(tenantProfiles.tenantId, tenantFence.tenantId))
    .where(and(eq(tenantFence.state, 'closed'), lte(tenantProfiles.closesAt, now)))
    .limit(limit)
  return rows.map(({ tenantId }) => tenantId)
}

/** What is left of a tenant on its shard, read past the fence; undefined where its rows are gone already. */
export async function closedTenant(shard: D1Database, tenantId: string) {
  const db = drizzle(shard)
  const [fences, waiting, keys] = await db.batch([
    db.select({ state: tenantFence.state, closesAt: tenantProfiles.closesAt, preset: tenantProfiles.preset, policy: policyVersions.document })
      .from(tenantFence)
      .leftJoin(tenantProfiles, eq(tenantProfiles.tenantId, tenantFence.tenantId))
      .leftJoin(policyVersions, and(eq(policyVersions.tenantId, tenantFence.tenantId), eq(policyVersions.version, tenantFence.policyVersion)))
      .where(eq(tenantFence.tenantId, tenantId)),
    db.select({ n: outbox.n }).from(outbox).where(eq(outbox.tenantId, tenantId)).limit(1),
    db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.tenantId, tenantId)),
  ])
  const fence = fences[0]
  return fence && { ...fence, profile: fence.preset !== null, hasEvents: waiting.length > 0, apiKeys: keys.map(({ id }) => id) }
}

/** Rows removed by one statement: a cascade over a large tenant would not end within what one statement may take. */
const AT_ONCE = 1000

/**
 * Every row of a tenant on a shard, children before parents, the fence last. Answers how many went. Safe to repeat. Each
 * batch is held to the fence: a tenant that was called back, or that opened here meanwhile, loses nothing more, and this
 * throws `stale_fence`. Nothing is done where there is no fence.
 */
export async function removeTenantRows(shard: D1Database, tenantId: string, state: 'closed' | 'moved' | 'moving'): Promise<number> {
  let removed = 0
  for (const { name } of (await tenantTables(shard)).toReversed()) {
    const some = `delete from ${quoted(name)} where rowid in (select rowid from ${quoted(name)} where tenant_id = ? limit ${AT_ONCE})`
    for (let gone = AT_ONCE; gone >= AT_ONCE; removed += gone) gone = await removeWhile(shard, tenantId, state, [some])
  }
  // In one batch: without its fence the trigger would not let an outbox row go, and a fence without its rows is nothing.
  await removeWhile(shard, tenantId, state, ['delete from outbox where tenant_id = ?', 'delete from tenant_fence where tenant_id = ?'])
  return removed
}

/** Nothing where the fence is gone: another run came to the end. */
async function removeWhile(shard: D1Database, tenantId: string, state: 'closed' | 'moved' | 'moving', deletes: readonly string[]): Promise<number> {
  try {
    const [, ...results] = await shard.batch([inState(shard, tenantId, state), ...deletes.map((sql) => shard.prepare(sql).bind(tenantId))])
    return results.reduce((sum, { meta }) => sum + meta.changes, 0)
  } catch (thrown) {
    const refused = refusalOf(thrown)
    if (isFault(refused) && refused.failure.code === 'stale_fence' && (await fenceAt(shard, tenantId)) === null) return 0
    throw refused
  }
}
