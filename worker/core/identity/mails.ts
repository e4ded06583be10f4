import { z } from 'zod'
import type { MintToken } from '../../../durable-objects/account-words.ts'
import { defineMail, type Letter, type MailOf, type Sending } from '../delivery/mail.ts'
import { sha256Hex } from '../vault/digest.ts'
import type { JsonValue } from '../vault/sealed.ts'
import { factorChangedMail } from './mails-factors.ts'
import { accountTriedMail } from './mails-risk.ts'
import { linkToken, type LinkKind } from './mail-token.ts'
import { CONFIRM_EMAIL_MS, DISPUTE_EMAIL_MS, NOT_ME_MS, RESET_MS } from './module.ts'

const accountId = z.string()
const why = 'You get this because this address belongs to an account here.'
const utc = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** Somebody signed up with this address. The token is the sign-up's own; its row keeps the hash. */
export const signUpConfirmMail = linkMail({
  name: 'sign_up_confirm', says: 'Confirm your address', kind: 'sign_up', path: '/sign-up/confirm', params: z.object({ signUpId: z.string() }),
  token: ({ signUpId }) => ({ id: signUpId, mint: null }),
  write: (_, href) => ({
    subject: 'Confirm your address',
    lines: ['One step is left before your account and your tenant exist: confirm that this address is yours.'],
    action: { label: 'Confirm', href },
    after: ['The link works once, for 24 hours. If you did not sign up, do nothing: nothing was made.'],
    why: 'You get this because somebody typed this address to sign up.',
  }),
})

/** Somebody signed up with an address that has an account already; on the page both looked the same. */
export const signUpKnownMail = defineMail({
  name: 'sign_up_known', says: 'You have an account already', scope: 'platform', params: z.object({}),
  write: (_, { link }) => ({
    subject: 'You have an account already',
    lines: ['Somebody, perhaps you, tried to sign up with this address. It has an account already, so nothing was made.'],
    action: { label: 'Sign in', href: link('/sign-in') },
    after: ['If you forgot your password, you can set a new one from there.'],
    why,
  }),
})

export const passwordResetMail = linkMail({
  name: 'password_reset', says: 'Set a new password', kind: 'reset', path: '/reset-password', params: z.object({ accountId }),
  token: (params) => ({ id: params.accountId, mint: { kind: 'reset', lifeMs: RESET_MS, payload: {} } }),
  write: (_, href) => ({
    subject: 'Set a new password',
    lines: ['Somebody asked to set a new password for your account.'],
    action: { label: 'Set a new password', href },
    after: ['The link works once, for one hour. If it was not you, do nothing: your password stays as it is.'],
    why,
  }),
})

export const passwordChangedMail = defineMail({
  name: 'password_changed', says: 'Your password was changed', scope: 'platform', params: z.object({ at: z.number() }),
  write: ({ at }, { link }) => ({
    subject: 'Your password was changed',
    lines: [`Your password was changed on ${utc(at)}. Every other session was signed out.`],
    action: { label: 'It was not me: set a new password', href: link('/forgot-password') },
    why,
  }),
})

/** The last one, to the address that is then forgotten. */
export const accountClosedMail = defineMail({
  name: 'account_closed', says: 'Your account is closed', scope: 'platform', params: z.object({ at: z.number() }),
  write: ({ at }) => ({
    subject: 'Your account is closed',
    lines: [
      `Your account was closed on ${utc(at)}. Your memberships, password, second factors and sessions ended, and your name and address were deleted.`,
      'This was confirmed with a proof of its own. If it was not you, write to the operator at once: nothing of the account can be brought back by us.',
    ],
    why,
  }),
})

export const accountLockedMail = defineMail({
  name: 'account_locked', says: 'Your account is locked for now', scope: 'platform', params: z.object({ until: z.number() }),
  write: ({ until }, { link }) => ({
    subject: 'Your account is locked for now',
    lines: [`There were too many wrong passwords, so new browsers cannot sign in to your account until ${utc(until)}. Browsers you used before and sessions that are open go on.`],
    action: { label: 'Set a new password', href: link('/forgot-password') },
    after: ['If it was you, setting a new password unlocks the account. If it was not, your password was not guessed; a second factor keeps it that way.'],
    why,
  }),
})

/** A sign-in from a pair of address and browser that was not seen for 90 days (IFD-58). */
export const newDeviceMail = linkMail({
  name: 'new_device', says: 'New sign-in to your account', kind: 'not_me', path: '/not-me',
  params: z.object({ accountId, at: z.number(), ip: z.string(), userAgent: z.string() }),
  token: (params) => ({ id: params.accountId, mint: { kind: 'not_me', lifeMs: NOT_ME_MS, payload: { at: params.at } } }),
  write: ({ at, ip, userAgent }, href) => ({
    subject: 'New sign-in to your account',
    lines: [`Somebody signed in to your account on ${utc(at)} from a browser we had not seen for 90 days.`, `IP address: ${ip}`, `Browser: ${userAgent || 'not named'}`],
    action: { label: 'It was not me', href },
    after: ['If it was you, there is nothing to do. The button asks once more before it signs everybody out and makes you set a new password.'],
    why,
  }),
})

/** To the new address (IFD-61). */
export const emailConfirmMail = linkMail({
  name: 'email_confirm', says: 'Confirm your new address', kind: 'confirm_email', path: '/confirm-email', params: z.object({ accountId, changeId: z.string() }),
  token: (params) => ({ id: params.accountId, mint: { kind: 'confirm_email', lifeMs: CONFIRM_EMAIL_MS, payload: { change: params.changeId } } }),
  write: (_, href) => ({
    subject: 'Confirm your new address',
    lines: ['Somebody asked to use this address for an account here.'],
    action: { label: 'Confirm the new address', href },
    after: ['The link works once, for 24 hours. If you know nothing of this, do nothing.'],
    why: 'You get this because somebody typed this address as the new one of its account.',
  }),
})

/** To the new address where it has an account already: the page does not tell. */
export const emailTakenMail = defineMail({
  name: 'email_taken', says: 'Your address was named', scope: 'platform', params: z.object({}),
  write: () => ({
    subject: 'Your address was named',
    lines: ['Somebody wanted to use this address for another account. It belongs to yours, so nothing was changed.'],
    why,
  }),
})

/** To the old address (IFD-61, IFD-62). */
export const emailDisputeMail = linkMail({
  name: 'email_dispute', says: 'Your address is about to change', kind: 'dispute_email', path: '/dispute-email', params: z.object({ accountId, changeId: z.string() }),
  token: (params) => ({ id: params.accountId, mint: { kind: 'dispute_email', lifeMs: DISPUTE_EMAIL_MS, payload: { change: params.changeId } } }),
  write: (_, href) => ({
    subject: 'Your address is about to change',
    lines: ['Somebody signed in to your account asked to replace this address with another one.'],
    action: { label: 'It was not me: stop it', href },
    after: ['Stopping it undoes the change, signs everybody out and locks the account for seven days, during which you can set a new password from this address. The link works for seven days. If it was you, there is nothing to do.'],
    why,
  }),
})

/** Every mail of this area, for the wiring. */
export const identityMails = [
  signUpConfirmMail, signUpKnownMail, passwordResetMail, passwordChangedMail, accountClosedMail, accountLockedMail, newDeviceMail, emailConfirmMail, emailTakenMail, emailDisputeMail, factorChangedMail, accountTriedMail,
] as const

type Mint = Pick<MintToken, 'kind' | 'payload'> & { readonly lifeMs: number }

/** A mail whose button carries a token: minted now, its hash kept by the account's guard, its text signed for one kind of link. */
function linkMail<P extends JsonValue>(declared: {
  name: string
  says: string
  kind: LinkKind
  path: `/${string}`
  params: z.ZodType<P>
  token: (params: P) => { id: string; mint: Mint | null }
  write: (params: P, href: string) => Letter
}): MailOf<P> {
  const { name, says, kind, path, params, token, write } = declared
  const compose = async ({ visit, token: fresh, link }: Sending, given: JsonValue): Promise<Letter> => {
    const parsed = params.parse(given)
    const { id, mint } = token(parsed)
    // A sign-up's secret is made of its id alone: its hash was kept when the row was written.
    const secret = mint ? fresh : await signUpSecret(visit.reach, id)
    if (mint) await visit.reach.guards.of(id).mintToken({ hash: await sha256Hex(secret), kind: mint.kind, now: visit.now, expiresAt: visit.now + mint.lifeMs, payload: mint.payload })
    return write(parsed, link(`${path}/${await linkToken(visit.reach, kind, id, secret)}`))
  }
  return { name, says, scope: 'platform', params, compose }
}

/** The secret in a sign-up's link. Nobody keeps it: it is made again when the mail is sent. */
export const signUpSecret = (reach: Sending['visit']['reach'], signUpId: string): Promise<string> => reach.signer.mac('sign_up', signUpId)
