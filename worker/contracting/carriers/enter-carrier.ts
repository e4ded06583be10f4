import { atKey, presentedKey } from '../../core/api/enter.ts'
import type { Entrance } from '../../core/api/mount.ts'
import type { ApiRoute } from '../../core/api/route.ts'
import type { Ctx } from '../../core/ctx.ts'
import type { Door } from '../../core/door.ts'
import { Fault, isFault, toWire } from '../../core/failure.ts'
import { newId } from '../../core/id.ts'
import { carrierCalled } from './module.ts'

/** Whose programs are asking. Nobody else has business in a verb that asks this. */
export function carrierOf(ctx: Ctx): string {
  if (ctx.actor.kind !== 'carrier') throw new Fault({ code: 'unauthenticated' })
  return ctx.actor.carrierId
}

/**
 * The carriers' way in: a key of a carrier's in the Authorization header, and nothing else. A session, a workspace key, a key
 * in the address or in a body are as good as none. Each call stands in the FMO's log with what came of it, before its answer
 * leaves; who holds no key calls nothing. Those above the key's limit are counted at its guard and stand there together, one entry a minute.
 */
export async function enterCarrier<T extends { readonly status: number }>(door: Door, route: Called, answer: (ctx: Ctx) => Promise<T>): Promise<T> {
  const called = (status: number) => ({ method: route.method, path: calledPath(route.path, door.url.pathname), status })
  const key = await presentedKey(door, 'cky', (keyId) => {
    const { name, subject, meta } = carrierCalled(keyId, { ...called(429), times: 1 })
    return { id: newId('evt', door.now), name, subject, meta, actorKind: 'key', at: door.now, personal: null }
  })
  const { keyId, carrierId } = key
  if (carrierId === null) throw new Fault({ code: 'unauthenticated' })
  const actor = { kind: 'carrier', keyId, carrierId } as const
  const tell = (status: number) => atKey(door, key, actor, (ctx) => ctx.commit([], carrierCalled(carrierId, called(status))))
  const outcome = await atKey(door, key, actor, answer).catch((thrown: unknown) => ({ thrown }))
  if (!('thrown' in outcome)) {
    await tell(outcome.status)
    return outcome
  }
  await tell(isFault(outcome.thrown) ? toWire(outcome.thrown.failure).status : 500).catch(() => undefined) // it is refused whether or not the log can be told just now
  throw outcome.thrown
}

export const carrierEntrance: Entrance = enterCarrier

type Called = Pick<ApiRoute, 'method'> & { readonly path: string }

/** The path as the log may hold it: the route's own words, and what has the shape of an id of ours. */
export function calledPath(route: string, asked: string): string {
  const said = asked.split('/')
  return route.split('/').map((part, at) => (part.startsWith('{') ? (/^[a-z]{3}_[0-7][0-9a-hjkmnp-tv-z]{25}$/.test(said[at] ?? '') ? said[at] : `:${part.slice(1, -1)}`) : part)).join('/')
}
