import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { tenants } from '../../../db/schema/directory.ts'
import type { DirectoryDb } from './directory-db.ts'
import type { Read, Write } from './statement.ts'

/** Where a tenant lives and how far a move of it has come. */
type Place = Pick<typeof tenants.$inferSelect, 'shard' | 'state' | 'movingTo' | 'movingSince' | 'movedFrom'>

const place = { shard: tenants.shard, state: tenants.state, movingTo: tenants.movingTo, movingSince: tenants.movingSince, movedFrom: tenants.movedFrom }

export const moveOf = (directory: DirectoryDb, tenantId: string): Read<Place | undefined> =>
  directory.ask((db) => db.select(place).from(tenants).where(eq(tenants.id, tenantId))).map((rows) => rows[0])

/** Tenants that an operator wants elsewhere and that have not set out yet. */
export const wantedMoves = (directory: DirectoryDb, limit: number): Read<{ id: string; to: string }[]> =>
  directory
    .ask((db) => db.select({ id: tenants.id, to: tenants.movingTo }).from(tenants).where(and(eq(tenants.state, 'open'), isNotNull(tenants.movingTo))).limit(limit))
    .map((rows) => rows.flatMap(({ id, to }) => (to === null ? [] : [{ id, to }])))

export const beginMove = (directory: DirectoryDb, tenantId: string, from: string, to: string, now: number): Write =>
  directory.change((db) => db.update(tenants).set({ state: 'moving', movingTo: to, movingSince: now, movedFrom: null }).where(and(eq(tenants.id, tenantId), eq(tenants.state, 'open'), eq(tenants.shard, from)))).orRefuse('state_changed')

/** From here on doors are sent to the new shard, where the fence does not take writes yet. */
export const switchShard = (directory: DirectoryDb, tenantId: string, from: string, to: string): Write =>
  directory.change((db) => db.update(tenants).set({ shard: to, movedFrom: from }).where(and(underWay(tenantId, from), eq(tenants.movingTo, to)))).orRefuse('state_changed')

/** The tenant stays where it is. Refused once the directory has been switched: of a switch and a giving up one happens. */
export const giveUpMove = (directory: DirectoryDb, tenantId: string, from: string): Write =>
  directory.change((db) => db.update(tenants).set(still).where(underWay(tenantId, from))).orRefuse('state_changed')

export const endMove = (directory: DirectoryDb, tenantId: string, shard: string): Write =>
  directory.change((db) => db.update(tenants).set(still).where(and(eq(tenants.id, tenantId), eq(tenants.state, 'moving'), eq(tenants.shard, shard), isNotNull(tenants.movedFrom)))).orRefuse('state_changed')

/** A wish that cannot be met is forgotten. */
export const dropWish = (directory: DirectoryDb, tenantId: string): Write => directory.change((db) => db.update(tenants).set(still).where(and(eq(tenants.id, tenantId), eq(tenants.state, 'open'))))

const still = { state: 'open', movingTo: null, movingSince: null, movedFrom: null } as const

const underWay = (tenantId: string, from: string) => and(eq(tenants.id, tenantId), eq(tenants.state, 'moving'), eq(tenants.shard, from), isNull(tenants.movedFrom))
