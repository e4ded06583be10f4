import { and, eq, lt, sql } from 'drizzle-orm'
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { idempotencyKeys } from '../../../db/schema/api.ts'
import { deliveries } from '../../../db/schema/delivery.ts'
import { jobRuns, platformAuthLog, platformDeliveries, probeReadings, signUps } from '../../../db/schema/directory.ts'
import { invitations } from '../../../db/schema/tenancy.ts'
import type { DirectoryDb } from '../tenancy/directory-db.ts'
import type { Expired } from '../tenancy/remove-expired.ts'
import type { Read, Write } from '../tenancy/statement.ts'

/** Made together with its trigger (migration 0001 of the directory), not by the schema. */
const authLogFloor = sqliteTable('platform_auth_log_floor', { result: text('result').primaryKey(), before: integer('before').notNull() })

export type AuthResult = 'success' | 'failure'

/** Whether any row of that result is older. */
export const hasAuthRowsBelow = (directory: DirectoryDb, result: AuthResult, before: number): Read<boolean> =>
  directory.ask((db) => db.select({ id: platformAuthLog.id }).from(platformAuthLog).where(and(eq(platformAuthLog.result, result), lt(platformAuthLog.at, before))).limit(1)).map((rows) => rows.length > 0)

/** The floor below which a trigger lets rows go. It only rises. */
export const raiseAuthFloor = (directory: DirectoryDb, result: AuthResult, before: number): Write =>
  directory.change((db) => db.update(authLogFloor).set({ before: sql`max(${authLogFloor.before}, ${before})` }).where(eq(authLogFloor.result, result)))

/** Rows below the floor. */
export const authRowsBelow = (result: AuthResult, before: number): Expired => ({ table: platformAuthLog, due: platformAuthLog.at, before: before - 1, where: eq(platformAuthLog.result, result) })

/** Rows of the directory that go by age alone. Each stands on an index of its own, so that what is not due costs nothing. */
export const signUpsBefore = (before: number): Expired => ({ table: signUps, due: signUps.expiresAt, before })
export const probeReadingsBefore = (before: number): Expired => ({ table: probeReadings, due: probeReadings.at, before })
export const jobRunsBefore = (before: number): Expired => ({ table: jobRuns, due: jobRuns.at, before })
export const platformDeliveriesDue = (now: number, state: Settled): Expired => ({ table: platformDeliveries, due: platformDeliveries.dueAt, before: now, where: eq(platformDeliveries.state, state) })

/** Rows of tenants that go by age alone. */
type ExpiredOfTenants = Expired & { readonly tenant: typeof deliveries.tenantId | typeof idempotencyKeys.tenantId | typeof invitations.tenantId }
export const deliveriesDue = (now: number, state: Settled): ExpiredOfTenants => ({ table: deliveries, due: deliveries.dueAt, before: now, where: eq(deliveries.state, state), tenant: deliveries.tenantId })
export const idempotencyDue = (now: number): ExpiredOfTenants => ({ table: idempotencyKeys, due: idempotencyKeys.expiresAt, before: now, tenant: idempotencyKeys.tenantId })
export const invitationsBefore = (before: number): ExpiredOfTenants => ({ table: invitations, due: invitations.expiresAt, before, tenant: invitations.tenantId })

/** How a message ends; from then on its `due_at` says when it goes. */
export const settledStates = ['sent', 'dead', 'dropped'] as const
type Settled = (typeof settledStates)[number]
