import { z } from 'zod'

/** What can come of asking an assistant: words of ours, for what an endpoint says may hold anything. */
export const outcomes = ['answered', 'off', 'refused', 'rate_limited', 'unusable', 'refused_address', 'timeout', 'unreachable', 'redirected', 'too_large'] as const
export type AssistantOutcome = (typeof outcomes)[number]

/** `key` may be left out where one is kept already and the address keeps its origin. */
export const SetAssistant = z.strictObject({
  base: z.string().trim().min(1, 'Give the address of the endpoint.').max(300, 'At most 300 characters.'),
  model: z.string().trim().min(1, 'Name the model.').max(100, 'At most 100 characters.').regex(/^[\x21-\x7e]+$/, 'Letters, digits and signs only.'),
  key: z.string().trim().min(8, 'At least 8 characters.').max(512, 'At most 512 characters.').regex(/^[\x21-\x7e]+$/, 'Letters, digits and signs only.').optional(),
  on: z.boolean(),
})
export type SetAssistant = z.output<typeof SetAssistant>

/** The assistant as it is shown; never its key. */
export const AssistantView = z.object({ base: z.string(), model: z.string(), on: z.boolean(), setAt: z.number(), testedAt: z.number().nullable(), testOutcome: z.enum(outcomes).nullable() })
export type AssistantView = z.output<typeof AssistantView>

/** Null where none is connected. `version` is 0 until then. */
export const AssistantSettings = z.object({ assistant: AssistantView.nullable(), version: z.number() })
export type AssistantSettings = z.output<typeof AssistantSettings>

export const AssistantTest = z.object({ outcome: z.enum(outcomes) })
