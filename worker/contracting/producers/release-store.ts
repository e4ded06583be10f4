import { and, asc, desc, eq, lte, sql, type SQL } from 'drizzle-orm'
import { releases } from '../../../db/schema/contracting-producers.ts'
import { tenantFence } from '../../../db/schema/fence.ts'
import type { ShardReader } from '../../core/tenancy/shard-reader.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { Row } from '../../core/tenancy/store.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type ReleaseRow = typeof releases.$inferSelect

export const insertRelease = (db: TenantDb, row: Row<typeof releases>): Write => db.insert(releases, row)
export const releaseById = (db: TenantDb, id: string): Read<ReleaseRow | undefined> => db.findOne(releases, eq(releases.id, id))

/** The questions about one link, the newest first. */
export const releasesOf = (db: TenantDb, linkId: string): Read<ReleaseRow[]> => db.find(releases, { where: eq(releases.linkId, linkId), orderBy: [desc(releases.askedAt), desc(releases.id)], limit: 50 })

/** Questions that wait for an answer, the most urgent first. */
export const openReleases = (db: TenantDb, side: ReleaseRow['side']): Read<ReleaseRow[]> => db.find(releases, { where: and(eq(releases.side, side), eq(releases.state, 'requested')), orderBy: [asc(releases.dueAt), asc(releases.id)], limit: 100 })

export const openReleaseCount = (db: TenantDb): Read<number> => db.count(releases, eq(releases.state, 'requested'))

type Answered = Partial<Pick<ReleaseRow, 'state' | 'answeredAt' | 'answeredBy' | 'content' | 'sealVersion'>>

/** Of two answers at once the first counts. */
export const answerReleaseRow = (db: TenantDb, id: string, set: Answered): Write => db.update(releases, and(eq(releases.id, id), eq(releases.state, 'requested')) as SQL, set).orRefuse('release_answered') // `as`: `and` of two conditions is one

/** The same release at the other end, unless another run has followed meanwhile. */
export const followRelease = (db: TenantDb, seen: Pick<ReleaseRow, 'id' | 'state'>, set: Answered): Write => db.update(releases, and(eq(releases.id, seen.id), eq(releases.state, seen.state)) as SQL, set).orRefuse('followed_already') // `as`: likewise

export const dueReleases = (db: TenantDb, now: number, limit: number): Read<ReleaseRow[]> => db.find(releases, { where: and(eq(releases.state, 'requested'), eq(releases.side, 'fmo'), lte(releases.dueAt, now)), limit })

/** Tenants of a shard with a question that was not answered in time, by id after `after`: for the cron, past the fence. */
export async function tenantsWithDueReleases(shard: ShardReader, now: number, after: string, limit: number): Promise<string[]> {
  const rows = await shard.ask((db) =>
    db
      .selectDistinct({ tenantId: releases.tenantId })
      .from(releases)
      .innerJoin(tenantFence, and(eq(tenantFence.tenantId, releases.tenantId), eq(tenantFence.state, 'open')))
      .where(and(eq(releases.state, 'requested'), eq(releases.side, 'fmo'), lte(releases.dueAt, now), sql`+${releases.tenantId} > ${after}`))
      .orderBy(releases.tenantId)
      .limit(limit),
  )
  return rows.map(({ tenantId }) => tenantId)
}
