import type { Ctx } from '../ctx.ts'
import { demand } from '../rights.ts'
import type { AssistantSettings } from './contract.ts'
import { rights } from './module.ts'
import { assistantOf } from './store.ts'
import { settingsView } from './views.ts'

/** Which assistant summarises calls, and whether it is asked; never its key. */
export async function readAssistant(ctx: Ctx): Promise<AssistantSettings> {
  demand(ctx, rights.readAssistant)
  return settingsView(await ctx.db.read(assistantOf(ctx.db)))
}
