import type { Changed } from '../../../durable-objects/factor-words.ts'
import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { confirmFirst, type SensitiveAct } from './step-up.ts'

/** Turns a refused change of factors into its fault. */
export async function mustChange(ctx: AccountCtx, act: SensitiveAct, changed: Changed): Promise<void> {
  if (changed.ok) return
  switch (changed.reason) {
    case 'ticket':
      throw await confirmFirst(ctx, act)
    case 'none':
      throw new Fault({ code: 'not_found' })
    case 'last':
      throw new Fault({ code: 'conflict', state: 'mfa_required', detail: 'A tenant of yours requires two-factor sign-in, and this is your last factor. Add another one first.' })
    case 'exists':
      throw new Fault({ code: 'conflict', state: 'exists', detail: 'This is set up already.' })
  }
}
