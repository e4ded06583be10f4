import type { Ctx } from '../ctx.ts'
import type { Door } from '../door.ts'
import { Fault } from '../failure.ts'
import { atSeat } from '../rerun.ts'
import { findTenant, policyOf } from '../tenancy/find-seat.ts'
import { sha256Hex } from '../vault/digest.ts'
import { readKeyToken } from './key-token.ts'

/**
 * Run a verb for whoever calls the API: a workspace key in the Authorization header, or the session of a signed-in browser.
 * A key that is malformed, unknown, revoked or expired gets one and the same answer; one without the scope is told so.
 */
export async function asCaller<T>(door: Door, scope: string | null, verb: (ctx: Ctx) => Promise<T>): Promise<T> {
  const authorization = door.request.headers.get('Authorization')
  if (authorization === null) return door.tenant(verb)

  const [, bearer] = /^Bearer ([A-Za-z0-9_.-]{1,300})$/i.exec(authorization) ?? []
  const token = bearer ? await readKeyToken(door.reach.signer, bearer) : null
  if (!token) throw new Fault({ code: 'unauthenticated' })
  const guard = door.reach.keyGuards.of(token.keyId)
  const presented = await guard.present({ secretHash: await sha256Hex(token.whole), now: door.now })
  if (!presented.ok || presented.seat.tenantId !== token.tenantId) throw new Fault({ code: 'unauthenticated' })

  const limit = { policy: 'key', quota: presented.limit.quota, windowS: 60, remaining: presented.limit.remaining, resetS: presented.limit.resetS }
  door.counted(limit)
  if (!presented.limit.allowed) throw new Fault({ code: 'rate_limited', retryAfterS: limit.resetS, limit })
  if (scope === null || !presented.scopes.includes(scope)) throw new Fault({ code: 'role_required', need: scope ?? 'a signed-in person' })

  const refresh = async () => {
    const seat = await findTenant(door.reach, token.tenantId)
    if (seat) await door.reach.keyGuards.of(token.keyId).remember({ seat, requests: policyOf(seat.preset, seat.policy)['rate.api_user'] })
    return seat
  }
  const actor = { kind: 'key', keyId: token.keyId, scopes: presented.scopes } as const
  return atSeat(presented.seat, refresh, (seat) => door.ctxAt(door.visit(), seat, policyOf(seat.preset, seat.policy), actor), verb)
}
