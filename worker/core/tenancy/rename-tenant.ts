import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import { rights, tenantRenamed } from './module.ts'
import { renameProfile } from './store.ts'

/** Another name for the tenant; its id and everything that depends on it stay. Not in the log: a name is free text. */
export async function renameTenant(ctx: Ctx, name: string): Promise<void> {
  demand(ctx, rights.settings)
  if (name === ctx.tenant.name) return
  await ctx.commit([renameProfile(ctx.db, name)], tenantRenamed(ctx.tenant.id, {}))
}
