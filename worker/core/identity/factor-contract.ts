import { z } from 'zod'

/** What people type and authenticators answer. Runs in the browser too. */

const base64url = (most: number) => z.string().min(1).max(most).regex(/^[\w-]+$/)

/** A form field that holds JSON, as WebAuthn answers arrive in a page's form. */
const json = (text: string, ctx: z.RefinementCtx): unknown => {
  try {
    return JSON.parse(text) as unknown // `as`: JSON.parse says any
  } catch {
    ctx.addIssue({ code: 'custom', message: 'Your browser sent something that cannot be read. Try again.' })
    return z.NEVER
  }
}

/** AuthenticationResponseJSON of WebAuthn Level 3 §5.1, as far as we use it. */
const Assertion = z.object({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  response: z.object({ clientDataJSON: base64url(8000), authenticatorData: base64url(8000), signature: base64url(4000), userHandle: base64url(200).optional() }),
})

/** RegistrationResponseJSON, likewise. */
const Registration = z.object({
  id: base64url(1400),
  rawId: base64url(1400),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
  response: z.object({ clientDataJSON: base64url(8000), attestationObject: base64url(20000), transports: z.array(z.string().max(20)).max(10).default([]) }),
})

export const AssertionField = z.string().max(40_000).transform(json).pipe(Assertion)
export const RegistrationField = z.string().max(60_000).transform(json).pipe(Registration)
export type AssertionAnswer = z.output<typeof Assertion>
export type RegistrationAnswer = z.output<typeof Registration>

/** Six digits, however they are spaced. */
export const TotpCode = z.string().max(20).transform((typed) => typed.replaceAll(/[\s-]/g, '')).pipe(z.string().regex(/^\d{6}$/, 'The code has six digits.'))
export const RecoveryCode = z.string().trim().min(1, 'Type one of your recovery codes.').max(60, 'A recovery code has twelve characters.')
export const PasskeyName = z.string().trim().min(1, 'Give it a name you will recognise.').max(60, 'At most 60 characters.')

/** How a person proves itself a second time. */
export const SecondProof = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('totp'), code: TotpCode }),
  z.object({ kind: z.literal('recovery_code'), code: RecoveryCode }),
  z.object({ kind: z.literal('passkey'), answer: AssertionField }),
])
export type SecondProof = z.output<typeof SecondProof>

export const Password = z.object({ kind: z.literal('password'), password: z.string().min(1, 'Type your password.').max(1024) })
/** How a person proves itself again: with its password only where nothing stronger is set up. */
export const StepUpProof = z.discriminatedUnion('kind', [...SecondProof.options, Password])
export type StepUpProof = z.output<typeof StepUpProof>
