import type { ChainClient, LogId } from './chain-client.ts'

/** How long the first write of a burst waits for others before it tells the log of all of them. */
const GATHER_MS = 40
/** How long the first message of a burst waits: nobody looks at its entry at once, and draining one costs as much as draining fifty. */
export const GATHER_HOOKS_MS = 5000
/** A write that waits so much longer than it should has died with its request: the next one tells. */
const LOST_AFTER_MS = 2000

/**
 * Tells logs that there is something to drain: once for all that an isolate commits to a log within a moment, since the log
 * itself gathers longer than that. Made once an isolate; it holds ids and times, never promises. What is not told because an
 * isolate dies is found by the minute cron.
 */
export class GatheredPokes {
  readonly #waiting = new Map<LogId, number>()
  readonly #gatherMs: number

  constructor(gatherMs = GATHER_MS) {
    this.#gatherMs = gatherMs
  }

  /** Call after the commit. A write that waits already tells of this one too: it speaks later than now. */
  async poke(chain: Pick<ChainClient, 'poke'>, log: LogId, now: number): Promise<void> {
    const since = this.#waiting.get(log)
    if (since !== undefined && Math.abs(now - since) < this.#gatherMs + LOST_AFTER_MS) return
    this.#waiting.set(log, now)
    await scheduler.wait(this.#gatherMs)
    this.#waiting.delete(log) // before it speaks: whoever commits from here on speaks again
    await chain.poke(log, now)
  }
}
