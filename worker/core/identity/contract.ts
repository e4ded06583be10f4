import { z } from 'zod'
import { Email, PersonName, presetNames, TenantKind, TenantName } from '../tenancy/contract.ts'

/** What people type to sign up, sign in and keep their account. Runs in the browser too. */

/** A password on its way to be compared: any text, bounded so that nobody makes us hash a book. */
const TypedPassword = z.string().min(1, 'Type your password.').max(1024, 'That is longer than any password here.')
/** A password on its way to be kept; the rules that need its terms are `password-rules.ts`. */
const NewPassword = z.string().min(1, 'Choose a password.').max(1024, 'Use at most 256 characters.')

export const SignIn = z.object({ email: Email, password: TypedPassword })
export const SignUp = z.object({ email: Email, name: PersonName, password: NewPassword, tenantName: TenantName, kind: TenantKind.exclude(['sandbox']), preset: z.enum(presetNames).default('combined') })
/** What an operator says of a tenant that it makes for somebody. */
export const InviteOwner = SignUp.omit({ password: true }).extend({ preset: z.enum(presetNames) })
/** What somebody with an invitation and without an account says. */
export const SignUpInvited = z.object({ name: PersonName, password: NewPassword })
export const RequestReset = z.object({ email: Email })
export const ResetPassword = z.object({ token: z.string().max(400), password: NewPassword })
export const ChangePassword = z.object({ current: TypedPassword, password: NewPassword })
export const ChangeEmail = z.object({ email: Email })
export const UpdateProfile = z.object({ name: PersonName })
/** A token out of a mailed link. */
export const MailToken = z.string().max(400)

export type SignIn = z.output<typeof SignIn>
export type SignUp = z.output<typeof SignUp>
export type InviteOwner = z.output<typeof InviteOwner>
export type ResetPassword = z.output<typeof ResetPassword>
export type ChangePassword = z.output<typeof ChangePassword>
