import { Fault } from '../failure.ts'

/** More than this many waiting are told to come back: ten hashes at once would hold everybody for three seconds. */
export const WAITING_AT_MOST = 8

type Waiter = { readonly key: string; readonly start: () => void; readonly refuse: (fault: Fault) => void }

/**
 * One password hash at a time in an isolate, 32 MiB and a quarter of a second each, with a turn of the event loop between.
 * Keys (addresses, accounts) take turns, so that whoever is being attacked does not hold up the others. Held by the isolate.
 */
export class HashQueue {
  readonly #waiting: Waiter[] = []
  #running = false
  #lastKey = ''

  /** Run `work` when it is its turn. Throws `busy` when too many wait. */
  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    if (this.#running) await this.#turn(key)
    this.#running = true
    this.#lastKey = key
    try {
      return await work()
    } finally {
      await scheduler.wait(0) // other requests get a word in between two hashes
      this.#next()
    }
  }

  #turn(key: string): Promise<void> {
    if (this.#waiting.length >= WAITING_AT_MOST && !this.#makeRoomFor(key)) throw busy()
    return new Promise<void>((start, refuse) => this.#waiting.push({ key, start, refuse }))
  }

  /** The key that has the most waiting gives up its newest, if the newcomer's would still be fewer. */
  #makeRoomFor(key: string): boolean {
    const counts = new Map<string, number>()
    for (const waiter of this.#waiting) counts.set(waiter.key, (counts.get(waiter.key) ?? 0) + 1)
    const [heaviest = '', most = 0] = [...counts].toSorted(([, a], [, b]) => b - a)[0] ?? []
    if (most <= (counts.get(key) ?? 0) + 1) return false
    const at = this.#waiting.findLastIndex((waiter) => waiter.key === heaviest)
    for (const waiter of this.#waiting.splice(at, 1)) waiter.refuse(busy())
    return true
  }

  #next(): void {
    const other = this.#waiting.findIndex((waiter) => waiter.key !== this.#lastKey)
    const [next] = this.#waiting.splice(Math.max(0, other), 1)
    // `running` stays true while a turn is handed over, so that a newcomer cannot slip in between.
    if (next) next.start()
    else this.#running = false
  }
}

const busy = (): Fault => new Fault({ code: 'busy', retryAfterS: 3 })
