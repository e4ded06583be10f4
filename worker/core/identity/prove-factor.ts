import type { Grant, Proved, TryTaken } from '../../../durable-objects/factor-words.ts'
import type { RecordedEvent } from '../audit/event.ts'
import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { mfaFailed, recoveryCodeUsed } from './events-factors.ts'
import { totpField, totpGrant } from './factor-declarations.ts'
import type { SecondProof } from './factor-contract.ts'
import { askFactors, sealedCell, told } from './factors.ts'
import { verifyAssertion } from './passkeys.ts'
import { hashRecoveryCode, recoveryCodeOf } from './recovery-codes.ts'
import { matchStep } from './totp.ts'

type Proving = { readonly grant: Grant; readonly purpose: 'sign_in' | 'step_up'; readonly done: RecordedEvent }

/**
 * Proves a second factor for what `grant` says, and records how it ended. Tries are counted by the guard before anything is
 * compared, so that many at once cannot slip through. Answers with the recovery codes left.
 */
export async function proveFactor(ctx: AccountCtx, proof: SecondProof, proving: Proving): Promise<{ codesLeft: number }> {
  const failed = mfaFailed(ctx.accountId, { kind: proof.kind, purpose: proving.purpose })
  const proved = await proofs[proof.kind](ctx, proof as never, proving, failed) // `as`: the table pairs each kind with its own shape
  if (proved.ok) return { codesLeft: proved.codesLeft }
  throw new Fault(refusalOf(proved))
}

type Proofs = { [K in SecondProof['kind']]: (ctx: AccountCtx, proof: Extract<SecondProof, { kind: K }>, proving: Proving, failed: RecordedEvent) => Promise<Proved> }

const proofs: Proofs = {
  totp: async (ctx, { code }, { grant, done }, failed) => {
    const taken: TryTaken = await askFactors(ctx, ctx.accountId, 'tryTotp', ctx.now)
    if (!taken.ok) return taken
    const { secret } = await ctx.platformVault.reveal<{ secret: string }>(totpGrant(), totpField, taken.id, sealedCell(taken.cell))
    const step = matchStep(secret, code, ctx.now)
    return askFactors(ctx, ctx.accountId, 'useTotp', { id: taken.id, step, grant, now: ctx.now, told: await told(ctx, ctx.accountId, [done], [failed]) })
  },

  recovery_code: async (ctx, { code }, { grant, purpose, done }, failed) => {
    const used = recoveryCodeUsed(ctx.accountId, { purpose })
    // What cannot be a code is hashed like one: it must cost a try as well.
    const hash = await hashRecoveryCode(recoveryCodeOf(code) ?? '')
    return askFactors(ctx, ctx.accountId, 'useCode', { hash, grant, now: ctx.now, told: await told(ctx, ctx.accountId, [used, done], [failed]) })
  },

  passkey: async (ctx, { answer }, { grant, done }, failed) => {
    const key = await askFactors(ctx, ctx.accountId, 'passkeyKey', answer.id)
    if (!key) return { ok: false, reason: 'none' }
    const verified = await verifyAssertion(ctx, { purpose: 'prove', boundTo: ctx.session.sid }, key, answer)
    if (!verified) return { ok: false, reason: 'wrong' }
    return askFactors(ctx, ctx.accountId, 'usePasskey', { ...verified, grant, now: ctx.now, told: await told(ctx, ctx.accountId, [done], [failed]) })
  },
}

/** Wrong, used already and not set up look alike from outside: which of them it was would help a guesser only. */
export function refusalOf(proved: Exclude<Proved, { ok: true }>): ConstructorParameters<typeof Fault>[0] {
  switch (proved.reason) {
    case 'locked':
      return { code: 'locked', until: proved.until }
    case 'session':
      return { code: 'unauthenticated' }
    case 'ticket':
      return { code: 'gone', detail: 'What you were about to confirm is no longer waiting. Go back and start it again.' }
    case 'stronger':
      return { code: 'conflict', state: 'second_factor_set_up', detail: 'Your password alone is not enough here. Confirm with your authenticator, a passkey or a recovery code.' }
    case 'wrong':
    case 'used':
    case 'none':
    case 'challenge':
      return { code: 'wrong_credentials' }
  }
}
