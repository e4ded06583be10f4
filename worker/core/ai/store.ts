import { and, eq } from 'drizzle-orm'
import type { InferInsertModel, InferSelectModel } from 'drizzle-orm'
import { assistants } from '../../../db/schema/ai.ts'
import type { Read, Write } from '../tenancy/statement.ts'
import type { TenantDb } from '../tenancy/tenant-db.ts'

export type AssistantRow = InferSelectModel<typeof assistants>

/** The tenant's assistant: there is one at most. */
export const assistantOf = (db: TenantDb): Read<AssistantRow | undefined> => db.findOne(assistants, undefined)

export const insertAssistant = (db: TenantDb, row: Omit<InferInsertModel<typeof assistants>, 'tenantId'>): Write => db.insert(assistants, row)

/** Change an assistant that still stands as it was seen; the batch is refused otherwise. */
export const changeAssistant = (db: TenantDb, seen: Pick<AssistantRow, 'id' | 'version'>, set: Partial<Omit<AssistantRow, 'tenantId' | 'id' | 'version'>>): Write =>
  db.update(assistants, and(eq(assistants.id, seen.id), eq(assistants.version, seen.version)) ?? eq(assistants.id, seen.id), { ...set, version: seen.version + 1 }).orRefuse('assistant_changed')

/** What came of a test changes nothing that a form shows, so a form that is open meanwhile stays good. */
export const noteTest = (db: TenantDb, id: string, set: Pick<AssistantRow, 'testedAt' | 'testOutcome'>): Write => db.update(assistants, eq(assistants.id, id), set).orRefuse('assistant_changed')

export const removeAssistantRow = (db: TenantDb, id: string): Write => db.remove(assistants, eq(assistants.id, id)).orRefuse('assistant_changed')
