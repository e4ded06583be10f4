import { and, count, eq, gt, isNull, lte, type SQL } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/d1'
import { accountTenants, tenants } from '../../../db/schema/directory.ts'
import { tenantFence } from '../../../db/schema/fence.ts'
import { invitations, keyVersions, members, policyVersions, tenantProfiles, userRoles } from '../../../db/schema/tenancy.ts'
import type { DirectoryDb } from './directory-db.ts'
import type { Read, Write } from './statement.ts'
import type { TenantDb } from './tenant-db.ts'

/** Where a tenant lives, or undefined for one that never was. */
export const tenantPlace = (directory: DirectoryDb, tenantId: string): Read<{ shard: string; state: string } | undefined> =>
  directory.ask((db) => db.select({ shard: tenants.shard, state: tenants.state }).from(tenants).where(eq(tenants.id, tenantId))).map((rows) => rows[0])

/** Every tenant an account may ask for, and where it lives. */
export const accountPlaces = (directory: DirectoryDb, accountId: string): Read<{ id: string; shard: string }[]> =>
  directory.ask((db) => db.select({ id: tenants.id, shard: tenants.shard }).from(accountTenants).innerJoin(tenants, eq(tenants.id, accountTenants.tenantId)).where(eq(accountTenants.accountId, accountId)))

/** What a door needs to know of an account's seat, straight from the shard, before there is a fenced database to ask. */
export async function seatRow(shard: D1Database, tenantId: string, accountId: string) {
  return (await seatsOn(shard, tenantId, eq(members.accountId, accountId)))[0]
}

/** The same of every member. */
export const seatRows = (shard: D1Database, tenantId: string) => seatsOn(shard, tenantId, undefined)

const seatsOn = (shard: D1Database, tenantId: string, whose: SQL | undefined) =>
  drizzle(shard)
    .select({
      accountId: members.accountId,
      state: tenantFence.state,
      sealVersion: tenantFence.sealVersion,
      policyVersion: tenantFence.policyVersion,
      role: userRoles.role,
      memberId: members.id,
      name: tenantProfiles.name,
      kind: tenantProfiles.kind,
      preset: tenantProfiles.preset,
      closesAt: tenantProfiles.closesAt,
      policy: policyVersions.document,
    })
    .from(tenantFence)
    .innerJoin(members, and(eq(members.tenantId, tenantFence.tenantId), whose))
    .innerJoin(userRoles, and(eq(userRoles.tenantId, tenantFence.tenantId), eq(userRoles.id, members.id)))
    .innerJoin(tenantProfiles, eq(tenantProfiles.tenantId, tenantFence.tenantId))
    .innerJoin(policyVersions, and(eq(policyVersions.tenantId, tenantFence.tenantId), eq(policyVersions.version, tenantFence.policyVersion)))
    .where(eq(tenantFence.tenantId, tenantId))

/** A tenant as one finds it without being a member: for API keys and jobs. */
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

/** A row of a tenant's table as a store writes it: `TenantDb` adds the tenant. */
export type Row<T extends { $inferInsert: { tenantId: string } }> = Omit<T['$inferInsert'], 'tenantId'> & { tenantId?: never }

/** How many tenants each shard holds, those being made and closed ones included. */
export const tenantsByShard = (directory: DirectoryDb): Read<{ shard: string; n: number }[]> =>
  directory.ask((db) => db.select({ shard: tenants.shard, n: count() }).from(tenants).groupBy(tenants.shard))

/** A tenant that was begun for this account and never completed. */
export const begunTenant = (directory: DirectoryDb, accountId: string): Read<{ id: string; shard: string } | undefined> =>
  directory
    .ask((db) =>
      db
        .select({ id: tenants.id, shard: tenants.shard })
        .from(tenants)
        .innerJoin(accountTenants, eq(accountTenants.tenantId, tenants.id))
        .where(and(eq(accountTenants.accountId, accountId), eq(tenants.state, 'creating'))),
    )
    .map((rows) => rows[0])

export const insertTenant = (directory: DirectoryDb, tenant: { id: string; shard: string; createdAt: number }): Write =>
  directory.change((db) => db.insert(tenants).values({ ...tenant, state: 'creating' }))

export const openTenant = (directory: DirectoryDb, tenantId: string): Write =>
  directory.change((db) => db.update(tenants).set({ state: 'open' }).where(and(eq(tenants.id, tenantId), eq(tenants.state, 'creating')))).orRefuse('not_creating')

export const tenantCreatedAt = (directory: DirectoryDb, tenantId: string): Read<number | undefined> =>
  directory.ask((db) => db.select({ at: tenants.createdAt }).from(tenants).where(eq(tenants.id, tenantId))).map((rows) => rows[0]?.at)

export const insertAccountTenant = (directory: DirectoryDb, seat: { accountId: string; tenantId: string; since: number }): Write =>
  directory.change((db) => db.insert(accountTenants).values(seat).onConflictDoNothing())

export const insertProfile = (db: TenantDb, profile: Row<typeof tenantProfiles>): Write => db.insert(tenantProfiles, profile)
export const renameProfile = (db: TenantDb, name: string): Write => db.update(tenantProfiles, eq(tenantProfiles.id, db.tenantId), { name })
/** Sessions opened before `now` are void in this tenant: every batch asks the fence. */
export const raiseSessionsAfter = (db: TenantDb, now: number): Write => db.update(tenantFence, lte(tenantFence.sessionsAfter, now), { sessionsAfter: now })
export const insertPolicyVersion = (db: TenantDb, version: Row<typeof policyVersions>): Write => db.insert(policyVersions, version)
export const insertMember = (db: TenantDb, member: Row<typeof members>): Write => db.insert(members, member)
export const insertRole = (db: TenantDb, role: Row<typeof userRoles>): Write => db.insert(userRoles, role)
export const insertKeyVersion = (db: TenantDb, version: Row<typeof keyVersions>): Write => db.insert(keyVersions, version)

export const memberCount = (db: TenantDb): Read<number> => db.count(members)

/** One until somebody changed the policy. */
export const policyVersionCount = (db: TenantDb): Read<number> => db.count(policyVersions)

export const openInvitationCount = (db: TenantDb, now: number): Read<number> =>
  db.count(invitations, and(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now)))
