import { defineEvent, meta } from '../audit/event.ts'
import { defineModule, roles, type LimitRule, type RightDeclaration, type SealedField } from '../module.ts'
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
  readInvitations: { right: 'invitation.read', says: 'See the invitations and what became of them', atLeast: 'admin' },
  changeRole: { right: 'member.change_role', says: 'Change roles, never above one’s own', atLeast: 'admin', stepUp: 'recent', claims: ['IFD-73', 'CAL-84'] },
  removeMember: { right: 'member.remove', says: 'Remove people', atLeast: 'admin', stepUp: 'recent', claims: ['IFD-73', 'CAL-84'] },
  leave: { right: 'member.leave', says: 'Leave', atLeast: 'viewer' },
  transfer: { right: 'tenant.transfer', says: 'Hand over ownership', atLeast: 'owner', stepUp: 'exact', claims: ['IFD-69', 'IFD-71'] },
  settings: { right: 'tenant.settings', says: 'Open and change the settings', atLeast: 'admin', stepUp: 'recent', claims: ['CAL-84', 'CLN-14'] },
  endSessions: { right: 'tenant.end_sessions', says: 'Sign everybody out of the tenant', atLeast: 'owner', stepUp: 'exact' },
  close: { right: 'tenant.close', says: 'Close the tenant, or call its closing off', atLeast: 'owner', stepUp: 'exact', claims: ['IFD-70'] },
  readPolicy: { right: 'policy.read', says: 'Read the policy and its versions', atLeast: 'admin', stepUp: 'recent' },
  changePolicy: { right: 'policy.change', says: 'Change the policy', atLeast: 'owner', stepUp: 'recent' },
  requireMfa: { right: 'policy.require_mfa', says: 'Require two-factor sign-in of everyone', atLeast: 'admin', policy: 'mfa.set_by', stepUp: 'recent', claims: ['CLN-54', 'SPO-31'] },
  readKeys: { right: 'key.read', says: 'See the keys and their rotations', atLeast: 'admin', stepUp: 'recent' },
  rotateKeys: { right: 'key.rotate', says: 'Rotate the seal root', atLeast: 'owner', stepUp: 'recent', claims: ['CIQ-25'] },
  destroyKeys: { right: 'key.compromised', says: 'Rotate because a key is compromised, destroying the old one', atLeast: 'owner', stepUp: 'exact', claims: ['CAL-113'] },
} as const satisfies Record<string, RightDeclaration>

const kindAndPreset = { kind: meta.oneOf(tenantKinds), preset: meta.oneOf(presetNames) }
/** A shard's name. */
const shard = meta.digest()

// The tenant's own log.
export const tenantCreated = defineEvent('core.tenant.created', 'A tenant was created with its first owner.', { ...kindAndPreset, owner: meta.id() })
export const tenantRenamed = defineEvent('core.tenant.renamed', 'A tenant was given another name.', {})
export const ownershipTransferred = defineEvent('core.tenant.ownership_transferred', 'Ownership went from one member to another, who is now the only owner.', { from: meta.id(), to: meta.id() })
export const sessionsEnded = defineEvent('core.tenant.sessions_ended', 'The owner signed everybody out of the tenant: sessions opened before open nothing in it.', {}, { urgent: true })
export const closingAnnounced = defineEvent('core.tenant.closing_announced', 'The owner closed the tenant: access ended, destruction waits for the grace period.', { days: meta.count() }, { urgent: true })
export const closingCalledOff = defineEvent('core.tenant.closing_called_off', 'The owner called the closing off within the grace period.', {})
export const memberInvited = defineEvent('core.member.invited', 'Somebody was invited to a role.', { role })
export const invitationRevoked = defineEvent('core.invitation.revoked', 'An invitation was taken back.', { role }, { urgent: true })
export const memberJoined = defineEvent('core.member.joined', 'Somebody accepted an invitation and became a member.', { account: meta.id(), role, invitation: meta.id().nullable() })
export const memberRoleChanged = defineEvent('core.member.role_changed', 'A member’s role was changed.', { account: meta.id(), from: role, to: role })
/** The same entry, recorded for a demotion: what takes away goes through while the log lags, what gives waits. */
export const memberDemoted = defineEvent(memberRoleChanged.eventName, memberRoleChanged.says, memberRoleChanged.shape, { urgent: true })
export const memberRemoved = defineEvent('core.member.removed', 'A member was removed; its sessions lost this tenant.', { account: meta.id(), role }, { urgent: true })
export const memberLeft = defineEvent('core.member.left', 'A member left of its own accord.', { account: meta.id(), role }, { urgent: true })
export const policyChanged = defineEvent('core.policy.changed', 'Values of the tenant’s policy were changed.', { version: meta.count(), fields: meta.fields() })
export const rotationStarted = defineEvent('core.key.rotation_started', 'A new version of the seal root seals from now on; the rows under the old one are being swept.', { version: meta.count(), reason: meta.oneOf(['schedule', 'button', 'compromised']) })
export const rotationFinished = defineEvent('core.key.rotated', 'Every sealed row is under the new version of the seal root.', { version: meta.count(), rows: meta.count() })
export const keyDestroyed = defineEvent('core.key.destroyed', 'A version of a root was destroyed: what lies sealed under it in any copy cannot be opened again.', { root: meta.oneOf(['seal', 'index', 'token', 'audit']), version: meta.count() }, { urgent: true })

/** What only a changed ciphertext, row or key record can cause; a key that is away for a moment is another matter. */
export const tamperedReasons = ['malformed', 'not_canonical', 'wrong_size', 'not_authentic', 'not_json', 'root_refused', 'truncated', 'wrong_length'] as const
export const integrityFailed = defineEvent('core.integrity.failed', 'A sealed value did not open where it lay: it was changed, swapped or moved, and was shown to nobody.', { field: meta.fields(), reason: meta.oneOf(tamperedReasons) }, { urgent: true })

// The deployment's log: what the directory says of tenants.
export const tenantPlaced = defineEvent('core.tenant.placed', 'A tenant was begun on a shard.', { ...kindAndPreset, shard })
export const tenantOpened = defineEvent('core.tenant.opened', 'A tenant was complete and could be used.', {})
export const tenantAbandoned = defineEvent('core.tenant.abandoned', 'A tenant that was begun but never completed was cleared away.', {})
export const tenantClosing = defineEvent('core.tenant.closing', 'A tenant stands closed until its grace period ends.', {}, { urgent: true })
export const tenantReopened = defineEvent('core.tenant.reopened', 'The closing of a tenant was called off.', {})
export const tenantDestroyed = defineEvent('core.tenant.destroyed', 'The grace period of a closed tenant ended: rows, documents, objects and keys are gone, its log is sealed.', { rows: meta.count(), documents: meta.count() }, { urgent: true })
export const moveStarted = defineEvent('core.tenant.move_started', 'A tenant is being moved to another shard.', { from: shard, to: shard })
export const tenantMoved = defineEvent('core.tenant.moved', 'A tenant lives on another shard; counts and hashes of every table agreed before the switch.', { from: shard, to: shard, rows: meta.count(), hash: meta.digest() })
export const moveGivenUp = defineEvent('core.tenant.move_given_up', 'A move was given up before the switch, or asked for a shard that is not there: the tenant works on where it was.', { from: shard, to: shard }, { urgent: true })
export const seatGiven = defineEvent('core.seat.given', 'An account may ask for a tenant.', { tenant: meta.id() })
export const seatTaken = defineEvent('core.seat.taken', 'An account may no longer ask for a tenant.', { tenant: meta.id() }, { urgent: true })
export const rootsRewrapped = defineEvent('core.kek.rewrapped', 'Wrapped roots were wrapped again under the newest key-encryption key.', { kek: meta.count(), rewrapped: meta.count(), seen: meta.count() })

/** A tenant that mails strangers all day is not inviting colleagues. */
export const limits = {
  invitations: { name: 'invitations', says: 'Invitations sent by one tenant', per: 'tenant', quota: 200, windowS: 86_400 },
} as const satisfies Record<string, LimitRule>

/** Tenants, their people, policy and keys. */
export const tenancyModule = defineModule({
  name: 'tenancy',
  rights: Object.values(rights),
  sealedFields: [memberContact, invitationContact],
  events: [
    tenantCreated, tenantRenamed, ownershipTransferred, sessionsEnded, closingAnnounced, closingCalledOff, memberInvited, invitationRevoked, memberJoined,
    memberRoleChanged, memberRemoved, memberLeft, policyChanged, rotationStarted, rotationFinished, keyDestroyed, integrityFailed,
    tenantPlaced, tenantOpened, tenantAbandoned, tenantClosing, tenantReopened, tenantDestroyed, moveStarted, tenantMoved, moveGivenUp, seatGiven, seatTaken, rootsRewrapped,
  ],
  limits: Object.values(limits),
  retention: [
    { name: 'invitations', what: 'Invitations, after they expired', enters: 'Typed by an admin who invites somebody', sealedIn: [invitationContact.name], keep: { ms: 90 * 86_400_000 }, then: 'deleted' },
    { name: 'members', what: 'Members: name and address as their tenant lists them, role', enters: 'Copied from the account when somebody joins', sealedIn: [memberContact.name], keep: { life: 'membership' }, then: 'deleted' },
    { name: 'tenants', what: 'A tenant: its name, policy, rows and keys', enters: 'Made at sign-up or by an operator', keep: { life: 'tenant' }, then: 'key destroyed' },
  ],
  controls: [],
  subprocessors: [],
  reveals: [],
})
