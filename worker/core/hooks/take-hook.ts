import type { SeatCopy } from '../../../durable-objects/account-words.ts'
import type { Ctx } from '../ctx.ts'
import type { Door } from '../door.ts'
import { Fault, isFault } from '../failure.ts'
import { readAtMost } from '../form.ts'
import type { Reach } from '../reach.ts'
import { atSeat } from '../rerun.ts'
import { findTenant, policyOf } from '../tenancy/find-seat.ts'
import { isVaultFault } from '../vault/fault.ts'
import { tenantCtx } from '../tenant-ctx.ts'
import { readHookPath } from './address.ts'
import { hookPassed } from './module.ts'
import { secretsNow, type OpenHook } from './open-connection.ts'
import type { HookEffect, HookMessage, HookSender, HookVerdict } from './sender.ts'
import { hookEvent, insertHookEvent } from './store.ts'

/** How often a message is looked at again when another one of the same thing was faster. */
const TRIES = 25

/**
 * The door of inbound webhooks. What is refused first costs least: an address that is not ours, a body too large, a
 * connection that is not open, more than the limit; then a signature over the bytes as they came. A proven message and what
 * it does become durable in one batch before it is acknowledged, and a second one of the same id is acknowledged and does nothing.
 */
export async function takeHook(door: Door, senders: readonly HookSender[], { sender: name, address }: { sender: string; address: string }): Promise<Response> {
  const sender = senders.find((each) => each.name === name)
  const named = sender ? await readHookPath(door.reach.signer, name, address) : null
  if (!sender || !named) throw new Fault({ code: 'not_found' })
  const message: HookMessage = { headers: door.request.headers, body: await readAtMost(door.request, sender.bytes) }
  const guard = door.reach.hookGuards.of(named.tenantId)
  const presented = await guard.present({ connectionId: named.connectionId, now: door.now })
  if (!presented.ok || presented.connection.sender !== name) throw new Fault({ code: 'not_found' })

  const limit = { policy: 'hooks', windowS: 60, quota: presented.limit.quota, remaining: presented.limit.remaining, resetS: presented.limit.resetS }
  door.counted(limit)
  if (!presented.limit.allowed) throw new Fault({ code: 'rate_limited', retryAfterS: limit.resetS, limit })
  const greeting = sender.handshake?.(message.headers) ?? null
  // Some senders take no longer answer than 1,024 bytes, headers of the edge included: the shortest policy there is.
  if (greeting) return new Response(null, { status: 200, headers: { ...greeting, 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" } })

  const verdict = await inTenant(door, presented, (ctx, at) => take(ctx, at, sender, presented, message))
  if (verdict === null) return Response.json({ received: true })
  door.visit().later(() => guard.refused({ connectionId: named.connectionId, why: verdict, at: door.now }))
  throw new Fault(verdict === 'malformed' || verdict === 'not_canonical' ? { code: 'malformed', detail: 'The message is not in the form that this address takes.' } : { code: 'unauthenticated' })
}

/** In the tenant of a connection, as a job: nobody of the tenant's is there. Its policy says how old the sender's TLS may be. */
function inTenant<T>(door: Door, { seat }: OpenHook, verb: (ctx: Ctx, at: SeatCopy) => Promise<T>): Promise<T> {
  let at = seat
  const enter = (known: SeatCopy): Ctx => {
    at = known
    const policy = policyOf(at.preset, at.policy)
    const spoken = door.url.protocol === 'https:' ? door.request.cf?.tlsVersion : undefined
    if (policy['tls.min_webhook'] === '1.3' && typeof spoken === 'string' && spoken !== 'TLSv1.3') throw new Fault({ code: 'tls_too_old', need: 'TLS 1.3' })
    return tenantCtx(door.visit(), at, policy, { kind: 'system', job: 'hooks' }, (id) => door.wakeDrain(id))
  }
  return atSeat(seat, () => whereItStands(door.reach, seat.tenantId), enter, (ctx) => verb(ctx, at).catch(seatOld))
}

/** Where a tenant stands by now. The guard is told, so that the next message need not ask. */
async function whereItStands(reach: Reach, tenantId: string): Promise<SeatCopy | null> {
  const seat = await findTenant(reach, tenantId)
  if (seat) await reach.hookGuards.of(tenantId).moved(seat)
  return seat
}

/** A key version that was destroyed since the guard was told: its seat is old, and the tenant is asked anew. */
function seatOld(thrown: unknown): never {
  throw isVaultFault(thrown) && thrown.reason === 'root_missing' ? new Fault({ code: 'stale_fence', reason: 'key version destroyed' }) : thrown
}

/** Null once the message is durable; why it is not, where it proved nothing. */
async function take(ctx: Ctx, at: SeatCopy, sender: HookSender, { connection }: OpenHook, message: HookMessage): Promise<Extract<HookVerdict, { accepted: false }>['why'] | null> {
  const verdict = await verdictOf(sender, message, await secretsNow(ctx, connection, sender.perMinute), ctx.now)
  if (!verdict.accepted) return verdict.why
  const { body, eventId } = verdict
  for (let tries = 1; ; tries += 1) {
    let effect: HookEffect | null = null
    try {
      effect = await sender.take(ctx, { connectionId: connection.id, eventId, body, again: tries > 1 })
      const started = await settle(ctx, sender.name, connection.id, eventId, effect)
      const { afterwards } = effect
      if (afterwards && started.length > 0) ctx.later(() => afterwards.start(ctx, at, started))
      return null
    } catch (thrown) {
      // Refused at a seat that is old: nothing stands, and it is taken again at the next one. Where the undoing asks the same old seat, its sender destroys the rest later.
      if (isFault(thrown) && thrown.failure.code === 'stale_fence') await effect?.undo?.().catch(() => undefined)
      // Where the answer was lost the batch may stand: what was made for it stays, and the sender comes again.
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown
      await effect?.undo?.()
      if (await ctx.db.read(hookEvent(ctx.db, connection.id, eventId))) return null
      if (tries >= TRIES) throw thrown
    }
  }
}

/** By whichever of the secrets accepted now; the first one's refusal where it is none. */
async function verdictOf(sender: HookSender, message: HookMessage, secrets: readonly string[], now: number): Promise<HookVerdict> {
  let first: HookVerdict | null = null
  for (const secret of secrets) {
    const verdict = await sender.verify(message, secret, now)
    if (verdict.accepted) return verdict
    first ??= verdict
  }
  return first ?? { accepted: false, why: 'wrong_signature' }
}

/** Makes the message and what it does durable; answers the ids of what it starts. */
async function settle(ctx: Ctx, sender: string, connectionId: string, eventId: string, { type, result, writes, events, afterwards }: HookEffect): Promise<readonly string[]> {
  const id = ctx.newId('wev')
  const [first, ...rest] = events
  const told = first ? ([first, ...rest] as const) : hookPassed(id, { sender, connection: connectionId, result: result === 'too_late' ? 'too_late' : 'nothing' })
  const changes = [insertHookEvent(ctx.db, { id, connectionId, sender, eventId, type, result, at: ctx.now }), ...writes]
  if (afterwards) return ctx.commitAsking(changes, told, afterwards.of)
  await ctx.commit(changes, told)
  return []
}
