/**
 * How long after the n-th failed attempt the next one follows, in milliseconds: 1, 5, 15 minutes, 1, 4, 12, 20 hours. All
 * gaps stay below the 24 hours for which a provider remembers an Idempotency-Key.
 */
const waits = [60_000, 5 * 60_000, 15 * 60_000, 3_600_000, 4 * 3_600_000, 12 * 3_600_000, 20 * 3_600_000] as const

/** Attempts after which a message is a dead letter: about 37 hours after the first. */
export const MAX_ATTEMPTS = waits.length + 1

/** When to try again after `attempts` failures, or null: it is a dead letter now. A provider may ask for longer, not for less. */
export function nextAttemptAt(attempts: number, now: number, afterMs = 0): number | null {
  const wait = waits[attempts - 1]
  return wait === undefined ? null : now + Math.max(wait, afterMs)
}
