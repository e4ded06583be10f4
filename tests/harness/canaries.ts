import type { Secret } from './on-disk.ts'

/** Typed into every field that the manifests call sensitive; nobody else would ever type them. */
export const words = {
  invitedName: 'Zylphia Quortannis', invitedAddress: 'zylphia.quortannis@harbor.example', memberName: 'Brontavius Ekelwhit', newAddress: 'brontavius.ekelwhit@harbor.example',
  documentName: 'Wexlorthian agreement', documentText: 'Kravendil owes nothing to Umberlaith', password: 'gossamer-vexillum-thornback-9',
  signUpName: 'Thessaly Umbrickson', signUpAddress: 'thessaly.umbrickson@quaver.example', signUpPassword: 'umbrickson-lantern-quay-77', tenantName: 'Quaverlode Holdings',
  openedName: 'Ottoline Farthingwell', openedAddress: 'ottoline.farthingwell@quaver.example',
  userAgent: 'Harnesszilla/6.6 (Quibberton)', address: '198.51.100.137', passkeyName: 'Mirelwynd’s yellow key',
} as const

/** What the product makes and shows to one person, or mails: found while the harness goes on. */
export type Made = 'authenticator secret' | 'recovery code' | 'session secret' | 'API key' | 'mailed token' | 'digest of a file'

/** What stands for a thing that a sealed field holds: words that were typed, things that were made, or why nothing can. */
type Canary = readonly (keyof typeof words | Made)[] | { readonly none: string }

/**
 * For each sealed field of the product and each thing that the trust page says it holds. A field that is added, or that holds
 * something more, has no canary here and fails.
 */
export const canaries: Readonly<Record<string, Readonly<Record<string, Canary>>>> = {
  'core.account.contact': { name: ['openedName', 'memberName'], 'e-mail address': ['openedAddress', 'newAddress'] },
  // A tenant's name stands in clear once the tenant is open: it is sealed with a sign-up that nobody has confirmed.
  'core.sign_up.content': { name: ['signUpName'], 'e-mail address': ['signUpAddress'], 'name of the tenant': ['tenantName'], 'password hash': ['signUpPassword'] },
  'core.auth_log.origin': { 'IP address': ['address'], 'user agent': ['userAgent'] },
  'core.account.email_change': { 'new e-mail address': ['newAddress'] },
  'core.account.totp': { 'authenticator secret': ['authenticator secret'] },
  'core.account.passkey_name': { 'name of a passkey': ['passkeyName'] },
  'core.member.contact': { name: ['memberName'], 'e-mail address': ['newAddress'] },
  'core.invitation.contact': { name: ['invitedName'], 'e-mail address': ['invitedAddress'] },
  'core.delivery.content': { 'recipient address': ['invitedAddress'], 'parameters of the message': ['invitedName', 'mailed token'] },
  'core.platform_delivery.content': { 'recipient address': ['signUpAddress', 'openedAddress', 'newAddress'], 'parameters of the message': ['mailed token'] },
  'core.event.origin': { 'IP address': ['address'], browser: ['userAgent'], 'typed reason': { none: 'no page asks for a reason yet' } },
  'core.idempotency.answer': { 'the answer to one API request': ['documentName', 'API key'] },
  'core.document.content': { 'file name': ['documentName'], 'digest of the file': ['digest of a file'] },
  'core.document.key': { 'key of the stored file': { none: 'it never leaves the Worker; that the file it opens is not readable is looked for as its text' } },
}

/** Things that sealed fields hold and nothing stands for, each with its field. */
export function withoutCanary(sealedFields: readonly { name: string; holds: readonly string[] }[]): string[] {
  return sealedFields.flatMap(({ name, holds }) => holds.filter((each) => !canaries[name]?.[each]).map((each) => `${name} holds “${each}”: give it a canary in tests/harness/canaries.ts`))
}

/** Made things that some field is said to hold and that were never found: a search for nothing finds nothing. */
export function neverMade(made: Readonly<Record<Made, readonly Secret[]>>): string[] {
  return Object.entries(made).filter(([, secrets]) => secrets.length === 0).map(([name]) => name)
}
