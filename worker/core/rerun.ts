import type { SeatCopy } from '../../durable-objects/account-words.ts'
import type { Ctx } from './ctx.ts'
import { Fault, isFault } from './failure.ts'
import { PLATFORM } from './reach.ts'
import { integrityFailed, tamperedReasons } from './tenancy/module.ts'
import { isVaultFault, type VaultFault } from './vault/fault.ts'

/** How often a verb is run again after the fence said that what the door knew was old. */
const TRIES = 3

/**
 * Run a verb at a seat; when the fence says that the seat is old (moved, resealed, role or policy changed), ask for it anew
 * and run the verb once more. Safe because a verb has no effect before its one commit. A sealed value that does not open
 * ends the verb and is told to the log (IFD-40): `integrity`; one that was erased is `gone`, and a key that
 * cannot be had just now is `unavailable`.
 */
export async function atSeat<T>(known: SeatCopy, refresh: () => Promise<SeatCopy | null>, enter: (seat: SeatCopy) => Ctx, verb: (ctx: Ctx) => Promise<T>): Promise<T> {
  let seat = known
  for (let tries = 1; ; tries += 1) {
    const ctx = enter(seat)
    try {
      return await verb(ctx)
    } catch (thrown) {
      if (isVaultFault(thrown)) throw await refused(ctx, thrown)
      if (!isFault(thrown) || thrown.failure.code !== 'stale_fence' || tries >= TRIES) throw thrown
      const fresh = await refresh()
      if (!fresh) throw new Fault({ code: 'not_found' })
      seat = fresh
    }
  }
}

async function refused(ctx: Ctx, { reason, place }: VaultFault): Promise<Fault> {
  if (reason === 'salt_missing') return new Fault({ code: 'gone', detail: 'This was erased for good.' })
  const tampered = tamperedReasons.find((each) => each === reason)
  if (!tampered) return new Fault({ code: 'unavailable', reason })
  const event = integrityFailed(place.rowId ?? ctx.tenant.id, { field: place.sealName ?? 'unknown', reason: tampered })
  const alert = place.tenant === PLATFORM ? ctx.commitDirectory([], event) : ctx.commit([], event)
  await alert.catch(() => undefined) // the value is refused whether or not the log can be told just now
  return new Fault({ code: 'integrity', reason })
}
