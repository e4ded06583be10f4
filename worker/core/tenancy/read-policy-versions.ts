import { namesOfActors } from '../audit/actor-names.ts'
import type { Ctx } from '../ctx.ts'
import { demand, may } from '../rights.ts'
import type { Policy, PolicyKey } from './contract.ts'
import { policyOf } from './find-seat.ts'
import { rights } from './module.ts'
import { changedKeys } from './policy.ts'
import { policyHistory } from './policy-store.ts'

/** One version of the policy: the whole of it, what it changed, and by whom. */
export type PolicyVersionView = {
  version: number
  changedAt: number
  /** Null for somebody who is no member here any more, and for a job. */
  by: string | null
  /** Empty for the version a tenant began with. */
  changes: { key: PolicyKey; from: string | number; to: string | number }[]
  policy: Policy
}

/** A version without the whole document: what a page is sent. */
export const listedVersion = ({ version, changedAt, by, changes }: PolicyVersionView): Omit<PolicyVersionView, 'policy'> => ({ version, changedAt, by, changes })

/** Every version kept, newest first, with its values before and after. */
export async function readPolicyVersions(ctx: Ctx): Promise<{ preset: string; mayChange: boolean; versions: PolicyVersionView[] }> {
  demand(ctx, rights.readPolicy)
  const [kept, names] = await Promise.all([ctx.db.read(policyHistory(ctx.db)), namesOfActors(ctx)])
  const read = kept.map((row) => ({ row, policy: policyOf(ctx.tenant.preset, JSON.parse(row.document) as Record<string, string | number>) })) // `as`: checked by PolicyDocument when it was written
  return {
    preset: ctx.tenant.preset,
    mayChange: may(ctx.actor, rights.changePolicy, ctx.policy),
    versions: read.map(({ row, policy }, index) => {
      const before = read[index + 1]?.policy
      const changes = before ? changedKeys(before, policy).map((key) => ({ key, from: before[key], to: policy[key] })) : []
      return { version: row.version, changedAt: row.changedAt, by: names.get(row.changedBy) ?? null, changes, policy }
    }),
  }
}
