import type { Ctx } from '../../core/ctx.ts'
import { report } from '../../core/failure.ts'
import { liveCall } from '../log/live-call.ts'
import type { PopContent } from './contract.ts'
import { closeStaleSockets } from './listeners.ts'
import { lookUp, nothingFound, type Found } from './look-up.ts'
import { matchCall, noteMatch } from './match-call.ts'
import { POP_MS, POP_SALT, popContent } from './module.ts'
import { Pops } from './pops.ts'

/** How long the AMS is waited for before the ring is shown without it; what it says follows. */
const PATIENCE_MS = 1_200

/**
 * A call rings: whom its number belongs to is looked up, live, and shown on every open page of its handler. The object is
 * told before the key is made, so that whatever breaks off here ends at its time. A call that nobody is known to handle is
 * matched and shown to nobody.
 */
export async function popCall(ctx: Ctx, callId: string): Promise<void> {
  const live = await liveCall(ctx, callId)
  if (!live) return
  const { memberId, disposition } = live.call
  // Whoever said what came of it is done with it, whatever its dialler tells of it afterwards.
  if (disposition !== null) return
  if (memberId === null) return matchCall(ctx, callId, live)
  const pops = new Pops({ reach: ctx.reach, tenantId: ctx.tenant.id })
  const begun = await pops.begin({ callId, memberId, dueAt: ctx.now + POP_MS, now: ctx.now })
  if (begun === 'moved') {
    await closeStaleSockets(ctx, pops, memberId)
    await pops.tell(memberId, ctx.now)
  }
  if (begun !== 'new') return
  const { phone } = live.content
  const [vault] = await Promise.all([ctx.vault.withNewSalt(POP_SALT, callId), closeStaleSockets(ctx, pops, memberId)])
  const show = async (found: Found): Promise<void> => {
    const { matches: _, ...shown } = found
    const content: PopContent = { phone, ...shown }
    await pops.show(callId, await vault.seal(popContent, callId, content), ctx.now)
  }
  const asked = lookUp(ctx, phone).catch((thrown: unknown): Found => {
    report('screen-pop', thrown, { call: callId })
    return { ...nothingFound('unasked'), state: 'trouble', trouble: 'broken' }
  })
  const first = await Promise.race([asked, new Promise<null>((late) => setTimeout(() => late(null), PATIENCE_MS))])
  if (first === null) await show(nothingFound('looking'))
  const found = await asked
  await show(found)
  await noteMatch(ctx, callId, found, ctx.now)
}
