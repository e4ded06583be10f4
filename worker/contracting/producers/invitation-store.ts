import { and, desc, eq, gt, inArray, isNull, lt, lte, or, sql, type SQL } from 'drizzle-orm'
import { producerInvitations } from '../../../db/schema/contracting-producers.ts'
import type { Position } from '../../core/api/cursor.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { Row } from '../../core/tenancy/store.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type ProducerInvitationRow = typeof producerInvitations.$inferSelect

/** D1 binds at most a hundred values in a statement. */
const BOUND = 80

export const insertProducerInvitation = (db: TenantDb, row: Row<typeof producerInvitations>): Write => db.insert(producerInvitations, row)

/** Invitations of an address that have run out give its place free; they end at the very moment they ran out. */
export const endExpiredProducerInvitations = (db: TenantDb, emailIndex: string, now: number): Write =>
  db.update(producerInvitations, all(eq(producerInvitations.emailIndex, emailIndex), unanswered(), lte(producerInvitations.expiresAt, now)), { revokedAt: sql`${producerInvitations.expiresAt}` })

export const producerInvitationById = (db: TenantDb, id: string): Read<ProducerInvitationRow | undefined> => db.findOne(producerInvitations, eq(producerInvitations.id, id))

/** Which of these addresses have an open invitation; a question for every eighty of them. */
export const openProducerInvitations = (db: TenantDb, emailIndexes: readonly string[], now: number): Read<string[]>[] =>
  Array.from({ length: Math.ceil(emailIndexes.length / BOUND) }, (_, index) =>
    db
      .find(producerInvitations, { columns: { emailIndex: producerInvitations.emailIndex }, where: all(inArray(producerInvitations.emailIndex, emailIndexes.slice(index * BOUND, (index + 1) * BOUND)), open(now)) })
      .map((rows) => rows.map(({ emailIndex }) => emailIndex)),
  )

/** Newest first, from below `after`; one row more than the page tells whether there is another. */
export const producerInvitationPage = (db: TenantDb, after: Position | null, limit: number): Read<ProducerInvitationRow[]> =>
  db.find(producerInvitations, {
    where: after ? or(lt(producerInvitations.createdAt, after.at), and(eq(producerInvitations.createdAt, after.at), lt(producerInvitations.id, after.id))) : undefined,
    orderBy: [desc(producerInvitations.createdAt), desc(producerInvitations.id)],
    limit: limit + 1,
  })

export const openProducerInvitationCount = (db: TenantDb, now: number): Read<number> => db.count(producerInvitations, open(now))

/** Of many acceptances at once one finds it still open. */
export const useProducerInvitation = (db: TenantDb, id: string, linkId: string, now: number): Write =>
  db.update(producerInvitations, all(eq(producerInvitations.id, id), open(now)), { acceptedAt: now, linkId }).orRefuse('invitation_used')

/** Bookkeeping: it was over already when somebody came with it. */
export const endProducerInvitation = (db: TenantDb, id: string, expiresAt: number): Write => db.update(producerInvitations, all(eq(producerInvitations.id, id), unanswered()), { expiresAt })

export const revokeProducerInvitationRow = (db: TenantDb, id: string, by: string, now: number): Write =>
  db.update(producerInvitations, all(eq(producerInvitations.id, id), open(now)), { revokedAt: now, revokedBy: by }).orRefuse('invitation_not_open')

/** For the hourly sweep, which goes by age alone. */
export const producerInvitationsBefore = (before: number) => ({ table: producerInvitations, due: producerInvitations.expiresAt, before, tenant: producerInvitations.tenantId })

const unanswered = (): SQL => all(isNull(producerInvitations.acceptedAt), isNull(producerInvitations.revokedAt))
const open = (now: number): SQL => all(unanswered(), gt(producerInvitations.expiresAt, now))
const all = (...conditions: SQL[]): SQL => and(...conditions) as SQL // `as`: `and` of at least one condition is one
