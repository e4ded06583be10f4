import type { ControlDeclaration, LimitRule, RevealDeclaration, SealedField } from '../module.ts'
import { grantReveal } from '../vault/reveal-grant.ts'

/** What the core's manifest says of factors. The sealed values lie in the account's guard, under the deployment's own roots. */

/** The authenticator's secret: { secret } in base32 (IFD-43). */
export const totpField = {
  name: 'core.account.totp',
  table: 'guard.totp',
  column: 'sealed',
  class: 'secret',
  holds: ['authenticator secret'],
  scope: 'platform',
} as const satisfies SealedField

/** What a person calls a passkey: { name }. */
export const passkeyNameField = {
  name: 'core.account.passkey_name',
  table: 'guard.passkeys',
  column: 'name',
  class: 'contact',
  holds: ['name of a passkey'],
  scope: 'platform',
} as const satisfies SealedField

export const factorSealedFields = [totpField, passkeyNameField] as const

/** Opened to compare a code, and shown once to its owner while the authenticator is being set up. */
export const totpReveal = {
  verb: 'core.totp',
  field: totpField.name,
  reveals: true,
  says: 'Compares a code with the authenticator secret; shows the secret to its owner until the first code confirms it.',
} as const satisfies RevealDeclaration

export const factorReveals = [totpReveal] as const

/** Tries at a code, counted in the account's guard (account-codes.ts), which a test holds to these figures. */
export const factorLimits = [
  { name: 'factor.totp', says: 'Authenticator codes tried at one account', per: 'account', quota: 5, windowS: 900 },
  { name: 'factor.recovery_code', says: 'Recovery codes tried at one account', per: 'account', quota: 5, windowS: 900 },
] as const satisfies readonly LimitRule[]

/** What the trust page says of factors. */
export const factorControls = [
  {
    id: 'identity.factors', name: 'Two-factor sign-in and step-up', status: 'active', probe: 'identity.factors',
    how: 'Every account can turn on an authenticator or passkeys; a tenant can require it of everyone. A code works once and five may be guessed in a quarter of an hour; of the ten recovery codes only hashes are kept. What is sensitive asks for a proof of that very act, good once and for two minutes.',
    enforcedBy: ['durable-objects/account-factors.ts', 'durable-objects/account-codes.ts', 'worker/core/identity/prove-factor.ts', 'worker/core/identity/step-up.ts', 'worker/core/door.ts'],
    claims: ['CLN-53', 'CLN-54', 'IFD-43', 'IFD-49', 'IFD-50', 'IFD-51', 'IFD-52', 'IFD-53', 'SPO-30', 'SPO-31', 'SPO-97', 'CAL-38', 'CAL-102'],
    frameworks: ['CC6.1', 'CC6.2'],
  },
] as const satisfies readonly ControlDeclaration[]

export const totpGrant = () => grantReveal(totpReveal)
