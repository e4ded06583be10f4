import { z } from 'zod'

/**
 * The tenant policy: one flat document of every value on which the five trust pages disagree (claims.md, Conflicts X-nn),
 * declared once with its bounds. Enforcement reads it, the policy page edits it, the trust page prints it.
 * A tenant starts from a preset and may tighten; loosening below the preset's floor is refused.
 */

type NumberField = { kind: 'number'; unit: string; min: number; max: number; /** Which way is tighter, or null where neither is. */ tighter: 'lower' | 'higher' | null }
type ChoiceField = { kind: 'choice'; /** From loosest to tightest where ordered. */ options: readonly string[]; ordered: boolean }
export type PolicyField = (NumberField | ChoiceField) & { says: string; source: string }

const number = (says: string, source: string, unit: string, min: number, max: number, tighter: NumberField['tighter']) => ({ kind: 'number', says, source, unit, min, max, tighter }) as const
const choice = <const O extends readonly string[]>(says: string, source: string, options: O, ordered = true) => ({ kind: 'choice', says, source, options, ordered }) as const

export const policyFields = {
  'auth.lockout.threshold': number('Wrong tries before a lock', 'X-01', 'tries', 3, 10, 'lower'),
  'auth.lockout.minutes': number('How long a lock lasts', 'X-01', 'minutes', 15, 1440, 'higher'),
  'auth.lockout.counts': choice('What counts as a wrong try', 'X-02', ['password', 'password+mfa']),
  'auth.password_hash': choice('How passwords are hashed', 'X-04', ['scrypt', 'bcrypt12'], false),
  'auth.password_min': number('Shortest password without a second factor', 'NIST SP 800-63B-4', 'characters', 15, 64, 'higher'),
  'mfa.mode': choice('Two-factor sign-in', 'X-06', ['optional', 'encouraged', 'required']),
  'mfa.set_by': choice('Who may require two-factor sign-in', 'X-06', ['owner_admin', 'owner']),
  'session.idle_days': number('A session ends after this many idle days', 'X-07', 'days', 1, 7, 'lower'),
  'session.absolute_days': number('A session ends after this many days', 'X-07', 'days', 1, 90, 'lower'),
  'session.rotate_hours': number('The session secret changes after', 'X-07', 'hours', 1, 24, 'lower'),
  'tls.min': choice('Oldest TLS accepted from people and clients', 'X-09', ['1.2', '1.3']),
  'tls.min_webhook': choice('Oldest TLS accepted from webhook senders', 'X-09', ['1.2', '1.3']),
  'headers.frame': choice('Who may frame our pages', 'X-11', ['sameorigin', 'deny']),
  'roles.viewer': choice('The viewer role', 'X-15', ['on', 'off'], false),
  'perm.audit_view': choice('Who reads the audit log', 'X-22', ['owner_admin', 'owner']),
  'perm.export': choice('Who exports lists and the audit log', 'X-20', ['owner_admin', 'owner']),
  'perm.integration_credentials': choice('Who holds integration credentials', 'X-17', ['owner_admin', 'owner']),
  'perm.carrier_keys': choice('Who issues carrier API keys', 'X-19', ['owner_admin', 'owner']),
  'audit.retention_years': number('Audit entries are kept (0 means as long as the tenant lives)', 'X-23', 'years', 0, 30, null),
  'audit.ip_days': number('IP address and browser in the audit log are destroyed after', 'X-27', 'days', 30, 3650, null),
  'audit.auth_events': choice('Sign-in events also stand in the tenant log', 'X-24', ['off', 'on']),
  'audit.on_close': choice('The audit log when the tenant closes', 'X-25', ['drop', 'seal']),
  'crypto.rotate_days': number('The seal root rotates every', 'X-61', 'days', 1, 90, 'lower'),
  'doc.url_ttl_min': number('A document link lives', 'X-62', 'minutes', 1, 60, 'lower'),
  'doc.trash_days': number('A deleted document can be restored for', 'X-59', 'days', 1, 30, null),
  'phi': choice('Protected health information', 'X-36', ['baa', 'prohibited']),
  'rate.api_user': number('API requests per person and minute', 'X-49', 'requests', 10, 100, 'lower'),
  'trust.subprocessors': choice('Who sees the subprocessor list', 'X-34', ['public', 'nda'], false),
  'close.grace_days': number('Grace period before a closed tenant is destroyed', 'X-59', 'days', 1, 30, null),
  'invite.days': number('An invitation lives', 'CLN-33', 'days', 1, 14, 'lower'),
  'call.sync_delay_s': number('A call is handed on this long after its end', 'X-44', 'seconds', 180, 270, 'lower'),
  'reveal': choice('Showing a full sensitive value', 'X-72', ['owner_reasoned', 'never']),
} as const satisfies Record<string, PolicyField>

export type PolicyKey = keyof typeof policyFields
export type Policy = { [K in PolicyKey]: (typeof policyFields)[K] extends { kind: 'number' } ? number : (typeof policyFields)[K] extends { options: readonly (infer O)[] } ? O : never }

export const presetNames = ['combined', 'contractiq', 'cliniq', 'inforcedesk', 'spartan', 'callintel'] as const
export type PresetName = (typeof presetNames)[number]

const combined: Policy = {
  'auth.lockout.threshold': 10,
  'auth.lockout.minutes': 60,
  'auth.lockout.counts': 'password+mfa',
  'auth.password_hash': 'scrypt',
  'auth.password_min': 15,
  'mfa.mode': 'encouraged',
  'mfa.set_by': 'owner',
  'session.idle_days': 7,
  'session.absolute_days': 30,
  'session.rotate_hours': 24,
  'tls.min': '1.3',
  'tls.min_webhook': '1.2',
  'headers.frame': 'deny',
  'roles.viewer': 'on',
  'perm.audit_view': 'owner_admin',
  'perm.export': 'owner_admin',
  'perm.integration_credentials': 'owner',
  'perm.carrier_keys': 'owner_admin',
  'audit.retention_years': 0,
  'audit.ip_days': 365,
  'audit.auth_events': 'on',
  'audit.on_close': 'seal',
  'crypto.rotate_days': 90,
  'doc.url_ttl_min': 15,
  'doc.trash_days': 30,
  'phi': 'prohibited',
  'rate.api_user': 100,
  'trust.subprocessors': 'public',
  'close.grace_days': 7,
  'invite.days': 7,
  'call.sync_delay_s': 180,
  'reveal': 'never',
}

/** Where each preset begins; also the floor below which a tenant of that preset may not loosen an ordered value. */
export const presets: Record<PresetName, Policy> = {
  combined,
  contractiq: { ...combined, 'roles.viewer': 'off', 'audit.retention_years': 7 },
  cliniq: { ...combined, 'tls.min': '1.2', 'mfa.set_by': 'owner_admin', 'audit.retention_years': 7, 'trust.subprocessors': 'nda' },
  inforcedesk: { ...combined, 'tls.min': '1.2', 'auth.lockout.counts': 'password', 'roles.viewer': 'off', 'perm.integration_credentials': 'owner_admin', 'audit.retention_years': 7, 'audit.auth_events': 'off' },
  spartan: { ...combined, 'auth.lockout.minutes': 15, 'auth.lockout.counts': 'password', 'auth.password_hash': 'bcrypt12', 'headers.frame': 'sameorigin', 'roles.viewer': 'off', 'perm.audit_view': 'owner', 'perm.export': 'owner', 'audit.on_close': 'drop', 'reveal': 'owner_reasoned' },
  callintel: { ...combined, 'audit.retention_years': 7, 'audit.ip_days': 30 },
}

/** Years below which audit retention may not fall under any preset (CIQ-63); 0 means the tenant's life and is always allowed. */
export const AUDIT_FLOOR_YEARS = 3

export const tenantKinds = ['fmo', 'producer', 'agency', 'practice', 'employer', 'staffing', 'sandbox'] as const
export const TenantKind = z.enum(tenantKinds)
export const TenantName = z.string().trim().min(1, 'Give the tenant a name.').max(120, 'At most 120 characters.')
export const RoleName = z.enum(['owner', 'admin', 'member', 'viewer'])
export type RoleName = z.output<typeof RoleName>

/** What a preset's own page calls a role (X-15: SPO-35, CAL-35); the role and its rights stay the same. */
const otherNames: Partial<Record<PresetName, Partial<Record<RoleName, string>>>> = {
  spartan: { member: 'agent' },
  callintel: { member: 'agent' },
  contractiq: { admin: 'FMO administrator' },
}

/** What a role is called under a preset, in the middle of a sentence. */
export const roleLabel = (preset: string, role: RoleName): string => otherNames[preset as PresetName]?.[role] ?? role // `as`: an unknown preset has no other names

export const Email = z.string().trim().max(254, 'At most 254 characters.').pipe(z.email('That does not look like an e-mail address.'))
export const PersonName = z.string().trim().min(1, 'Tell us your name.').max(120, 'At most 120 characters.')

/** A whole policy document. Bounds only; floors are `policy.ts`. */
export const PolicyDocument = z.strictObject(
  Object.fromEntries(
    Object.entries(policyFields).map(([key, field]) => [key, field.kind === 'number' ? z.number().int().min(field.min).max(field.max) : z.enum(field.options)]),
  ),
) as unknown as z.ZodType<Policy> // `as`: Object.fromEntries forgets the keys that policyFields fixes

/** Some values of a policy, as a change sends them. */
export const PolicyChange = z.strictObject(
  Object.fromEntries(
    Object.entries(policyFields).map(([key, field]) => [key, (field.kind === 'number' ? z.number().int().min(field.min).max(field.max) : z.enum(field.options)).optional()]),
  ),
) as unknown as z.ZodType<Partial<Policy>> // `as`: Object.fromEntries forgets the keys that policyFields fixes

/** Roles one can be invited to or be given: there is exactly one owner, and ownership is handed over, not given out. */
export const grantableRoles = ['admin', 'member', 'viewer'] as const
export const GrantableRole = z.enum(grantableRoles, 'Choose a role.')
export const MemberId = z.string().regex(/^mem_[0-7][0-9a-hjkmnp-tv-z]{25}$/)
export const InvitationId = z.string().regex(/^inv_[0-7][0-9a-hjkmnp-tv-z]{25}$/)

export const InviteMember = z.object({ email: Email, name: PersonName, role: GrantableRole })
export type InviteMember = z.output<typeof InviteMember>
export const ChangeRole = z.object({ memberId: MemberId, role: GrantableRole })
export type ChangeRole = z.output<typeof ChangeRole>

/** Somebody who works here, as a page or the API shows it. */
export const MemberView = z.object({ id: z.string(), accountId: z.string(), name: z.string(), email: z.string(), role: RoleName, joinedAt: z.number(), you: z.boolean() })
export type MemberView = z.output<typeof MemberView>

/** An invitation as a list shows it; never its link. */
export const InvitationView = z.object({
  id: z.string(), name: z.string(), email: z.string(), role: RoleName, state: z.enum(['open', 'accepted', 'expired', 'revoked']), createdAt: z.number(), expiresAt: z.number(),
})
export type InvitationView = z.output<typeof InvitationView>
