import { and, between, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import { members } from '../../../db/schema/tenancy.ts'
import { accounts, accountTenants, platformAuthLog, signUps } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from '../tenancy/directory-db.ts'
import type { Read, Write } from '../tenancy/statement.ts'
import type { TenantDb } from '../tenancy/tenant-db.ts'
import type { SealedCell } from '../vault/sealed.ts'

export type AccountRow = typeof accounts.$inferSelect
export type SignUpRow = typeof signUps.$inferSelect

export const accountByEmail = (directory: DirectoryDb, emailIndex: string): Read<AccountRow | undefined> =>
  directory.ask((db) => db.select().from(accounts).where(eq(accounts.emailIndex, emailIndex))).map((rows) => rows[0])

export const accountById = (directory: DirectoryDb, id: string): Read<AccountRow | undefined> =>
  directory.ask((db) => db.select().from(accounts).where(eq(accounts.id, id))).map((rows) => rows[0])

/** The tenants an account may ask for, the one it joined first first. */
export const tenantsOf = (directory: DirectoryDb, accountId: string): Read<string[]> =>
  directory
    .ask((db) => db.select({ id: accountTenants.tenantId }).from(accountTenants).where(eq(accountTenants.accountId, accountId)).orderBy(accountTenants.since, accountTenants.tenantId))
    .map((rows) => rows.map(({ id }) => id))

export const insertAccount = (directory: DirectoryDb, row: typeof accounts.$inferInsert): Write => directory.change((db) => db.insert(accounts).values(row))

/** A new contact, and a new address where `emailIndex` says so; refused unless the row is as it was read. */
export const updateAccount = (directory: DirectoryDb, before: AccountRow, contact: SealedCell, emailIndex: string): Write =>
  directory
    .change((db) => db.update(accounts).set({ contact: contact.sealed, sealVersion: contact.sealVersion, emailIndex }).where(and(eq(accounts.id, before.id), eq(accounts.contact, before.contact))))
    .orRefuse('account_changed')

/** Nothing in the directory names the account after this. */
export const forgetAccount = (directory: DirectoryDb, before: AccountRow): Write[] => [
  directory.change((db) => db.delete(accountTenants).where(eq(accountTenants.accountId, before.id))),
  directory.change((db) => db.delete(accounts).where(eq(accounts.id, before.id))).orRefuse('account_gone'),
]

export const insertSignUp = (directory: DirectoryDb, row: typeof signUps.$inferInsert): Write => directory.change((db) => db.insert(signUps).values(row))

export const signUpById = (directory: DirectoryDb, id: string): Read<SignUpRow | undefined> =>
  directory.ask((db) => db.select().from(signUps).where(eq(signUps.id, id))).map((rows) => rows[0])

export const useSignUp = (directory: DirectoryDb, id: string, now: number): Write =>
  directory.change((db) => db.update(signUps).set({ usedAt: now }).where(and(eq(signUps.id, id), isNull(signUps.usedAt)))).orRefuse('sign_up_used')

/** The accounts behind some addresses, by blind index. */
export const accountsByEmail = (directory: DirectoryDb, emailIndexes: readonly string[]): Read<AccountRow[]> => directory.ask((db) => db.select().from(accounts).where(inArray(accounts.emailIndex, [...emailIndexes])))

export const authRowById = (directory: DirectoryDb, id: string): Read<typeof platformAuthLog.$inferSelect | undefined> =>
  directory.ask((db) => db.select().from(platformAuthLog).where(eq(platformAuthLog.id, id))).map((rows) => rows[0])

/** The addresses (blind indexes) at which wrong passwords were tried from an IP address; its limit keeps them few. */
export const triedFrom = (directory: DirectoryDb, ipIndex: string, from: number, until: number): Read<string[]> =>
  directory
    .ask((db) => db.selectDistinct({ account: platformAuthLog.accountIndex }).from(platformAuthLog).where(and(eq(platformAuthLog.ipIndex, ipIndex), between(platformAuthLog.at, from, until), eq(platformAuthLog.kind, 'wrong_password'))).limit(50))
    .map((rows) => rows.map(({ account }) => account))

export const insertAuthRow = (directory: DirectoryDb, row: typeof platformAuthLog.$inferInsert): Write => directory.change((db) => db.insert(platformAuthLog).values(row))

/** What a tenant calls its member, when the member called itself otherwise; refused unless the row is as it was read. */
export const setMemberContact = (db: TenantDb, before: { id: string; contact: string }, contact: SealedCell): Write =>
  // `as`: comparing a sealed column with what was read from it
  db.update(members, and(eq(members.id, before.id), eq(members.contact, before.contact as SealedCell['sealed'])) as SQL, { contact: contact.sealed, sealVersion: contact.sealVersion }).orRefuse('member_changed')
