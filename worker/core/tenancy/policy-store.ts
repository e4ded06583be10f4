import { desc, eq } from 'drizzle-orm'
import { tenantFence } from '../../../db/schema/fence.ts'
import { policyVersions } from '../../../db/schema/tenancy.ts'
import type { Read, Write } from './statement.ts'
import type { TenantDb } from './tenant-db.ts'

export type PolicyVersionRow = typeof policyVersions.$inferSelect

/** The newest first; nobody changes a policy often enough to need pages. */
export const policyHistory = (db: TenantDb): Read<PolicyVersionRow[]> => db.find(policyVersions, { orderBy: [desc(policyVersions.version)], limit: 100 })

/** The version in force, raised in the same batch: every door that holds the older one learns it with its next batch. */
export const raisePolicyVersion = (db: TenantDb, from: number, to: number): Write => db.update(tenantFence, eq(tenantFence.policyVersion, from), { policyVersion: to }).orRefuse('policy_changed')
