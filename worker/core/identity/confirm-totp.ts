import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { factorEnabled, mfaFailed } from './events-factors.ts'
import { totpField, totpGrant } from './factor-declarations.ts'
import { askFactors, sealedCell, told } from './factors.ts'
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { matchStep } from './totp.ts'

/**
 * The first code of a new authenticator turns it on (CLN-53). Answers with ten recovery codes where the account had none:
 * the only time they are seen (IFD-51, IFD-52). Every other session of the person ends.
 */
export async function confirmTotp(ctx: AccountCtx, code: string): Promise<{ codes: string[] | null }> {
  const pending = await askFactors(ctx, ctx.accountId, 'pendingTotp', ctx.session.sid, ctx.now)
  if (!pending) throw new Fault({ code: 'gone', detail: 'This set-up took too long or was begun elsewhere. Start it again.' })
  const { secret } = await ctx.platformVault.reveal<{ secret: string }>(totpGrant(), totpField, pending.id, sealedCell(pending.cell))
  const codes = newRecoveryCodes()
  const confirmed = await askFactors(ctx, ctx.accountId, 'confirmTotp', {
    sid: ctx.session.sid,
    id: pending.id,
    step: matchStep(secret, code, ctx.now),
    codes: await Promise.all(codes.map(hashRecoveryCode)),
    now: ctx.now,
    told: await told(ctx, ctx.accountId, [factorEnabled(ctx.accountId, { kind: 'totp' })], [mfaFailed(ctx.accountId, { kind: 'totp', purpose: 'step_up' })]),
  })
  if (confirmed.ok) return { codes: confirmed.codesKept ? codes : null }
  if (confirmed.reason === 'none') throw new Fault({ code: 'gone', detail: 'This set-up took too long or was begun elsewhere. Start it again.' })
  throw new Fault({ code: 'invalid', errors: [{ pointer: '/code', detail: 'That code does not match. Wait for the next one, and check that your phone sets its clock by itself.' }] })
}
