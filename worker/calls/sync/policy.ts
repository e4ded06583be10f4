import type { SyncTrouble } from './contract.ts'

/** Waits between attempts in milliseconds: 1, 2, 5, 15, 30 minutes, then an hour each time. */
const waits = [60_000, 2 * 60_000, 5 * 60_000, 15 * 60_000, 30 * 60_000] as const
const LONGEST_MS = 3_600_000

/** Attempts after which a call is a dead letter: about three days, a long weekend, after the first. */
export const MAX_ATTEMPTS = 76

/** When to try again after `attempts`, or null: it is a dead letter now. An AMS may ask for longer, up to a day, and not for less. */
export function nextAttemptAt(attempts: number, now: number, afterMs = 0): number | null {
  if (attempts >= MAX_ATTEMPTS) return null
  return now + Math.max(waits[attempts - 1] ?? LONGEST_MS, Math.min(afterMs, 24 * LONGEST_MS))
}

/** Troubles of the AMS as a whole rather than of one call: where one call meets them the next one is likely to. */
export const amsWide = ['credentials_refused', 'refused_address', 'unreachable', 'timeout', 'busy', 'broken'] as const satisfies readonly SyncTrouble[]
export const isOfTheAms = (trouble: SyncTrouble): boolean => amsWide.some((each) => each === trouble)
