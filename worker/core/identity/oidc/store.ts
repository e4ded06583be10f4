import { and, eq } from 'drizzle-orm'
import { oidcIdentities } from '../../../../db/schema/directory.ts'
import type { DirectoryDb } from '../../tenancy/directory-db.ts'
import type { Read, Write } from '../../tenancy/statement.ts'

export type IdentityRow = typeof oidcIdentities.$inferSelect

/** The account that (issuer, subject) is linked to. */
export const identityOf = (directory: DirectoryDb, issuer: string, subject: string): Read<IdentityRow | undefined> =>
  directory.ask((db) => db.select().from(oidcIdentities).where(and(eq(oidcIdentities.issuer, issuer), eq(oidcIdentities.subject, subject)))).map((rows) => rows[0])

export const identitiesOf = (directory: DirectoryDb, accountId: string): Read<IdentityRow[]> =>
  directory.ask((db) => db.select().from(oidcIdentities).where(eq(oidcIdentities.accountId, accountId)).orderBy(oidcIdentities.linkedAt))

/** Refused by the primary key where the identity is linked already, to whomever. */
export const insertIdentity = (directory: DirectoryDb, row: IdentityRow): Write => directory.change((db) => db.insert(oidcIdentities).values(row))

export const removeIdentity = (directory: DirectoryDb, accountId: string, issuer: string): Write =>
  directory.change((db) => db.delete(oidcIdentities).where(and(eq(oidcIdentities.accountId, accountId), eq(oidcIdentities.issuer, issuer)))).orRefuse('not_linked')

/** Every outside identity of an account that is being closed. */
export const removeIdentities = (directory: DirectoryDb, accountId: string): Write => directory.change((db) => db.delete(oidcIdentities).where(eq(oidcIdentities.accountId, accountId)))
