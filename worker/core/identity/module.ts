import { defineModule, type LimitRule, type RightDeclaration, type SealedField } from '../module.ts'
import { factorEvents } from './events-factors.ts'
import { identityEvents } from './events.ts'
import { factorControls, factorLimits, factorReveals, factorSealedFields } from './factor-declarations.ts'

/** A person's { email, name }. */
export const accountContact = {
  name: 'core.account.contact', table: 'accounts', column: 'contact', class: 'contact', scope: 'platform',
  holds: ['name', 'e-mail address'], blindIndex: ['e-mail address'],
} as const satisfies SealedField

/** A sign-up that waits: { email, name, tenantName, kind, preset, passwordHash }. */
export const signUpContent = {
  name: 'core.sign_up.content', table: 'sign_ups', column: 'content', class: 'content', scope: 'platform',
  holds: ['name', 'e-mail address', 'name of the tenant', 'password hash'],
} as const satisfies SealedField

/** Where a sign-in that failed or succeeded came from: { ip, userAgent }. */
export const authOrigin = {
  name: 'core.auth_log.origin', table: 'platform_auth_log', column: 'origin', class: 'content', scope: 'platform',
  holds: ['IP address', 'user agent'], blindIndex: ['IP address'],
} as const satisfies SealedField

/** A change of address under way, in the account's guard: { email }. */
export const emailChangeContent = {
  name: 'core.account.email_change', table: 'guard.email_changes', column: 'new_address', class: 'contact', scope: 'platform',
  holds: ['new e-mail address'],
} as const satisfies SealedField

/** Column of the blind index over an account's address; also what the gate and the platform log know an address by. */
export const ACCOUNT_EMAIL = 'core.account.email'
/** Column of the blind index over IP addresses in the platform log. */
export const AUTH_IP = 'core.auth_log.ip'

export const limits = {
  signInIp: { name: 'sign_in.ip', says: 'Wrong passwords from one IP address (IPv6: /64)', per: 'ip', quota: 20, windowS: 300, claims: ['IFD-56', 'SPO-33', 'SPO-56'] },
  signInAddress: { name: 'sign_in.address', says: 'Wrong passwords at one e-mail address from browsers that never signed in to it', per: 'address', quota: 10, windowS: 900, claims: ['IFD-56'] },
  signUpIp: { name: 'sign_up.ip', says: 'Sign-ups from one IP address', per: 'ip', quota: 10, windowS: 3600, claims: ['SPO-56'] },
  signUpAddress: { name: 'sign_up.address', says: 'Sign-ups with one e-mail address; further ones send it nothing', per: 'address', quota: 5, windowS: 3600, claims: ['SPO-56'] },
  resetIp: { name: 'reset.ip', says: 'Password resets asked for from one IP address', per: 'ip', quota: 20, windowS: 3600, claims: ['SPO-56'] },
  resetAddress: { name: 'reset.address', says: 'Password resets asked for one e-mail address', per: 'address', quota: 5, windowS: 3600 },
  linkIp: { name: 'link.ip', says: 'Mailed links tried from one IP address', per: 'ip', quota: 60, windowS: 300 },
  emailChange: { name: 'email_change.account', says: 'Changes of address asked for by one account', per: 'account', quota: 5, windowS: 3600 },
} as const satisfies Record<string, LimitRule>

/** Different addresses tried from one IP address within its window before that is noted as stuffing (CIQ-49, SPO-33). */
export const STUFFING_ADDRESSES = 5

/** What everybody may do with its own account, whatever its role: nobody else may, an owner neither (design §3, Identity). */
export const rights = {
  ownAccount: { right: 'account.own', says: 'Own profile, password, address, second factors and sessions, and the end of the account', atLeast: 'viewer', claims: ['IFD-76', 'SPO-98'] },
} as const satisfies Record<string, RightDeclaration>

const DAY_MS = 86_400_000
/** A sign-up is forgotten if its address is not confirmed. */
export const SIGN_UP_MS = DAY_MS
/** Lifetimes of mailed links. */
export const RESET_MS = 3_600_000
export const CONFIRM_EMAIL_MS = DAY_MS
export const DISPUTE_EMAIL_MS = 7 * DAY_MS
export const NOT_ME_MS = 7 * DAY_MS
/** How long a disputed change of address locks the account (IFD-63). */
export const DISPUTE_LOCK_MS = 7 * DAY_MS

/** Accounts, sign-in, sessions, factors. */
export const identityModule = defineModule({
  name: 'identity',
  rights: Object.values(rights),
  sealedFields: [accountContact, signUpContent, authOrigin, emailChangeContent, ...factorSealedFields],
  events: [...identityEvents, ...factorEvents],
  limits: [...Object.values(limits), ...factorLimits],
  retention: [
    { name: 'auth_log.success', what: 'Successful sign-ins in the platform log', enters: 'Noted at the door when somebody signs in', sealedIn: [authOrigin.name], keep: { ms: 90 * DAY_MS }, then: 'deleted', claims: ['IFD-105'] },
    { name: 'auth_log.failure', what: 'Everything else in the platform log', enters: 'Noted at the door when a try fails or a reset is asked for', sealedIn: [authOrigin.name], keep: { ms: 365 * DAY_MS }, then: 'deleted', claims: ['IFD-106'] },
    { name: 'sign_ups', what: 'Sign-ups whose address was never confirmed', enters: 'Typed into the sign-up form', sealedIn: [signUpContent.name], keep: { ms: SIGN_UP_MS }, then: 'deleted' },
    { name: 'devices', what: 'Keyed hashes of the places an account signed in from', enters: 'Made at sign-in of address and browser', keep: { ms: 90 * DAY_MS }, then: 'deleted', claims: ['IFD-59'] },
    { name: 'accounts', what: 'Name, address, password hash, factors, sessions', enters: 'Typed by its person, or by whoever invited it', sealedIn: [accountContact.name, emailChangeContent.name, ...factorSealedFields.map(({ name }) => name)], keep: { life: 'account' }, then: 'deleted' },
  ],
  controls: [...factorControls],
  subprocessors: [],
  reveals: [...factorReveals],
})
