import { asc } from 'drizzle-orm'
import { apiKeys } from '../../../db/schema/api.ts'
import { members } from '../../../db/schema/tenancy.ts'
import type { Read } from '../tenancy/statement.ts'
import type { TenantDb } from '../tenancy/tenant-db.ts'

/** More people than this and the filter takes an id instead of a name. */
const PEOPLE = 200

export type NamedRow = Pick<typeof members.$inferSelect, 'id' | 'accountId' | 'contact' | 'sealVersion'>

/** The members whose names stand in the log, whoever joined first first. */
export const namedMembers = (db: TenantDb): Read<NamedRow[]> =>
  db.find(members, { columns: { id: members.id, accountId: members.accountId, contact: members.contact, sealVersion: members.sealVersion }, orderBy: [asc(members.joinedAt)], limit: PEOPLE })

/** The keys' labels: an entry names a key by its id only. */
export const namedKeys = (db: TenantDb): Read<{ id: string; label: string }[]> => db.find(apiKeys, { columns: { id: apiKeys.id, label: apiKeys.label }, orderBy: [asc(apiKeys.createdAt)], limit: PEOPLE })
