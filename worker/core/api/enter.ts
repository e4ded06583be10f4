import type { GuardEvent } from '../../../durable-objects/account-words.ts'
import type { KeyPresented } from '../../../durable-objects/key-words.ts'
import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Actor, Ctx } from '../ctx.ts'
import type { Door } from '../door.ts'
import { Fault } from '../failure.ts'
import { atSeat } from '../rerun.ts'
import { findTenant, policyOf } from '../tenancy/find-seat.ts'
import { sha256Hex } from '../vault/digest.ts'
import { readKeyToken, type KeyKind } from './key-token.ts'

/**
 * Run a verb for whoever calls the API: a workspace key in the Authorization header, or the session of a signed-in browser.
 * A key that is malformed, unknown, revoked or expired gets one and the same answer; one without the scope is told so.
 */
export async function asCaller<T>(door: Door, scope: string | null, verb: (ctx: Ctx) => Promise<T>): Promise<T> {
  if (door.request.headers.get('Authorization') === null) return door.tenant(verb)
  const key = await presentedKey(door, 'key')
  if (scope === null || !key.scopes.includes(scope)) throw new Fault({ code: 'role_required', need: scope ?? 'a signed-in person' })
  return atKey(door, key, { kind: 'key', keyId: key.keyId, scopes: key.scopes }, verb)
}

/** A key that is good now, and what its guard says of it. */
export type PresentedKey = { readonly keyId: string } & Extract<KeyPresented, { ok: true }>

/**
 * The key in the Authorization header, if it is of this kind and good: one of another kind is as good as none. Counts against
 * the key's own limit; `refusal` is what a carrier's log is told of calls above it.
 */
export async function presentedKey(door: Door, kind: KeyKind, refusal?: (keyId: string) => GuardEvent): Promise<PresentedKey> {
  const [, bearer] = /^Bearer ([A-Za-z0-9_.-]{1,300})$/i.exec(door.request.headers.get('Authorization') ?? '') ?? []
  const token = bearer ? await readKeyToken(door.reach.signer, bearer) : null
  if (token?.kind !== kind) throw new Fault({ code: 'unauthenticated' })
  const presented = await door.reach.keyGuards.of(token.keyId).present({ secretHash: await sha256Hex(token.whole), now: door.now, ...(refusal ? { refusal: refusal(token.keyId) } : {}) })
  if (!presented.ok || presented.seat.tenantId !== token.tenantId) throw new Fault({ code: 'unauthenticated' })

  const limit = { policy: 'key', quota: presented.limit.quota, windowS: 60, remaining: presented.limit.remaining, resetS: presented.limit.resetS }
  door.counted(limit)
  if (!presented.limit.allowed) throw new Fault({ code: 'rate_limited', retryAfterS: limit.resetS, limit })
  return { keyId: token.keyId, ...presented }
}

/** Run a verb in the tenant of a key, as the actor it stands for. */
export function atKey<T>(door: Door, key: PresentedKey, actor: Actor, verb: (ctx: Ctx) => Promise<T>): Promise<T> {
  const refresh = async (): Promise<SeatCopy | null> => {
    const seat = await findTenant(door.reach, key.seat.tenantId)
    if (seat) await door.reach.keyGuards.of(key.keyId).remember({ seat, requests: policyOf(seat.preset, seat.policy)['rate.api_user'] })
    return seat
  }
  return atSeat(key.seat, refresh, (seat) => door.ctxAt(door.visit(), seat, policyOf(seat.preset, seat.policy), actor), verb)
}
