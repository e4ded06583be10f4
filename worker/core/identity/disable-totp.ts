import type { AccountCtx } from '../ctx.ts'
import { factorDisabled } from './events-factors.ts'
import { askFactors, told } from './factors.ts'
import { mustChange } from './factor-change.ts'
import { ticketFor } from './step-up.ts'

const act = { verb: 'core.disable_totp' } as const

/** Turns the authenticator off. Needs an exact ticket; refused for the last factor while a tenant requires one. Every other session ends. */
export async function disableTotp(ctx: AccountCtx): Promise<void> {
  const off = told(ctx, ctx.accountId, [factorDisabled(ctx.accountId, { kind: 'totp' })])
  await mustChange(ctx, act, await askFactors(ctx, ctx.accountId, 'disableTotp', { ticket: await ticketFor(ctx, act), now: ctx.now, told: await off }))
}
