import type { RevealDeclaration, SealedField } from '../module.ts'
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

export const totpGrant = () => grantReveal(totpReveal)
