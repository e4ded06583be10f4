import type { AccountCtx } from '../../ctx.ts'
import { identityLinked } from '../events-factors.ts'
import { requireTicket } from '../step-up.ts'
import { finishOidc, type Callback } from './finish-oidc.ts'
import { insertIdentity } from './store.ts'

/**
 * Links the identity at a provider to the signed-in person: from now on it signs in to this account. Needs an exact ticket,
 * for it is another key to the door. Throws `conflict` where the identity is linked already.
 */
export async function linkIdentity(ctx: AccountCtx, callback: Callback): Promise<void> {
  await requireTicket(ctx, { verb: 'core.link_identity', row: callback.provider })
  const { issuer, subject } = await finishOidc(ctx, callback, 'link')
  const linked = identityLinked(ctx.accountId, { provider: callback.provider, via: 'step_up' })
  await ctx.commitDirectory([insertIdentity(ctx.directory, { issuer, subject, accountId: ctx.accountId, linkedAt: ctx.now })], linked, ctx.eventActor)
}
