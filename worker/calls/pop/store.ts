import { and, eq, gt } from 'drizzle-orm'
import type { InferSelectModel } from 'drizzle-orm'
import { callChoices } from '../../../db/schema/calls.ts'
import type { Expired } from '../../core/tenancy/remove-expired.ts'
import type { Read, Write } from '../../core/tenancy/statement.ts'
import type { TenantDb } from '../../core/tenancy/tenant-db.ts'

export type ChoiceRow = InferSelectModel<typeof callChoices>

/** What was chosen for a number after a moment; what is older says nothing any more. */
export const choiceFor = (db: TenantDb, phoneIndex: string, after: number): Read<ChoiceRow | undefined> => db.findOne(callChoices, and(eq(callChoices.phoneIndex, phoneIndex), gt(callChoices.chosenAt, after)))

/** The newest choice for a number takes the place of the one before it. */
export const chooseFor = (db: TenantDb, row: Omit<ChoiceRow, 'tenantId'>): Write[] => [db.remove(callChoices, eq(callChoices.phoneIndex, row.phoneIndex)), db.insert(callChoices, row)]

/** Nobody is remembered for a number. */
export const forgetChoice = (db: TenantDb, phoneIndex: string): Write => db.remove(callChoices, eq(callChoices.phoneIndex, phoneIndex))

/** Choices that were made before a moment. */
export const choicesBefore = (before: number): Expired & { readonly tenant: typeof callChoices.tenantId } => ({ table: callChoices, due: callChoices.chosenAt, before, tenant: callChoices.tenantId })
