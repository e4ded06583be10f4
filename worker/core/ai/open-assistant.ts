import type { Ctx } from '../ctx.ts'
import type { Surroundings } from '../delivery/egress-rule.ts'
import { grantReveal } from '../vault/reveal-grant.ts'
import type { Assistant } from './assistant.ts'
import { assistantKey, reveals } from './module.ts'
import type { AssistantRow } from './store.ts'

/** An assistant with its key open, for one question. */
export async function openAssistantOf(ctx: Ctx, row: AssistantRow): Promise<Assistant> {
  const { origin, key } = await ctx.vault.reveal<{ origin: string; key: string }>(grantReveal(reveals.askAssistant), assistantKey, row.id, { sealed: row.content, sealVersion: row.sealVersion })
  return { base: row.base, model: row.model, origin, key }
}

/** What may be called from here. */
export function surroundingsOf(ctx: Ctx): Surroundings {
  const { ORIGIN, ASSISTANT_URL } = ctx.reach.env
  return { own: ORIGIN, ...(ASSISTANT_URL ? { base: new URL(ASSISTANT_URL, ORIGIN).href } : {}) }
}
