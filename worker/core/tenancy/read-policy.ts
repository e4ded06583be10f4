import type { Ctx } from '../ctx.ts'
import { demand, may } from '../rights.ts'
import type { Policy } from './contract.ts'
import { rights } from './module.ts'
import { policyHistory } from './policy-store.ts'
import { changedKeys } from './policy.ts'
import { policyOf } from './find-seat.ts'

/** The policy in force, and every version before it with what it changed. */
export type PolicyView = {
  policy: Policy
  version: number
  preset: string
  mayChange: boolean
  mayRequireMfa: boolean
  versions: { version: number; changedBy: string; changedAt: number; fields: string[] }[]
}

export async function readPolicy(ctx: Ctx): Promise<PolicyView> {
  demand(ctx, rights.readPolicy)
  const kept = await ctx.db.read(policyHistory(ctx.db))
  const versions = kept.map(({ version, changedBy, changedAt, document }, index) => {
    const before = kept[index + 1]
    return { version, changedBy, changedAt, fields: before ? changedKeys(parsed(ctx, before.document), parsed(ctx, document)) : [] }
  })
  return {
    policy: ctx.policy,
    version: kept[0]?.version ?? 0,
    preset: ctx.tenant.preset,
    mayChange: may(ctx.actor, rights.changePolicy, ctx.policy),
    mayRequireMfa: may(ctx.actor, rights.requireMfa, ctx.policy),
    versions,
  }
}

const parsed = (ctx: Ctx, document: string): Policy => policyOf(ctx.tenant.preset, JSON.parse(document) as Record<string, string | number>) // `as`: checked by PolicyDocument when it was written
