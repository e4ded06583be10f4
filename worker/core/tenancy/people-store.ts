import { and, asc, desc, eq, gt, inArray, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import { accountTenants } from '../../../db/schema/directory.ts'
import { invitations, members, userRoles } from '../../../db/schema/tenancy.ts'
import type { Position } from '../api/cursor.ts'
import type { Role } from '../module.ts'
import type { DirectoryDb } from './directory-db.ts'
import type { Read, Write } from './statement.ts'
import type { Row } from './store.ts'
import type { TenantDb } from './tenant-db.ts'

const withRole = {
  id: members.id, accountId: members.accountId, contact: members.contact, sealVersion: members.sealVersion, joinedAt: members.joinedAt, role: userRoles.role,
}
/** A member with the role it holds now. */
export type MemberRow = Pick<typeof members.$inferSelect, 'id' | 'accountId' | 'contact' | 'sealVersion' | 'joinedAt'> & { role: Role }
export type InvitationRow = typeof invitations.$inferSelect

const seated = (db: TenantDb, where: SQL | undefined, orderBy: SQL[] = [], limit?: number): Read<MemberRow[]> =>
  db.join(members, userRoles, { columns: withRole, on: eq(userRoles.id, members.id), where, orderBy, ...(limit === undefined ? {} : { limit }) })

/** Whoever joined first comes first, from behind `after`, in one role where one is named. One row more than the page tells whether there is another. */
export const memberPage = (db: TenantDb, after: Position | null, limit: number, role?: Role): Read<MemberRow[]> =>
  seated(
    db,
    and(after ? or(gt(members.joinedAt, after.at), and(eq(members.joinedAt, after.at), gt(members.id, after.id))) : undefined, role && eq(userRoles.role, role)),
    [asc(members.joinedAt), asc(members.id)],
    limit + 1,
  )

/** How many members hold a role. */
export const roleCount = (db: TenantDb, role: Role): Read<number> => db.count(userRoles, eq(userRoles.role, role))

export const memberById = (db: TenantDb, id: string): Read<MemberRow | undefined> => seated(db, eq(members.id, id)).map((rows) => rows[0])
export const membersByIds = (db: TenantDb, ids: readonly string[]): Read<MemberRow[]> => seated(db, inArray(members.id, [...ids]))
export const memberByAccount = (db: TenantDb, accountId: string): Read<MemberRow | undefined> => seated(db, eq(members.accountId, accountId)).map((rows) => rows[0])

/** The role as it was read becomes another one; refused when somebody else changed it first. */
export const changeRoleOf = (db: TenantDb, member: { id: string; role: Role }, role: Role, since: number): Write =>
  db.update(userRoles, all(eq(userRoles.id, member.id), eq(userRoles.role, member.role)), { role, since }).orRefuse('role_changed')

/** The role goes first: it stands on the member. */
export const removeMemberRows = (db: TenantDb, member: { id: string; role: Role }): Write[] => [
  db.remove(userRoles, all(eq(userRoles.id, member.id), eq(userRoles.role, member.role))).orRefuse('role_changed'),
  db.remove(members, eq(members.id, member.id)),
]

export const insertInvitation = (db: TenantDb, invitation: Row<typeof invitations>): Write => db.insert(invitations, invitation)

/** Invitations of an address that have run out give its place free; they end at the very moment they ran out. */
export const endExpiredInvitations = (db: TenantDb, emailIndex: string, now: number): Write =>
  db.update(invitations, all(eq(invitations.emailIndex, emailIndex), isNull(invitations.acceptedAt), isNull(invitations.revokedAt), lte(invitations.expiresAt, now)), { revokedAt: sql`${invitations.expiresAt}` })
export const invitationById = (db: TenantDb, id: string): Read<InvitationRow | undefined> => db.findOne(invitations, eq(invitations.id, id))

export const openInvitationFor = (db: TenantDb, emailIndex: string, now: number): Read<InvitationRow | undefined> => db.findOne(invitations, and(eq(invitations.emailIndex, emailIndex), open(now)))

/** Newest first, from below `after`. */
export const invitationPage = (db: TenantDb, after: Position | null, limit: number): Read<InvitationRow[]> =>
  db.find(invitations, {
    where: after ? or(lt(invitations.createdAt, after.at), and(eq(invitations.createdAt, after.at), lt(invitations.id, after.id))) : undefined,
    orderBy: [desc(invitations.createdAt), desc(invitations.id)],
    limit: limit + 1,
  })

/** Of many acceptances at once one finds it still open. */
export const useInvitation = (db: TenantDb, id: string, by: string, now: number): Write =>
  db.update(invitations, all(eq(invitations.id, id), open(now)), { acceptedAt: now, acceptedBy: by }).orRefuse('invitation_used')

/** Bookkeeping: it was over already when somebody came with it. */
export const endInvitation = (db: TenantDb, id: string, expiresAt: number): Write =>
  db.update(invitations, all(eq(invitations.id, id), isNull(invitations.acceptedAt), isNull(invitations.revokedAt)), { expiresAt })

export const revokeInvitationRow = (db: TenantDb, id: string, by: string, now: number): Write =>
  db.update(invitations, all(eq(invitations.id, id), open(now)), { revokedAt: now, revokedBy: by }).orRefuse('invitation_not_open')

export const accountTenantOf = (directory: DirectoryDb, accountId: string, tenantId: string): Read<boolean> =>
  directory.ask((db) => db.select({ id: accountTenants.tenantId }).from(accountTenants).where(and(eq(accountTenants.accountId, accountId), eq(accountTenants.tenantId, tenantId)))).map((rows) => rows.length > 0)

/** Every account that may ask for the tenant. */
export const accountsOfTenant = (directory: DirectoryDb, tenantId: string): Read<string[]> =>
  directory.ask((db) => db.select({ id: accountTenants.accountId }).from(accountTenants).where(eq(accountTenants.tenantId, tenantId))).map((rows) => rows.map(({ id }) => id))

export const removeAccountTenant = (directory: DirectoryDb, accountId: string, tenantId: string): Write =>
  directory.change((db) => db.delete(accountTenants).where(and(eq(accountTenants.accountId, accountId), eq(accountTenants.tenantId, tenantId))))

const open = (now: number): SQL => all(isNull(invitations.acceptedAt), isNull(invitations.revokedAt), gt(invitations.expiresAt, now))

const all = (...conditions: SQL[]): SQL => and(...conditions) as SQL // `as`: `and` of at least one condition is one
