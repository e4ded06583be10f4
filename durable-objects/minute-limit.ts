/**
 * Requests in a window of one minute that begins with the first. Kept in memory: an object idle long enough to be put away
 * had nobody to limit.
 */
export class MinuteLimit {
  #since = 0
  #count = 0

  /** Counts one request unless told not to; refuses from the one after `quota` on. */
  count(now: number, quota: number, counts: boolean): { allowed: boolean; remaining: number; resetS: number } {
    if (now - this.#since >= 60_000 || now < this.#since) {
      this.#since = now
      this.#count = 0
    }
    if (counts) this.#count += 1
    return { allowed: !counts || this.#count <= quota, remaining: Math.max(0, quota - this.#count), resetS: Math.ceil((this.#since + 60_000 - now) / 1000) }
  }
}
