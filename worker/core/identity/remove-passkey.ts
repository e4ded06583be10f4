import type { AccountCtx } from '../ctx.ts'
import { factorDisabled } from './events-factors.ts'
import { mustChange } from './factor-change.ts'
import { askFactors, told } from './factors.ts'
import { ticketFor } from './step-up.ts'

/** Takes a passkey off the account. Needs an exact ticket for this very passkey; refused for the last factor while a tenant requires one. */
export async function removePasskey(ctx: AccountCtx, id: string): Promise<void> {
  const act = { verb: 'core.remove_passkey', row: id }
  const off = await told(ctx, ctx.accountId, [factorDisabled(ctx.accountId, { kind: 'passkey' })])
  await mustChange(ctx, act, await askFactors(ctx, ctx.accountId, 'removePasskey', { ticket: await ticketFor(ctx, act), id, now: ctx.now, told: off }))
}
