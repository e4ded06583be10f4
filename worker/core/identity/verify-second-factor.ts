import { randomToken } from '../cookies.ts'
import type { AccountCtx } from '../ctx.ts'
import { sha256Hex } from '../vault/digest.ts'
import { mfaPassed } from './events-factors.ts'
import type { SecondProof } from './factor-contract.ts'
import { proveFactor } from './prove-factor.ts'

/**
 * Finishes a sign-in that has proven only the password (CIQ-47). The session gets a new secret, to be handed to the
 * browser by whoever calls. Throws `wrong_credentials`, `locked`, or `unauthenticated` where the session is over.
 */
export async function verifySecondFactor(ctx: AccountCtx, proof: SecondProof): Promise<{ secret: string; codesLeft: number }> {
  const secret = randomToken(32)
  const { codesLeft } = await proveFactor(ctx, proof, {
    grant: { kind: 'sign_in', sid: ctx.session.sid, secretHash: await sha256Hex(secret) },
    purpose: 'sign_in',
    done: mfaPassed(ctx.accountId, { kind: proof.kind }),
  })
  return { secret, codesLeft }
}
