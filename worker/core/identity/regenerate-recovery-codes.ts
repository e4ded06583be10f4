import type { AccountCtx } from '../ctx.ts'
import { recoveryCodesRegenerated } from './events-factors.ts'
import { mustChange } from './factor-change.ts'
import { askFactors, told } from './factors.ts'
import { CODE_COUNT, hashRecoveryCode, newRecoveryCodes } from './recovery-codes.ts'
import { ticketFor } from './step-up.ts'

const act = { verb: 'core.regenerate_recovery_codes' } as const

/** Ten new codes, seen this once; every older one is void from now on. Needs an exact ticket and a second factor to go with. */
export async function regenerateRecoveryCodes(ctx: AccountCtx): Promise<{ codes: string[] }> {
  const codes = newRecoveryCodes()
  const changed = await askFactors(ctx, ctx.accountId, 'replaceCodes', {
    ticket: await ticketFor(ctx, act),
    codes: await Promise.all(codes.map(hashRecoveryCode)),
    now: ctx.now,
    told: await told(ctx, ctx.accountId, [recoveryCodesRegenerated(ctx.accountId, { count: CODE_COUNT })]),
  })
  await mustChange(ctx, act, changed)
  return { codes }
}
