import type { Ctx } from '../ctx.ts'
import { demand, may } from '../rights.ts'
import type { Policy } from './contract.ts'
import { rights } from './module.ts'
import { policyHistory } from './policy-store.ts'

/** The tenant's settings as the security page shows them, and what the reader may do about them. */
export type SettingsView = {
  tenantId: string
  name: string
  kind: string
  preset: string
  policy: Policy
  /** Of the policy: a change is refused when this is no longer the newest. */
  version: number
  mayRequireMfa: boolean
  mayClose: boolean
  mayEndSessions: boolean
}

export async function readSettings(ctx: Ctx): Promise<SettingsView> {
  demand(ctx, rights.settings)
  const { tenant, policy, actor } = ctx
  const [newest] = await ctx.db.read(policyHistory(ctx.db))
  return {
    tenantId: tenant.id,
    name: tenant.name,
    kind: tenant.kind,
    preset: tenant.preset,
    policy,
    version: newest?.version ?? 0,
    mayRequireMfa: may(actor, rights.requireMfa, policy) || may(actor, rights.changePolicy, policy),
    mayClose: may(actor, rights.close, policy),
    mayEndSessions: may(actor, rights.endSessions, policy),
  }
}
