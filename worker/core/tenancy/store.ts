import { and, eq } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { tenants } from '../../../db/schema/directory.ts'
import { tenantFence } from '../../../db/schema/fence.ts'
import { members, policyVersions, tenantProfiles, userRoles } from '../../../db/schema/tenancy.ts'
import type { DirectoryDb } from './directory-db.ts'
import type { Read } from './statement.ts'

/** Where a tenant lives, or undefined for one that never was. */
export const tenantPlace = (directory: DirectoryDb, tenantId: string): Read<{ shard: string; state: string } | undefined> =>
  directory.ask((db) => db.select({ shard: tenants.shard, state: tenants.state }).from(tenants).where(eq(tenants.id, tenantId))).map((rows) => rows[0])

/** What a door needs to know of an account's seat, straight from the shard, before there is a fenced database to ask. */
export async function seatRow(shard: D1Database, tenantId: string, accountId: string) {
  const rows = await drizzle(shard)
    .select({
      state: tenantFence.state,
      sealVersion: tenantFence.sealVersion,
      policyVersion: tenantFence.policyVersion,
      role: userRoles.role,
      memberId: members.id,
      name: tenantProfiles.name,
      kind: tenantProfiles.kind,
      preset: tenantProfiles.preset,
      policy: policyVersions.document,
    })
    .from(tenantFence)
    .innerJoin(members, and(eq(members.tenantId, tenantFence.tenantId), eq(members.accountId, accountId)))
    .innerJoin(userRoles, and(eq(userRoles.tenantId, tenantFence.tenantId), eq(userRoles.id, members.id)))
    .innerJoin(tenantProfiles, eq(tenantProfiles.tenantId, tenantFence.tenantId))
    .innerJoin(policyVersions, and(eq(policyVersions.tenantId, tenantFence.tenantId), eq(policyVersions.version, tenantFence.policyVersion)))
    .where(eq(tenantFence.tenantId, tenantId))
  return rows[0]
}

/** The same without a member: for API keys and jobs. */
export async function tenantRow(shard: D1Database, tenantId: string) {
  const rows = await drizzle(shard)
    .select({
      state: tenantFence.state,
      sealVersion: tenantFence.sealVersion,
      policyVersion: tenantFence.policyVersion,
      eventN: tenantFence.eventN,
      sealedN: tenantFence.sealedN,
      name: tenantProfiles.name,
      kind: tenantProfiles.kind,
      preset: tenantProfiles.preset,
      policy: policyVersions.document,
    })
    .from(tenantFence)
    .innerJoin(tenantProfiles, eq(tenantProfiles.tenantId, tenantFence.tenantId))
    .innerJoin(policyVersions, and(eq(policyVersions.tenantId, tenantFence.tenantId), eq(policyVersions.version, tenantFence.policyVersion)))
    .where(eq(tenantFence.tenantId, tenantId))
  return rows[0]
}

