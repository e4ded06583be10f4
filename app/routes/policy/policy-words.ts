import { policyFields, presets, type PolicyKey, type PresetName } from '../../../worker/core/tenancy/contract.ts'

/** The fields as the page groups them; a field that no group names fails the test beside this. */
export const policyGroups: readonly { title: string; says: string; keys: readonly PolicyKey[] }[] = [
  { title: 'Sign-in', says: 'Binds people, not tenants: whoever works in several has the strictest of them.', keys: ['auth.lockout.threshold', 'auth.lockout.minutes', 'auth.lockout.counts', 'auth.password_min', 'auth.password_hash', 'mfa.mode', 'mfa.set_by'] },
  { title: 'Sessions', says: 'How long a browser stays signed in.', keys: ['session.idle_days', 'session.absolute_days', 'session.rotate_hours'] },
  { title: 'People and rights', says: 'Who may do what beyond the table of rights.', keys: ['roles.viewer', 'invite.days', 'perm.audit_view', 'perm.export', 'perm.integration_credentials', 'perm.carrier_keys', 'reveal'] },
  { title: 'Audit log', says: 'The log itself cannot be changed by anybody; these say who reads it and how long it stays.', keys: ['audit.retention_years', 'audit.ip_days', 'audit.auth_events', 'audit.on_close'] },
  { title: 'Data', says: 'Keys, documents, and what may be kept at all.', keys: ['crypto.rotate_days', 'doc.url_ttl_min', 'doc.trash_days', 'phi', 'close.grace_days', 'call.sync_delay_s'] },
  { title: 'At the door', says: 'What is accepted from a browser, a client, a sender.', keys: ['tls.min', 'tls.min_webhook', 'headers.frame', 'rate.api_user', 'trust.subprocessors'] },
]

/** What a choice means, in words; a choice not named here reads as it is written. */
const optionWords: Partial<Record<PolicyKey, Record<string, string>>> = {
  'auth.lockout.counts': { password: 'passwords', 'password+mfa': 'passwords and second-factor codes' },
  'auth.password_hash': { scrypt: 'scrypt', bcrypt12: 'bcrypt, cost 12' },
  'mfa.mode': { optional: 'optional', encouraged: 'encouraged', required: 'required of everyone' },
  'mfa.set_by': { owner_admin: 'owner and admins', owner: 'the owner alone' },
  'tls.min': { '1.2': 'TLS 1.2', '1.3': 'TLS 1.3' },
  'tls.min_webhook': { '1.2': 'TLS 1.2', '1.3': 'TLS 1.3' },
  'headers.frame': { sameorigin: 'our own pages', deny: 'nobody' },
  'perm.audit_view': { owner_admin: 'owner and admins', owner: 'the owner alone' },
  'perm.export': { owner_admin: 'owner and admins', owner: 'the owner alone' },
  'perm.integration_credentials': { owner_admin: 'owner and admins', owner: 'the owner alone' },
  'perm.carrier_keys': { owner_admin: 'owner and admins', owner: 'the owner alone' },
  'audit.on_close': { drop: 'is dropped after a last export', seal: 'is sealed and kept' },
  phi: { baa: 'under a signed BAA', prohibited: 'prohibited' },
  'trust.subprocessors': { public: 'everybody', nda: 'whoever signed an NDA' },
  reveal: { owner_reasoned: 'to the owner, with a reason', never: 'never' },
}

/** A value as a sentence would say it: "10 tries", "the owner alone". */
export function valueWords(key: PolicyKey, value: string | number): string {
  const field = policyFields[key]
  return field.kind === 'number' ? `${value} ${Number(value) === 1 ? field.unit.replace(/(tr)ies$/, '$1y').replace(/s$/, '') : field.unit}` : choiceWords(key, String(value))
}

export const choiceWords = (key: PolicyKey, value: string): string => optionWords[key]?.[value] ?? value

/** How far a value may go under a preset, in words; the page says "tighten only" where there is a direction. */
export function floorWords(preset: string, key: PolicyKey): string {
  const field = policyFields[key]
  const floor = floorOf(preset)[key]
  if (field.kind === 'number') {
    if (field.tighter === 'lower') return `at most ${valueWords(key, floor)}, tighten only`
    if (field.tighter === 'higher') return `at least ${valueWords(key, floor)}, tighten only`
    return `${field.min} to ${field.max} ${field.unit}`
  }
  return field.ordered ? `not looser than ${choiceWords(key, String(floor))}, tighten only` : `begins as ${choiceWords(key, String(floor))}`
}

/** The values a field may take under a preset. */
export function rangeOf(preset: string, key: PolicyKey): { min: number; max: number } | { options: readonly { value: string; looser: boolean }[] } {
  const field = policyFields[key]
  const floor = floorOf(preset)[key]
  if (field.kind === 'number') return { min: field.tighter === 'higher' ? Math.max(field.min, Number(floor)) : field.min, max: field.tighter === 'lower' ? Math.min(field.max, Number(floor)) : field.max }
  const options: readonly string[] = field.options
  return { options: options.map((value, at) => ({ value, looser: field.ordered && at < options.indexOf(String(floor)) })) }
}

const floorOf = (preset: string) => presets[preset as PresetName] ?? presets.combined // `as`: an unknown preset has the floor of the combined one

/** The name of a field in the form. What is named like a password never comes back into a page (app/page.ts), and these two are none. */
export const fieldName = (key: PolicyKey): string => key.replace('password', 'passphrase')
