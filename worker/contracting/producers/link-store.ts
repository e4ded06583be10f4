import { and, asc, desc, eq, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm'
import { copiedLicences, copyOpenings, passportCopies, producerLinks } from '../../../db/schema/contracting-producers.ts'
import type { Position } from '../../core/api/cursor.ts'
import type { ShardReader } from '../../core/tenancy/shard-reader.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { Row } from '../../core/tenancy/store.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type LinkRow = typeof producerLinks.$inferSelect
export type CopyRow = typeof passportCopies.$inferSelect
export type LicenceRow = typeof copiedLicences.$inferSelect
export type OpeningRow = typeof copyOpenings.$inferSelect
export type Side = LinkRow['side']

export const insertLink = (db: TenantDb, row: Row<typeof producerLinks>): Write => db.insert(producerLinks, row)

/** A link of the tenant as it has it from this side, whatever became of it. */
export const linkById = (db: TenantDb, side: Side, id: string): Read<LinkRow | undefined> => db.findOne(producerLinks, and(eq(producerLinks.id, id), eq(producerLinks.side, side)))

/** The same from whichever side. */
export const anyLink = (db: TenantDb, id: string): Read<LinkRow | undefined> => db.findOne(producerLinks, eq(producerLinks.id, id))

/** Several of them; D1 binds at most a hundred values in a statement. */
export const linksById = (db: TenantDb, ids: readonly string[]): Read<LinkRow[]>[] =>
  Array.from({ length: Math.ceil(ids.length / 80) }, (_, index) => db.find(producerLinks, { where: inArray(producerLinks.id, ids.slice(index * 80, (index + 1) * 80)) }))

/** While it lasts. */
export const activeLink = (db: TenantDb, side: Side, id: string): Read<LinkRow | undefined> => db.findOne(producerLinks, and(eq(producerLinks.id, id), eq(producerLinks.side, side), eq(producerLinks.state, 'active')))

/** The one link that lasts between the tenant and another. */
export const linkWith = (db: TenantDb, side: Side, otherId: string): Read<LinkRow | undefined> => db.findOne(producerLinks, and(eq(producerLinks.otherId, otherId), eq(producerLinks.side, side), eq(producerLinks.state, 'active')))

const below = (after: Position | null): SQL | undefined => (after ? or(lt(producerLinks.startedAt, after.at), and(eq(producerLinks.startedAt, after.at), lt(producerLinks.id, after.id))) : undefined)

/** Newest first, from below `after`; one row more than the page tells whether there is another. */
export const linkPage = (db: TenantDb, side: Side, state: LinkRow['state'], after: Position | null, limit: number): Read<LinkRow[]> =>
  db.find(producerLinks, { where: and(eq(producerLinks.side, side), eq(producerLinks.state, state), below(after)), orderBy: [desc(producerLinks.startedAt), desc(producerLinks.id)], limit: limit + 1 })

/** What lies in clear of the copies of such a page. */
export const copiesOfPage = (db: TenantDb, state: LinkRow['state'], after: Position | null, limit: number): Read<CopyFigures[]> =>
  db.join(producerLinks, passportCopies, { columns: figures, on: eq(passportCopies.linkId, producerLinks.id), where: and(eq(producerLinks.side, 'fmo'), eq(producerLinks.state, state), below(after)), orderBy: [desc(producerLinks.startedAt), desc(producerLinks.id)], limit: limit + 1 })

const figures = {
  linkId: passportCopies.linkId, number: passportCopies.number, submittedAt: passportCopies.submittedAt, kind: passportCopies.kind, npn: passportCopies.npn, ssnLast4: passportCopies.ssnLast4,
  routingLast4: passportCopies.routingLast4, accountLast4: passportCopies.accountLast4, accountType: passportCopies.accountType, hasEin: passportCopies.hasEin, coverCarrier: passportCopies.coverCarrier,
  coverExpiresOn: passportCopies.coverExpiresOn, amlOn: passportCopies.amlOn, ceDueOn: passportCopies.ceDueOn, hasEmployment: passportCopies.hasEmployment, hasCheque: passportCopies.hasCheque,
}
/** A copy without its sealed columns. */
export type CopyFigures = Pick<CopyRow, keyof typeof figures>

export const copyFigures = (db: TenantDb, linkId: string): Read<CopyFigures | undefined> => db.find(passportCopies, { columns: figures, where: eq(passportCopies.linkId, linkId), limit: 1 }).map((rows) => rows[0])

/** Every link that lasts, from this side. */
export const activeLinks = (db: TenantDb, side: Side): Read<LinkRow[]> => db.find(producerLinks, { where: and(eq(producerLinks.side, side), eq(producerLinks.state, 'active')), orderBy: [asc(producerLinks.startedAt), asc(producerLinks.id)] })

/** All there ever were, the newest first. */
export const everyLink = (db: TenantDb, side: Side, limit: number): Read<LinkRow[]> => db.find(producerLinks, { where: eq(producerLinks.side, side), orderBy: [desc(producerLinks.startedAt), desc(producerLinks.id)], limit })

export const linkCount = (db: TenantDb, side: Side, state: LinkRow['state']): Read<number> => db.count(producerLinks, and(eq(producerLinks.side, side), eq(producerLinks.state, state)))
/** Active links whose producer has not submitted anything yet. */
export const waitingCount = (db: TenantDb): Read<number> => db.count(producerLinks, and(eq(producerLinks.side, 'fmo'), eq(producerLinks.state, 'active'), isNull(producerLinks.copiedNumber)))

/** Refused where the link is over: what ended meanwhile gets no copy, no credential, no question. */
export const whileLinked = (db: TenantDb, id: string): Write => db.update(producerLinks, all(eq(producerLinks.id, id), eq(producerLinks.state, 'active')), { state: 'active' }).orRefuse('link_ended')

/** Refused where the copy is of another version by now, or gone. Changes nothing. */
export const whileVersion = (db: TenantDb, linkId: string, versionId: string): Write => db.update(passportCopies, all(eq(passportCopies.linkId, linkId), eq(passportCopies.versionId, versionId)), { versionId }).orRefuse('passport_changed')

export const endLink = (db: TenantDb, id: string, now: number): Write => db.update(producerLinks, all(eq(producerLinks.id, id), eq(producerLinks.state, 'active')), { state: 'ended', endedAt: now }).orRefuse('link_ended')

/** The same link at the other end follows, unless another run has done it meanwhile. */
export const followLink = (db: TenantDb, seen: Pick<LinkRow, 'id' | 'state' | 'copiedNumber'>, set: Partial<Pick<LinkRow, 'state' | 'endedAt' | 'copiedNumber'>>): Write =>
  db.update(producerLinks, all(eq(producerLinks.id, seen.id), eq(producerLinks.state, seen.state), seen.copiedNumber === null ? isNull(producerLinks.copiedNumber) : eq(producerLinks.copiedNumber, seen.copiedNumber)), set).orRefuse('followed_already')

/** Copies in a shard whose link is over: for the probe, past the fence. */
export async function copiesWithoutLink(shard: ShardReader): Promise<number> {
  const rows = await shard.ask((db) =>
    db.select({ n: sql<number>`count(*)` }).from(passportCopies).innerJoin(producerLinks, and(eq(producerLinks.tenantId, passportCopies.tenantId), eq(producerLinks.id, passportCopies.linkId))).where(eq(producerLinks.state, 'ended')),
  )
  return rows[0]?.n ?? 0
}

/** That the salt was found gone, once. */
export const noteErased = (db: TenantDb, id: string, now: number): Write => db.update(producerLinks, all(eq(producerLinks.id, id), eq(producerLinks.state, 'ended'), isNull(producerLinks.erasedAt)), { erasedAt: now }).orRefuse('erased_already')

export const copyOf = (db: TenantDb, linkId: string): Read<CopyRow | undefined> => db.findOne(passportCopies, eq(passportCopies.linkId, linkId))
export const licencesOf = (db: TenantDb, copyId: string): Read<LicenceRow[]> => db.find(copiedLicences, { where: eq(copiedLicences.copyId, copyId), orderBy: [asc(copiedLicences.state), asc(copiedLicences.id)] })

/** A newer version in the place of an older one; the licences in clear with it. */
export const writeCopy = (db: TenantDb, before: Pick<CopyRow, 'id' | 'number'> | undefined, row: Row<typeof passportCopies>, licences: readonly Row<typeof copiedLicences>[]): Write[] => {
  const { id, ...set } = row
  return [
    before ? db.update(passportCopies, all(eq(passportCopies.id, id), eq(passportCopies.number, before.number)), set as Partial<CopyRow> & { tenantId?: never }).orRefuse('copied_already') : db.insert(passportCopies, row), // `as`: a row without its tenant
    db.remove(copiedLicences, eq(copiedLicences.copyId, id)),
    ...licences.map((licence) => db.insert(copiedLicences, licence)),
    db.update(producerLinks, all(eq(producerLinks.id, row.linkId), eq(producerLinks.state, 'active')), { copiedNumber: row.number }).orRefuse('link_ended'),
  ]
}

export const removeCopy = (db: TenantDb, copyId: string): Write[] => [db.remove(copiedLicences, eq(copiedLicences.copyId, copyId)), db.remove(passportCopies, eq(passportCopies.id, copyId))]

export const insertOpening = (db: TenantDb, row: Row<typeof copyOpenings>): Write => db.insert(copyOpenings, row)
export const openingById = (db: TenantDb, id: string): Read<OpeningRow | undefined> => db.findOne(copyOpenings, eq(copyOpenings.id, id))
export const openingPage = (db: TenantDb, side: Side, linkId: string | null, after: Position | null, limit: number): Read<OpeningRow[]> =>
  db.find(copyOpenings, {
    where: and(eq(copyOpenings.side, side), linkId === null ? undefined : eq(copyOpenings.linkId, linkId), after ? or(lt(copyOpenings.openedAt, after.at), and(eq(copyOpenings.openedAt, after.at), lt(copyOpenings.id, after.id))) : undefined),
    orderBy: [desc(copyOpenings.openedAt), desc(copyOpenings.id)],
    limit: limit + 1,
  })

/** For the hourly sweep, which goes by age alone. */
export const openingsBefore = (before: number) => ({ table: copyOpenings, due: copyOpenings.openedAt, before, tenant: copyOpenings.tenantId })

/** Tenants of a shard that are still linked to one that is gone: for its follower, past the fence. */
export async function linkedTo(shard: ShardReader, otherId: string): Promise<{ tenantId: string; id: string; side: Side }[]> {
  return shard.ask((db) => db.select({ tenantId: producerLinks.tenantId, id: producerLinks.id, side: producerLinks.side }).from(producerLinks).where(and(eq(producerLinks.otherId, otherId), eq(producerLinks.state, 'active'))).limit(500))
}

/** How the active producers stand, for the figures: by what their newest copy says of its E&O cover. */
export const coverLapsed = (db: TenantDb, today: string): Read<number> => db.count(passportCopies, sql`${passportCopies.coverExpiresOn} < ${today}`)

const all = (...conditions: SQL[]): SQL => and(...conditions) as SQL // `as`: `and` of at least one condition is one
