import type { AccountCtx } from '../ctx.ts'
import { passkeyRenamed } from './events-factors.ts'
import { passkeyNameField } from './factor-declarations.ts'
import { mustChange } from './factor-change.ts'
import { askFactors, told } from './factors.ts'

/** Another name for a passkey. Changes nothing that protects the account, so it needs no ticket. */
export async function renamePasskey(ctx: AccountCtx, input: { id: string; name: string }): Promise<void> {
  const name = await ctx.platformVault.seal(passkeyNameField, input.id, { name: input.name })
  const renamed = await askFactors(ctx, ctx.accountId, 'renamePasskey', { id: input.id, name, told: await told(ctx, ctx.accountId, [passkeyRenamed(ctx.accountId, {})]) })
  await mustChange(ctx, { verb: 'core.rename_passkey' }, renamed)
}
