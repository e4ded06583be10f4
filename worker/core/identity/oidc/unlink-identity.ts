import type { AccountCtx } from '../../ctx.ts'
import { identityUnlinked } from '../events-factors.ts'
import { requireTicket } from '../step-up.ts'
import { providerNamed } from './providers.ts'
import { removeIdentity } from './store.ts'

/** Takes a provider's identity off the account. Needs an exact ticket; the password and passkeys stay. */
export async function unlinkIdentity(ctx: AccountCtx, providerId: string): Promise<void> {
  const { issuer } = providerNamed(ctx.reach.env, providerId)
  await requireTicket(ctx, { verb: 'core.unlink_identity', row: providerId })
  await ctx.commitDirectory([removeIdentity(ctx.directory, ctx.accountId, issuer)], identityUnlinked(ctx.accountId, { provider: providerId }), ctx.eventActor)
}
