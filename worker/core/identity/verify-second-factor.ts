import { randomToken } from '../cookies.ts'
import type { AccountCtx } from '../ctx.ts'
import { isFault } from '../failure.ts'
import { sha256Hex } from '../vault/digest.ts'
import { noteAuthOf } from './auth-log.ts'
import { mfaPassed } from './events-factors.ts'
import type { SecondProof } from './factor-contract.ts'
import { proveFactor } from './prove-factor.ts'
import { accountById } from './store.ts'

/**
 * Finishes a sign-in that has proven only the password (CIQ-47). The session gets a new secret, to be handed to the
 * browser by whoever calls; `browser` is its device cookie's id and has tries of its own from now on. Throws
 * `wrong_credentials`, `locked`, or `unauthenticated` where the session is over.
 */
export async function verifySecondFactor(ctx: AccountCtx, proof: SecondProof, browser: string): Promise<{ secret: string; codesLeft: number }> {
  const secret = randomToken(32)
  const proving = {
    grant: { kind: 'sign_in', sid: ctx.session.sid, secretHash: await sha256Hex(secret) },
    purpose: 'sign_in',
    done: mfaPassed(ctx.accountId, { kind: proof.kind }),
  } as const
  const { codesLeft } = await proveFactor(ctx, proof, proving).catch(async (thrown: unknown) => {
    if (isFault(thrown) && thrown.failure.code === 'wrong_credentials') await noteAuthOf(ctx, 'wrong_factor', ctx.accountId)
    throw thrown
  })
  const account = await ctx.directory.read(accountById(ctx.directory, ctx.accountId))
  if (account) await ctx.reach.gate.trust({ address: account.emailIndex, browser, now: ctx.now })
  return { secret, codesLeft }
}
