import { z } from 'zod'

export const ConnectionId = z.string().regex(/^cnn_[0-7][0-9a-hjkmnp-tv-z]{25}$/, 'Not the id of a connection.')

export const ConnectionLabel = z.string().trim().min(1, 'Name the connection, so that you know it again.').max(80, 'At most 80 characters.')

/** A secret that the sender gives out, where it does. */
export const GivenSecret = z.string().trim().min(16, 'At least 16 characters.').max(256, 'At most 256 characters.').regex(/^[\x21-\x7e]+$/, 'Letters, digits and signs only.')

/** A connection as it is shown; never its secret. */
export const ConnectionView = z.object({
  id: z.string(), sender: z.string(), label: z.string(), state: z.enum(['active', 'revoked']), createdAt: z.number(), secretAt: z.number(), previousUntil: z.number().nullable(), revokedAt: z.number().nullable(),
})
export type ConnectionView = z.output<typeof ConnectionView>

/** What a sender is to be told: in this answer and in no other. */
export const ConnectionShown = z.object({ connection: ConnectionView, url: z.string(), secret: z.string() })
export type ConnectionShown = z.output<typeof ConnectionShown>

/** One message by id and verdict. `eventId` is null for one that was turned away: what it called itself was not proven. */
export const HookEventView = z.object({ eventId: z.string().nullable(), type: z.string().nullable(), verdict: z.string(), at: z.number() })
export type HookEventView = z.output<typeof HookEventView>
