import type { Ctx } from '../ctx.ts'
import { summarise } from './assistant.ts'
import { assistantAsked } from './module.ts'
import { openAssistantOf, surroundingsOf } from './open-assistant.ts'
import { assistantOf } from './store.ts'

/**
 * A summary of what was said, by the tenant's own assistant; null where none is connected or on, or where it failed or was
 * late. `about` is the id of what was said on, for the log, which holds sizes and an outcome and no word.
 */
export async function askAssistant(ctx: Ctx, about: string, said: { readonly transcript: string; readonly known: readonly string[] }): Promise<string | null> {
  const row = await ctx.db.read(assistantOf(ctx.db))
  if (!row?.isOn) return null
  const { text, record } = await summarise(await openAssistantOf(ctx, row), said, surroundingsOf(ctx))
  await ctx.commit([], assistantAsked(about, { outcome: record.outcome, sent_chars: record.sentChars, withheld: record.withheld, answer_chars: record.answerChars }))
  return text
}
