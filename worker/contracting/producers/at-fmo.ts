import type { Ctx } from '../../core/ctx.ts'
import { asGuest } from '../../core/tenancy/as-guest.ts'

/**
 * What a producer does to a link it does at the FMO's end, which is the truth: as a guest there, named in that log as the
 * account that acts. The verb itself holds it to its own link.
 */
export const atFmo = <T>(ctx: Ctx, fmoId: string, verb: (fmo: Ctx) => Promise<T>): Promise<T> =>
  asGuest(ctx, fmoId, ctx.actor.kind === 'member' ? { kind: 'account', id: ctx.actor.accountId, role: null } : ctx.eventActor, verb)
