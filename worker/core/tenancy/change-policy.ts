import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { PolicyDocument, presets, type Policy, type PolicyKey, type PresetName } from './contract.ts'
import { policyChanged, rights } from './module.ts'
import { changedKeys, floorBreaches } from './policy.ts'
import { policyHistory, raisePolicyVersion } from './policy-store.ts'
import { insertPolicyVersion } from './store.ts'

/** What the policy page sends: the values wanted, and the version they were shown with. */
export type ChangePolicy = { version: number; values: Partial<Record<PolicyKey, string | number>> }

/**
 * Put other values in force. Bounds and the preset's floors are answered beside the field; a version that is no longer the
 * newest is `precondition_failed`, so that two people never overwrite each other. Where the policy lets admins require
 * two-factor sign-in they may tighten that one value, and only the owner takes it back. Answers with the version now in force.
 */
export async function changePolicy(ctx: Ctx, input: ChangePolicy): Promise<number> {
  demand(ctx, rights.readPolicy)
  const [newest] = await ctx.db.read(policyHistory(ctx.db))
  const wanted = checked({ ...ctx.policy, ...input.values })
  const fields = changedKeys(ctx.policy, wanted)
  demand(ctx, fields.length === 1 && fields[0] === 'mfa.mode' && wanted['mfa.mode'] === 'required' ? rights.requireMfa : rights.changePolicy)
  if (newest?.version !== input.version) throw new Fault({ code: 'precondition_failed' })
  if (fields.length === 0) return newest.version
  const breaches = floorBreaches(presetOf(ctx), wanted).filter(({ key }) => fields.includes(key))
  if (breaches.length > 0) throw new Fault({ code: 'invalid', errors: breaches.map(({ key, detail }) => ({ pointer: `/${key}`, detail })) })

  const version = newest.version + 1
  await ctx.commit(
    [
      raisePolicyVersion(ctx.db, newest.version, version),
      insertPolicyVersion(ctx.db, { id: ctx.newId('pol'), version, document: JSON.stringify(wanted), changedBy: ctx.eventActor.id, changedAt: ctx.now }),
    ],
    policyChanged(ctx.tenant.id, { version, fields: fields.join(',') }),
  )
  return version
}

function checked(values: Record<string, string | number>): Policy {
  const result = PolicyDocument.safeParse(values)
  if (result.success) return result.data
  throw new Fault({ code: 'invalid', errors: result.error.issues.map((issue) => ({ pointer: `/${issue.path.join('.')}`, detail: issue.message })) })
}

const presetOf = (ctx: Ctx): PresetName => (ctx.tenant.preset in presets ? (ctx.tenant.preset as PresetName) : 'combined') // `as`: it is a key of presets
