import { asc, eq, inArray, and, sql } from 'drizzle-orm'
import type { InferInsertModel, InferSelectModel, SQL } from 'drizzle-orm'
import { callHandlers } from '../../../db/schema/calls.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type HandlerRow = InferSelectModel<typeof callHandlers>

export const insertHandler = (db: TenantDb, row: Omit<InferInsertModel<typeof callHandlers>, 'tenantId'>): Write => db.insert(callHandlers, row)

export const removeHandlerRow = (db: TenantDb, id: string): Write => db.remove(callHandlers, eq(callHandlers.id, id)).orRefuse('handler_changed')

export const handlerById = (db: TenantDb, id: string): Read<HandlerRow | undefined> => db.findOne(callHandlers, eq(callHandlers.id, id))

/** A connection's words, as they were noted. */
export const handlersOf = (db: TenantDb, connectionId: string, limit: number): Read<HandlerRow[]> =>
  db.find(callHandlers, { where: eq(callHandlers.connectionId, connectionId), orderBy: [asc(callHandlers.createdAt), asc(callHandlers.id)], limit })

/** The member whom a word means, as a value in another statement. */
export const memberByWord = (db: TenantDb, connectionId: string, word: string): SQL<string> =>
  sql`(select ${callHandlers.memberId} from ${callHandlers} where ${callHandlers.tenantId} = ${db.tenantId} and ${callHandlers.connectionId} = ${connectionId} and ${callHandlers.wordIndex} = ${word})`

export const handlersByWord = (db: TenantDb, connectionId: string, words: readonly string[]): Read<{ wordIndex: string; memberId: string }[]> =>
  db.find(callHandlers, { columns: { wordIndex: callHandlers.wordIndex, memberId: callHandlers.memberId }, where: and(eq(callHandlers.connectionId, connectionId), inArray(callHandlers.wordIndex, [...words])) })
