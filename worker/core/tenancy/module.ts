import { defineEvent, meta } from '../audit/event.ts'
import { defineModule, roles, type RightDeclaration, type SealedField } from '../module.ts'
import { presetNames, tenantKinds } from './contract.ts'

const role = meta.oneOf(roles)

/** A member's { name, email } as this tenant knows it. */
export const memberContact = {
  name: 'core.member.contact', table: 'members', column: 'contact', class: 'contact', scope: 'tenant',
  holds: ['name', 'e-mail address'],
} as const satisfies SealedField

/** An invited person's { name, email }. */
export const invitationContact = {
  name: 'core.invitation.contact', table: 'invitations', column: 'contact', class: 'contact', scope: 'tenant',
  holds: ['name', 'e-mail address'], blindIndex: ['e-mail address'],
} as const satisfies SealedField

/** Column of the blind index over an invitation's address. */
export const INVITATION_EMAIL = 'core.invitation.email'

export const rights = {
  readMembers: { right: 'member.read', says: 'See who works here', atLeast: 'member', keyScope: 'members.read', claims: ['CAL-86'] },
  invite: { right: 'member.invite', says: 'Invite people and take invitations back', atLeast: 'admin', stepUp: 'recent', claims: ['IFD-73', 'CAL-84', 'SPO-36'] },
  changeRole: { right: 'member.change_role', says: 'Change roles, never above one’s own', atLeast: 'admin', stepUp: 'recent', claims: ['IFD-73', 'CAL-84'] },
  removeMember: { right: 'member.remove', says: 'Remove people', atLeast: 'admin', stepUp: 'recent', claims: ['IFD-73', 'CAL-84'] },
  leave: { right: 'member.leave', says: 'Leave', atLeast: 'viewer' },
  transfer: { right: 'tenant.transfer', says: 'Hand over ownership', atLeast: 'owner', stepUp: 'exact', claims: ['IFD-69', 'IFD-71'] },
  settings: { right: 'tenant.settings', says: 'Open and change the settings', atLeast: 'admin', stepUp: 'recent', claims: ['CAL-84', 'CLN-14'] },
  close: { right: 'tenant.close', says: 'Close the tenant, or call its closing off', atLeast: 'owner', stepUp: 'exact', claims: ['IFD-70'] },
  readPolicy: { right: 'policy.read', says: 'Read the policy and its versions', atLeast: 'admin', stepUp: 'recent' },
  changePolicy: { right: 'policy.change', says: 'Change the policy', atLeast: 'owner', stepUp: 'recent' },
  requireMfa: { right: 'policy.require_mfa', says: 'Require two-factor sign-in of everyone', atLeast: 'admin', policy: 'mfa.set_by', stepUp: 'recent', claims: ['CLN-54', 'SPO-31'] },
  readKeys: { right: 'key.read', says: 'See the keys and their rotations', atLeast: 'admin', stepUp: 'recent' },
  rotateKeys: { right: 'key.rotate', says: 'Rotate the seal root', atLeast: 'owner', stepUp: 'recent', claims: ['CIQ-25'] },
  destroyKeys: { right: 'key.compromised', says: 'Rotate because a key is compromised, destroying the old one', atLeast: 'owner', stepUp: 'exact', claims: ['CAL-113'] },
} as const satisfies Record<string, RightDeclaration>

export const tenantPlaced = defineEvent('core.tenant.placed', 'A tenant was begun on a shard.', { kind: meta.oneOf(tenantKinds), preset: meta.oneOf(presetNames), shard: meta.digest() })
export const tenantOpened = defineEvent('core.tenant.opened', 'A tenant was complete and could be used.', {})
export const tenantAbandoned = defineEvent('core.tenant.abandoned', 'A tenant that was begun but never completed was cleared away.', {})
export const tenantCreated = defineEvent('core.tenant.created', 'A tenant was created with its first owner.', { kind: meta.oneOf(tenantKinds), preset: meta.oneOf(presetNames), owner: meta.id() })

/** Tenants, their people, policy and keys. */
export const tenancyModule = defineModule({
  name: 'tenancy',
  rights: Object.values(rights),
  sealedFields: [memberContact, invitationContact],
  events: [tenantPlaced, tenantOpened, tenantAbandoned, tenantCreated],
  limits: [],
  retention: [],
  controls: [],
  subprocessors: [],
  reveals: [],
})
