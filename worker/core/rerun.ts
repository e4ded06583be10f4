import type { SeatCopy } from '../../durable-objects/account-words.ts'
import { Fault, isFault } from './failure.ts'
import { isVaultFault } from './vault/fault.ts'

/** How often a verb is run again after the fence said that what the door knew was old. */
const TRIES = 3

/**
 * Run a verb at a seat; when the fence says that the seat is old (moved, resealed, role or policy changed), ask for it anew
 * and run the verb once more. Safe because a verb has no effect before its one commit.
 */
export async function atSeat<T>(known: SeatCopy, refresh: () => Promise<SeatCopy | null>, run: (seat: SeatCopy) => Promise<T>): Promise<T> {
  let seat = known
  for (let tries = 1; ; tries += 1) {
    try {
      return await run(seat)
    } catch (thrown) {
      if (isVaultFault(thrown)) throw new Fault({ code: 'integrity', reason: thrown.reason })
      if (!isFault(thrown) || thrown.failure.code !== 'stale_fence' || tries >= TRIES) throw thrown
      const fresh = await refresh()
      if (!fresh) throw new Fault({ code: 'not_found' })
      seat = fresh
    }
  }
}
