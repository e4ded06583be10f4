import { roleLabel, type RoleName } from '../../../worker/core/tenancy/contract.ts'

/** From the most to the least, as lists show them. */
export const rolesInOrder = ['owner', 'admin', 'member', 'viewer'] as const satisfies readonly RoleName[]

/** A role as a heading or a choice names it. */
export function roleTitle(preset: string, role: RoleName): string {
  const label = roleLabel(preset, role)
  return label.charAt(0).toUpperCase() + label.slice(1)
}

/** All who hold a role; of owners there is one. */
export const roleHolders = (preset: string, role: RoleName): string => (role === 'owner' ? roleTitle(preset, role) : `${roleTitle(preset, role)}s`)

/** What a role is for. The whole table is on the trust page, rendered from the declarations that decide. */
export const roleSays: Record<RoleName, string> = {
  owner: 'Everything, and alone: the policy, the keys, API keys, handing over, closing.',
  admin: 'Runs the tenant: invites and removes people, changes roles and settings, sees policy and keys.',
  member: 'Does the work: sees who is here, reads and uploads documents.',
  viewer: 'Signs in and looks at what is shown to viewers. Changes nothing.',
}
