import { defineEvent, meta } from '../audit/event.ts'

/** Events about accounts and sessions. Recorded by the account's guard beside the change, or in the directory's outbox. */

export const signUpAsked = defineEvent('core.sign_up.asked', 'Somebody asked for an account and a tenant; the address is not confirmed yet.', {})
export const accountCreated = defineEvent('core.account.created', 'An account was made for a confirmed address.', { via: meta.oneOf(['sign_up', 'invitation', 'operator']) })
export const accountClosed = defineEvent('core.account.closed', 'A person closed its account: memberships, password, factors and sessions ended.', {}, { urgent: true })
export const accountForgotten = defineEvent('core.account.forgotten', 'Name, address and outside identities of a closed account are gone from the directory.', {}, { urgent: true })
export const profileChanged = defineEvent('core.account.profile_changed', 'A person changed its own name.', {})

export const memberContactFollowed = defineEvent('core.member.contact_followed', 'A member’s name or address was brought up to date with its account.', {})

export const sessionOpened = defineEvent('core.session.opened', 'A person signed in.', {
  session: meta.id(),
  how: meta.oneOf(['password', 'passkey', 'oidc', 'invitation', 'sign_up']),
  new_device: meta.flag(),
})
export const sessionClosed = defineEvent('core.session.closed', 'A session ended.', { session: meta.id(), how: meta.oneOf(['sign_out', 'revoked']) }, { urgent: true })
export const sessionsClosed = defineEvent('core.session.all_closed', 'Every other session of an account ended.', {}, { urgent: true })
export const tenantSwitched = defineEvent('core.session.tenant_switched', 'A session went on in another tenant.', { session: meta.id(), tenant: meta.id() })

export const signInFailed = defineEvent('core.sign_in.failed', 'A wrong password was tried.', {})
export const accountLocked = defineEvent('core.account.locked', 'Too many wrong tries locked an account, or a dispute did.', { kind: meta.oneOf(['brute', 'dispute']) }, { urgent: true })
export const passwordChanged = defineEvent('core.password.changed', 'A person changed its password; every other session ended.', {}, { urgent: true })
export const passwordReset = defineEvent('core.password.reset', 'A password was set through a mailed link; every session ended.', {}, { urgent: true })
export const notMeReported = defineEvent('core.account.not_me', 'A person said that a sign-in was not its own; every session ended and the password must be reset.', {}, { urgent: true })
export const emailChangeAsked = defineEvent('core.email.change_asked', 'A person asked to change its address.', { change: meta.id() })
export const emailConfirmed = defineEvent('core.email.confirmed', 'A new address was confirmed.', { change: meta.id() })
export const emailChanged = defineEvent('core.email.changed', 'The address of an account was changed.', { change: meta.id(), how: meta.oneOf(['confirmed', 'disputed']) }, { urgent: true })
export const emailDisputed = defineEvent('core.email.disputed', 'The old address said that a change was not its own; the account is locked for seven days.', { change: meta.id() }, { urgent: true })
export const mailQueued = defineEvent('core.mail.queued', 'A message of the platform was queued.', { template: meta.fields() }, { urgent: true })
export const authRecorded = defineEvent('core.auth_log.recorded', 'Something at the door was noted before any tenant was known.', {
  kind: meta.oneOf(['sign_in', 'mfa', 'lock', 'reset', 'risk']),
  result: meta.oneOf(['success', 'failure']),
}, { urgent: true })

export const identityEvents = [
  signUpAsked, accountCreated, accountClosed, accountForgotten, profileChanged, memberContactFollowed, sessionOpened, sessionClosed, sessionsClosed, tenantSwitched, signInFailed, accountLocked, passwordChanged, passwordReset,
  notMeReported, emailChangeAsked, emailConfirmed, emailChanged, emailDisputed, mailQueued, authRecorded,
] as const
