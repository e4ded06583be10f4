import { AUDIT_FLOOR_YEARS, policyFields, presets, type Policy, type PolicyKey, type PresetName } from './contract.ts'

/** One value that a tenant of this preset may not choose, with the sentence for beside the field. */
export type FloorBreach = { key: PolicyKey; detail: string }

/** Every value of `wanted` that is looser than the preset's floor. Empty means it may be put in force. */
export function floorBreaches(preset: PresetName, wanted: Policy): FloorBreach[] {
  const floor = presets[preset]
  const breaches: FloorBreach[] = []
  for (const key of Object.keys(policyFields) as PolicyKey[]) { // `as`: the keys of a const object
    const field = policyFields[key]
    if (field.kind === 'number') {
      const value = Number(wanted[key])
      const least = Number(floor[key])
      if (field.tighter === 'lower' && value > least) breaches.push({ key, detail: `At most ${least} ${field.unit} under this preset.` })
      if (field.tighter === 'higher' && value < least) breaches.push({ key, detail: `At least ${least} ${field.unit} under this preset.` })
    } else if (field.ordered) {
      const options: readonly string[] = field.options
      if (options.indexOf(String(wanted[key])) < options.indexOf(String(floor[key]))) breaches.push({ key, detail: `Not looser than "${floor[key]}" under this preset.` })
    }
  }
  const years = wanted['audit.retention_years']
  if (years !== 0 && years < AUDIT_FLOOR_YEARS) breaches.push({ key: 'audit.retention_years', detail: `At least ${AUDIT_FLOOR_YEARS} years, or 0 for the tenant's life.` })
  return breaches
}

/** The names of the values that differ, for the audit entry: names only. */
export const changedKeys = (before: Policy, after: Policy): PolicyKey[] =>
  (Object.keys(policyFields) as PolicyKey[]).filter((key) => before[key] !== after[key]) // `as`: the keys of a const object

/** The strictest of several tenants' policies for what binds a person rather than a tenant (claims.md, Conflicts). */
export function strictest(policies: readonly Policy[]): Policy {
  const [first, ...rest] = policies
  if (!first) return presets.combined
  const merged: Record<string, number | string> = { ...first }
  for (const policy of rest) {
    for (const key of Object.keys(policyFields) as PolicyKey[]) { // `as`: the keys of a const object
      const field = policyFields[key]
      const held = merged[key]
      const other = policy[key]
      if (field.kind === 'number') {
        if (field.tighter === 'lower') merged[key] = Math.min(Number(held), Number(other))
        if (field.tighter === 'higher') merged[key] = Math.max(Number(held), Number(other))
      } else if (field.ordered) {
        const options: readonly string[] = field.options
        if (options.indexOf(String(other)) > options.indexOf(String(held))) merged[key] = other
      }
    }
  }
  return merged as Policy // `as`: same keys as it began with, values chosen from the policies given
}
