import type { Ctx } from '../../core/ctx.ts'
import { rights as hooks } from '../../core/hooks/module.ts'
import { may } from '../../core/rights.ts'
import { memberNames } from '../../core/tenancy/member-names.ts'
import type { CallDetail, CallView } from './contract.ts'
import { listCalls, type CallsAsked } from './list-calls.ts'
import { readCall } from './read-call.ts'

/** A call with the name of whoever handled it; null where nobody is known, or the member is gone. */
export type NamedCall = CallView & { readonly member: string | null }

/** The log as its page shows it. */
export async function listNamedCalls(ctx: Ctx, page: CallsAsked): Promise<{ calls: NamedCall[]; next: string | null; whose: 'everybody' | 'own'; mayConnect: boolean }> {
  const { calls, next, whose } = await listCalls(ctx, page)
  const names = await memberNames(ctx, calls.flatMap(({ memberId }) => memberId ?? []))
  return { calls: calls.map((call) => ({ ...call, member: names.get(call.memberId ?? '') ?? null })), next, whose, mayConnect: may(ctx.actor, hooks.writeConnections, ctx.policy) }
}

/** One call as its page shows it. */
export async function readNamedCall(ctx: Ctx, id: string): Promise<CallDetail & { readonly member: string | null }> {
  const detail = await readCall(ctx, id)
  const { memberId } = detail.call
  return { ...detail, member: memberId === null ? null : ((await memberNames(ctx, [memberId])).get(memberId) ?? null) }
}
