import type { Ctx } from '../../core/ctx.ts'
import { PROMPT_MS } from '../../core/delivery/queue-mail.ts'
import { Fault } from '../../core/failure.ts'
import { demand, may } from '../../core/rights.ts'
import type { ReplayedCall } from './contract.ts'
import { callReplayed, rights } from './module.ts'
import { callToHandOver, changeHandedCall, type CallRow } from './store.ts'

/**
 * Hand a call over once more that was given up, that the AMS may have, or that was due without an AMS. An AMS that can be asked is
 * asked first whether it has the note; with one that cannot, a call that stood as unknown may be noted there twice, which is
 * why nobody but a person sends it again.
 */
export async function replayCall(ctx: Ctx, id: string): Promise<ReplayedCall> {
  demand(ctx, rights.replay)
  const row = await ctx.db.read(callToHandOver(ctx.db, id))
  if (!row) throw new Fault({ code: 'not_found' })
  const { state, syncState, syncAttempts, capAt } = row
  if (state !== 'live' || capAt <= ctx.now) throw new Fault({ code: 'conflict', state: `call_${state}`, detail: 'Nothing is kept of this call that could be handed over.' })
  if (!isStranded(syncState)) throw new Fault({ code: 'conflict', state: `hand_over_${syncState}`, detail: 'This call is on its way to the AMS by itself, or there already.' })
  await ctx.commit([changeHandedCall(ctx.db, row, { syncState: 'waiting', syncDueAt: ctx.now, syncAttempts: Math.min(syncAttempts, 1) })], callReplayed(id, { stood: syncState }))
  ctx.later(() => ctx.reach.timers.set(ctx.tenant.id, ctx.now, 'run-due', ctx.now + PROMPT_MS))
  return replayedCall(id)
}

/** Whether a page offers it. */
export const mayReplay = (ctx: Ctx): boolean => may(ctx.actor, rights.replay, ctx.policy)

/** What whoever asks for the same once more is told. */
export const replayedCall = (id: string): ReplayedCall => ({ id, syncState: 'waiting' })

const isStranded = (syncState: CallRow['syncState']): boolean => syncState === 'dead' || syncState === 'unknown' || syncState === 'none'
