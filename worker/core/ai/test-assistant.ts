import type { Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { demand } from '../rights.ts'
import { summarise } from './assistant.ts'
import type { AssistantOutcome } from './contract.ts'
import { assistantTested, rights } from './module.ts'
import { openAssistantOf, surroundingsOf } from './open-assistant.ts'
import { assistantOf, noteTest } from './store.ts'

/** A conversation that nobody had. */
const sample = 'Good morning, I would like to know what a home policy covers. It covers the house and what is in it. Thank you, I will call again next week.'

/** Ask the assistant for a summary of a conversation that nobody had, whether it is on or not. */
export async function testAssistant(ctx: Ctx): Promise<{ outcome: AssistantOutcome }> {
  demand(ctx, rights.writeAssistant)
  const row = await ctx.db.read(assistantOf(ctx.db))
  if (!row) throw new Fault({ code: 'not_found' })
  const { outcome } = (await summarise(await openAssistantOf(ctx, row), { transcript: sample, known: [] }, surroundingsOf(ctx))).record
  await ctx.commit([noteTest(ctx.db, row.id, { testedAt: ctx.now, testOutcome: outcome })], assistantTested(row.id, { outcome }))
  return { outcome }
}
