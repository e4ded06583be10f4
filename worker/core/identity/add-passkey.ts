import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { factorEnabled } from './events-factors.ts'
import type { RegistrationAnswer } from './factor-contract.ts'
import { passkeyNameField } from './factor-declarations.ts'
import { askFactors, told } from './factors.ts'
import { verifyRegistration } from './passkeys.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'

/**
 * Keeps the passkey that the browser just made for `beginPasskey`. Answers with ten recovery codes where the account had
 * none. Every other session of the person ends.
 */
export async function addPasskey(ctx: AccountCtx, input: { name: string; answer: RegistrationAnswer }): Promise<{ codes: string[] | null }> {
  const verified = await verifyRegistration(ctx, ctx.session.sid, input.answer)
  if (!verified) throw new Fault({ code: 'gone', detail: 'The passkey took too long or was made for another site. Start again.' })
  const codes = newRecoveryCodes()
  const added = await askFactors(ctx, ctx.accountId, 'addPasskey', {
    sid: ctx.session.sid,
    challenge: verified.challenge,
    passkey: { ...verified.passkey, name: await ctx.platformVault.seal(passkeyNameField, verified.passkey.id, { name: input.name }) },
    codes: await Promise.all(codes.map(hashRecoveryCode)),
    now: ctx.now,
    told: await told(ctx, ctx.accountId, [factorEnabled(ctx.accountId, { kind: 'passkey' })]),
  })
  if (added.ok) return { codes: added.codesKept ? codes : null }
  if (added.reason === 'challenge') throw new Fault({ code: 'gone', detail: 'This was answered already. Start again.' })
  if (added.reason === 'exists') throw new Fault({ code: 'conflict', state: 'exists', detail: 'This passkey is on your account already.' })
  throw new Fault({ code: 'conflict', state: 'too_many', detail: 'You have as many passkeys as an account can hold. Remove one first.' })
}
