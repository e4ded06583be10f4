import { Fault } from '../failure.ts'
import { HASH_COST, type HashCost } from './password.ts'

/** More than this many waiting are told to come back: ten hashes at once would hold everybody for three seconds. */
export const WAITING_AT_MOST = 8

/** A turn that does not come in this time is taken: the request that held it is gone. */
const PATIENCE_MS = 10_000

type Waiter = { readonly key: string; readonly start: () => void; readonly refuse: (fault: Fault) => void }

/**
 * One password hash at a time in an isolate, 32 MiB and a quarter of a second each, with a turn of the event loop between.
 * Keys (addresses, accounts) take turns, so that whoever is being attacked does not hold up the others. Held by the isolate.
 */
export class HashQueue {
  readonly cost: HashCost
  readonly #waiting: Waiter[] = []
  #running = false
  #lastKey = ''

  constructor(cost = HASH_COST) {
    this.cost = cost
  }

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

  async #turn(key: string): Promise<void> {
    if (this.#waiting.length >= WAITING_AT_MOST && !this.#makeRoomFor(key)) throw busy()
    const turn = Promise.withResolvers<void>()
    const waiter = { key, start: turn.resolve, refuse: turn.reject }
    this.#waiting.push(waiter)
    const impatient = new AbortController()
    await Promise.race([turn.promise, scheduler.wait(PATIENCE_MS, { signal: impatient.signal }).catch(() => turn.promise)])
    impatient.abort()
    const at = this.#waiting.indexOf(waiter)
    if (at >= 0) this.#waiting.splice(at, 1)
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

/** What a turn needs of a visit: the isolate's queue, and a way to outlive the request that began it. */
type Hasher = { readonly reach: { readonly hashes: HashQueue }; readonly later: (work: () => Promise<unknown>) => void }

/**
 * Hash or verify in the isolate's queue. The request is kept alive until its turn is over, even when its client goes away:
 * a turn that nobody ends would hold up everyone behind it.
 */
export async function inTurn<T>(visit: Hasher, key: string, work: () => Promise<T>): Promise<T> {
  const turn = visit.reach.hashes.run(key, work)
  visit.later(() => turn.catch(() => undefined))
  return turn
}

const busy = (): Fault => new Fault({ code: 'busy', retryAfterS: 3 })
