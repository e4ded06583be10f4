import { defineEvent, meta } from '../audit/event.ts'

/** Events about factors, proofs and outside identities. Recorded by the account's guard, except where a tenant or the directory changes. */

const kind = meta.oneOf(['totp', 'recovery_code', 'passkey', 'password'])
const factor = meta.oneOf(['totp', 'passkey'])
const purpose = meta.oneOf(['sign_in', 'step_up'])

export const factorEnabled = defineEvent('core.factor.enabled', 'A second factor was added to an account.', { kind: factor })
export const factorDisabled = defineEvent('core.factor.disabled', 'A second factor was taken off an account by its person.', { kind: factor }, { urgent: true })
export const passkeyRenamed = defineEvent('core.passkey.renamed', 'A passkey got another name.', {})
export const recoveryCodesRegenerated = defineEvent('core.recovery_codes.regenerated', 'New recovery codes were made; all older ones are void.', { count: meta.count() })
export const recoveryCodeUsed = defineEvent('core.recovery_code.used', 'A recovery code was used up.', { purpose })
export const mfaPassed = defineEvent('core.mfa.passed', 'A second factor was proven at sign-in.', { kind })
export const mfaFailed = defineEvent('core.mfa.failed', 'A second factor did not match.', { kind, purpose })
export const stepUpGranted = defineEvent('core.step_up.granted', 'A person proved itself again before something sensitive.', {
  kind,
  mode: meta.oneOf(['exact', 'recent']),
  /** The verb an exact ticket is for. */
  verb: meta.fields().optional(),
})
export const identityLinked = defineEvent('core.identity.linked', 'An identity at an outside provider was linked to an account.', { provider: meta.digest(), via: meta.oneOf(['step_up', 'invitation']) })
export const identityUnlinked = defineEvent('core.identity.unlinked', 'An identity at an outside provider was taken off an account.', { provider: meta.digest() }, { urgent: true })

export const factorEvents = [
  factorEnabled, factorDisabled, passkeyRenamed, recoveryCodesRegenerated, recoveryCodeUsed, mfaPassed, mfaFailed, stepUpGranted, identityLinked, identityUnlinked,
] as const
