import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { assistantRemoved, rights } from './module.ts'
import { assistantOf, removeAssistantRow } from './store.ts'

/** Remove the assistant with its key: from the next call on, notes are made of facts alone. */
export async function removeAssistant(ctx: Ctx): Promise<void> {
  demand(ctx, rights.writeAssistant)
  const row = await ctx.db.read(assistantOf(ctx.db))
  if (!row) throw new Fault({ code: 'not_found' })
  await ctx.commit([removeAssistantRow(ctx.db, row.id)], assistantRemoved(row.id, {}))
}
