import { z } from 'zod'
import { CallId, syncStates } from '../log/contract.ts'

/**
 * Why a hand-over came to nothing: what came of asking an AMS, in words of ours, or what kept us from it. `broke_off`: while it
 * was handed over; `ams_gone`: the connection it was handed over by is not there any more.
 */
export const syncTroubles = ['credentials_refused', 'refused_address', 'unreachable', 'timeout', 'busy', 'broken', 'no_contact', 'refused', 'cannot_look_up', 'unreadable', 'could_not_prepare', 'broke_off', 'ams_gone'] as const
export type SyncTrouble = (typeof syncTroubles)[number]

export const HandOver = z.strictObject({ callId: CallId })

/** How many calls stand where somebody ought to look. */
export const HandOverCounts = z.object({
  /** Tried, and waiting for the next try. */
  retrying: z.number().int(),
  unknown: z.number().int(),
  dead: z.number().int(),
  /** No AMS was connected when they were due. */
  none: z.number().int(),
  /** Destroyed on their last day before the AMS was known to have them. */
  lost: z.number().int(),
  /** Purged by the cap instead of on the AMS's receipt: the safety net, normally none (CAL-24). */
  capped: z.number().int(),
})
export type HandOverCounts = z.output<typeof HandOverCounts>

export const ReplayedCall = z.object({ id: z.string(), syncState: z.enum(syncStates) })
export type ReplayedCall = z.output<typeof ReplayedCall>

export const ReplayedCalls = z.object({ calls: z.number().int() })
