import { z } from 'zod'

export const DeliveryId = z.string().regex(/^dlv_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a message.')

/** As a person thinks of them: what waits, what left, what could not. */
export const deliveryStates = ['queued', 'sent', 'dead', 'dropped'] as const
export const DeliveryFilter = z.strictObject({ state: z.enum(deliveryStates).optional() })
export type DeliveryFilter = z.output<typeof DeliveryFilter>

/** A message as a list shows it: never its words, never its link. */
export const DeliveryView = z.object({
  id: z.string(),
  channel: z.enum(['mail', 'webhook']),
  /** What kind of message it is, in words. */
  says: z.string(),
  to: z.string(),
  state: z.enum(deliveryStates),
  attempts: z.number().int(),
  /** When the next attempt is, for one that waits. */
  nextAt: z.number().nullable(),
  /** Why the last attempt failed, as a sentence. */
  problem: z.string().nullable(),
  createdAt: z.number(),
  settledAt: z.number().nullable(),
})
export type DeliveryView = z.output<typeof DeliveryView>
