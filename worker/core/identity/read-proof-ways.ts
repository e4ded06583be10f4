import type { AccountCtx } from '../ctx.ts'
import { beginProof } from './begin-passkey.ts'
import { askFactors } from './factors.ts'
import type { PasskeyQuestion } from './passkeys.ts'

/** How this person can prove itself now. `password` only where nothing stronger is set up. */
export type ProofWays = {
  readonly totp: boolean
  readonly recoveryCode: boolean
  readonly passkey: PasskeyQuestion | null
  readonly password: boolean
}

export async function readProofWays(ctx: AccountCtx): Promise<ProofWays> {
  const { totp, codesLeft, enrolled } = await askFactors(ctx, ctx.accountId, 'view')
  return { totp: totp !== null, recoveryCode: codesLeft > 0, passkey: enrolled ? await beginProof(ctx) : null, password: !enrolled }
}
