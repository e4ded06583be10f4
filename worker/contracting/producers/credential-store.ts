import { and, desc, eq, isNull, type SQL } from 'drizzle-orm'
import { issuedCredentials } from '../../../db/schema/contracting-producers.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { Row } from '../../core/tenancy/store.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'
import type { Side } from './link-store.ts'

export type CredentialRow = typeof issuedCredentials.$inferSelect

/** A list never selects the sealed column. */
const listed = {
  id: issuedCredentials.id, linkId: issuedCredentials.linkId, kind: issuedCredentials.kind, label: issuedCredentials.label, tail: issuedCredentials.tail, issuedAt: issuedCredentials.issuedAt, issuedBy: issuedCredentials.issuedBy,
  shownAt: issuedCredentials.shownAt, revokedAt: issuedCredentials.revokedAt, sealVersion: issuedCredentials.sealVersion,
}
export type ListedCredential = Pick<CredentialRow, keyof typeof listed>

export const insertCredential = (db: TenantDb, row: Row<typeof issuedCredentials>): Write => db.insert(issuedCredentials, row)

export const credentialById = (db: TenantDb, side: Side, id: string): Read<CredentialRow | undefined> => db.findOne(issuedCredentials, and(eq(issuedCredentials.id, id), eq(issuedCredentials.side, side)))

/** Those of one link, or of all from this side; the newest first. */
export const credentialsOf = (db: TenantDb, side: Side, linkId: string | null): Read<ListedCredential[]> =>
  db.find(issuedCredentials, { columns: listed, where: and(eq(issuedCredentials.side, side), linkId === null ? undefined : eq(issuedCredentials.linkId, linkId)), orderBy: [desc(issuedCredentials.issuedAt), desc(issuedCredentials.id)], limit: 200 })

/** Of two showings at once one gets it; its sealed value goes with the same batch. */
export const markShown = (db: TenantDb, id: string, now: number): Write =>
  db.update(issuedCredentials, all(eq(issuedCredentials.id, id), isNull(issuedCredentials.shownAt), isNull(issuedCredentials.revokedAt)), { shownAt: now, secret: null }).orRefuse('credential_over')

export const revokeCredentialRow = (db: TenantDb, id: string, now: number): Write => db.update(issuedCredentials, all(eq(issuedCredentials.id, id), isNull(issuedCredentials.revokedAt)), { revokedAt: now, secret: null }).orRefuse('revoked_already')

/** With the link go all that were given under it. */
export const revokeCredentialsOf = (db: TenantDb, linkId: string, now: number): Write => db.update(issuedCredentials, all(eq(issuedCredentials.linkId, linkId), isNull(issuedCredentials.revokedAt)), { revokedAt: now, secret: null })

/** The same credential at the other end, unless another run has followed meanwhile. */
export const followCredential = (db: TenantDb, seen: Pick<CredentialRow, 'id' | 'shownAt' | 'revokedAt'>, set: Pick<CredentialRow, 'shownAt' | 'revokedAt'>): Write =>
  db.update(issuedCredentials, all(eq(issuedCredentials.id, seen.id), is(issuedCredentials.shownAt, seen.shownAt), is(issuedCredentials.revokedAt, seen.revokedAt)), set).orRefuse('followed_already')

const is = (column: typeof issuedCredentials.shownAt | typeof issuedCredentials.revokedAt, value: number | null): SQL => (value === null ? isNull(column) : eq(column, value))

const all = (...conditions: SQL[]): SQL => and(...conditions) as SQL // `as`: `and` of at least one condition is one
