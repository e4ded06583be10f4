import type { Ctx } from '../../core/ctx.ts'
import { amendCall } from '../log/amend-call.ts'
import { liveCall } from '../log/live-call.ts'
import { lookUp, type Found } from './look-up.ts'
import { callMatched } from './module.ts'

/**
 * Find out whom a call is with, where nobody did while it rang: the AMS is asked now, and what it says is noted with the
 * call. Does nothing for a call that was matched, is purged, or is nowhere. `known`: the call, where it was just looked at.
 */
export async function matchCall(ctx: Ctx, callId: string, known?: NonNullable<Awaited<ReturnType<typeof liveCall>>>): Promise<void> {
  const live = known ?? (await liveCall(ctx, callId))
  if (!live || live.call.matches !== null || live.content.phone === null) return
  await noteMatch(ctx, callId, await lookUp(ctx, live.content.phone))
}

/** Note what was found: how many have the number, in clear; who it is, sealed with the call. Whom a handler chose stays. `poppedAt`: when its handler was shown it. */
export async function noteMatch(ctx: Ctx, callId: string, { ams, state, contact, matches }: Found, poppedAt: number | null = null): Promise<void> {
  if (matches === null && state !== 'trouble') return
  await amendCall(ctx, callId, () => ({
    set: { matches, ...(poppedAt === null ? {} : { poppedAt }) },
    content: (known) => (known.contact !== null || known.nobody || contact === null || ams === null ? known : { ...known, contact: { id: contact.id, name: contact.name, ams } }),
    event: callMatched(callId, { how: state, matches }),
  }))
}
