import { and, eq, isNull } from 'drizzle-orm'
import { accounts, accountTenants, platformAuthLog, signUps } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from '../tenancy/directory-db.ts'
import type { Read, Write } from '../tenancy/statement.ts'
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

export const insertSignUp = (directory: DirectoryDb, row: typeof signUps.$inferInsert): Write => directory.change((db) => db.insert(signUps).values(row))

export const signUpById = (directory: DirectoryDb, id: string): Read<SignUpRow | undefined> =>
  directory.ask((db) => db.select().from(signUps).where(eq(signUps.id, id))).map((rows) => rows[0])

export const useSignUp = (directory: DirectoryDb, id: string, now: number): Write =>
  directory.change((db) => db.update(signUps).set({ usedAt: now }).where(and(eq(signUps.id, id), isNull(signUps.usedAt)))).orRefuse('sign_up_used')

export const insertAuthRow = (directory: DirectoryDb, row: typeof platformAuthLog.$inferInsert): Write => directory.change((db) => db.insert(platformAuthLog).values(row))
