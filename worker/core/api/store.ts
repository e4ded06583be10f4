import { and, desc, eq, isNull, lt, lte, or, type SQL } from 'drizzle-orm'
import { apiKeys, idempotencyKeys } from '../../../db/schema/api.ts'
import type { Position } from './cursor.ts'
import type { Write } from '../tenancy/statement.ts'
import type { TenantDb } from '../tenancy/tenant-db.ts'
import type { Sealed } from '../vault/sealed.ts'

type NewClaim = { id: string; bodyHash: string; status: number; answer: Sealed | null; sealVersion: number; createdAt: number; expiresAt: number }

export const insertClaim = (db: TenantDb, claim: NewClaim): Write => db.insert(idempotencyKeys, claim)

/** Makes room for the same key once its day is over. */
export const removeExpiredClaim = (db: TenantDb, id: string, now: number): Write => db.remove(idempotencyKeys, and(eq(idempotencyKeys.id, id), lte(idempotencyKeys.expiresAt, now)) as SQL) // `as`: `and` of two conditions is one

export const claimByKey = (db: TenantDb, id: string) => db.findOne(idempotencyKeys, eq(idempotencyKeys.id, id))

export const settleClaim = (db: TenantDb, id: string, answer: { answer: Sealed; sealVersion: number }): Write =>
  db.update(idempotencyKeys, eq(idempotencyKeys.id, id), answer)

type NewKey = { id: string; carrierId: string | null; label: string; prefix: string; secretHash: string; scopes: string; createdBy: string; createdAt: number; expiresAt: number }

export const insertApiKey = (db: TenantDb, key: NewKey): Write => db.insert(apiKeys, key)

export const apiKeyById = (db: TenantDb, id: string) => db.findOne(apiKeys, eq(apiKeys.id, id))

/** The tenant's own keys, or those of one carrier, newest first, from below `after`. One row more than the page tells whether there is another. */
export const apiKeyPage = (db: TenantDb, carrierId: string | null, after: Position | null, limit: number) =>
  db.find(apiKeys, { where: and(carrierId === null ? isNull(apiKeys.carrierId) : eq(apiKeys.carrierId, carrierId), after ? below(after) : undefined), orderBy: [desc(apiKeys.createdAt), desc(apiKeys.id)], limit: limit + 1 })

export const revokeKey = (db: TenantDb, id: string, at: number, by: string): Write =>
  db.update(apiKeys, and(eq(apiKeys.id, id), notRevoked()) as SQL, { revokedAt: at, revokedBy: by }).orRefuse('revoked_already') // `as`: `and` of two conditions is one

const below = (after: Position): SQL | undefined => or(lt(apiKeys.createdAt, after.at), and(eq(apiKeys.createdAt, after.at), lt(apiKeys.id, after.id)))

const notRevoked = (): SQL => isNull(apiKeys.revokedAt)
