import type { Ctx } from '../../core/ctx.ts'
import { Fault } from '../../core/failure.ts'
import { demand } from '../../core/rights.ts'
import { isVaultFault } from '../../core/vault/fault.ts'
import type { Sealed } from '../../core/vault/sealed.ts'
import { liveCalls } from '../log/live-call.ts'
import type { PopContent, PopView } from './contract.ts'
import { POP_SALT, popContent, popRead, rights } from './module.ts'
import { Pops } from './pops.ts'

/** Calls shown at once: nobody takes more of them. */
const MOST = 5

/**
 * The calls that ring, or rang within five minutes, at whoever asks, with who it is; each stands in the log as read. A
 * colleague's are nobody else's, an admin's neither. Of a call that is purged meanwhile nothing is opened.
 */
export async function listPops(ctx: Ctx): Promise<PopView[]> {
  const memberId = handlerOf(ctx)
  const cells = (await new Pops({ reach: ctx.reach, tenantId: ctx.tenant.id }).shown(memberId, ctx.now)).slice(0, MOST)
  const live = await liveCalls(ctx, cells.map(({ callId }) => callId))
  const opened = await Promise.all(
    cells.map(async ({ callId, sealed, sealVersion, dueAt }): Promise<PopView[]> => {
      const call = live.get(callId)
      const content = call && (await openPop(ctx, callId, { sealed: sealed as Sealed, sealVersion })) // `as`: sealed by popCall
      return call && content ? [{ call, until: dueAt, content }] : []
    }),
  )
  const [first, ...rest] = opened.flat()
  if (!first) return []
  await ctx.commit([], [read(first), ...rest.map(read)])
  return [first, ...rest]
}

/** The member who asks; whoever is none, or may not be shown calls, is refused. */
export function handlerOf(ctx: Ctx): string {
  demand(ctx, rights.handle)
  if (ctx.actor.kind !== 'member') throw new Fault({ code: 'role_required', need: rights.handle.right })
  return ctx.actor.memberId
}

/** What is shown of a call, or null where its key is destroyed already. */
export async function openPop(ctx: Ctx, callId: string, cell: { sealed: Sealed; sealVersion: number }): Promise<PopContent | null> {
  try {
    return await (await ctx.vault.withSalt(POP_SALT, callId)).open<PopContent>(popContent, callId, cell)
  } catch (thrown) {
    if (isVaultFault(thrown) && thrown.reason === 'salt_missing') return null
    throw thrown
  }
}

const read = ({ call, content }: PopView) => popRead(call.id, { state: content.state })
