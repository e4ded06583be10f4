import canonicalize from 'canonicalize'
import type { Spend } from '../../../durable-objects/factor-words.ts'
import type { AccountCtx, Ctx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { sha256Hex } from '../vault/digest.ts'
import { askFactors } from './factors.ts'

/** How long a proof counts for admin pages (`recent`). */
export const RECENT_MS = 15 * 60_000

/** One thing about to be done, as exactly as a person can be asked about it. `verb` is `area.what_it_does`. */
export type SensitiveAct = { readonly verb: string; readonly row?: string; readonly field?: string; readonly reason?: string }

/**
 * Spends the ticket for exactly this act, or asks for one and throws `step_up_required` with its id: the person confirms on
 * the step-up page and does the same thing again within 120 s. Call it last before the commit: a ticket is gone once spent.
 */
export async function requireTicket(ctx: Ctx | AccountCtx, act: SensitiveAct): Promise<void> {
  const { accountId } = personOf(ctx)
  if (!(await askFactors(ctx, accountId, 'spendTicket', await ticketFor(ctx, act), ctx.now))) throw await confirmFirst(ctx, act)
}

/** Throws `step_up_required` unless the person proved itself within the last 15 minutes. */
export function requireRecent(ctx: Ctx | AccountCtx): void {
  const { provenAt, seenAt } = personOf(ctx).session
  // A proof from after `now` means that a clock went back: it does not count.
  if (provenAt === null || Math.max(ctx.now, seenAt) - provenAt > RECENT_MS || provenAt > ctx.now) throw new Fault({ code: 'step_up_required', mode: 'recent' })
}

/** What a ticket for this act in this session looks like to the guard, for steps that spend it together with their change. */
export async function ticketFor(ctx: Ctx | AccountCtx, act: SensitiveAct): Promise<Spend> {
  const { session, tenant } = personOf(ctx)
  return { sid: session.sid, binding: await bindingOf(tenant, act) }
}

/** SHA-256 (hex) of the canonical (RFC 8785) act: the reason is in it, so that a ticket for one reason does not serve another. */
export async function bindingOf(tenant: string | null, { verb, row = null, field = null, reason = null }: { [K in keyof SensitiveAct]: SensitiveAct[K] | null } & { verb: string }): Promise<string> {
  return sha256Hex(canonicalize({ verb, tenant, row, field, reason }) ?? '') // never undefined for an object
}

/** Asks for a ticket; the answer is the fault to throw. */
export async function confirmFirst(ctx: Ctx | AccountCtx, act: SensitiveAct): Promise<Fault> {
  const { accountId, tenant } = personOf(ctx)
  const spend = await ticketFor(ctx, act)
  const asked = { id: ctx.newId('tkt'), ...spend, verb: act.verb, tenant, row: named(act.row), field: act.field ?? null }
  const ticket = await askFactors(ctx, accountId, 'askTicket', asked, ctx.now)
  return new Fault({ code: 'step_up_required', mode: 'exact', ticket })
}

/** Only an id or a number is kept in clear beside a ticket: a row may also be a filter or a name that somebody typed. The binding has it whole. */
const named = (row: string | undefined): string | null => (row !== undefined && /^([a-z]{3}_[0-9a-z]{26}|\d{1,15})$/.test(row) ? row : null)

/** The person behind a ctx. A key or a job has no factor to prove, so what needs one is not for it. */
function personOf(ctx: Ctx | AccountCtx): { accountId: string; session: AccountCtx['session']; tenant: string | null } {
  if (!('actor' in ctx)) return { accountId: ctx.accountId, session: ctx.session, tenant: null }
  if (ctx.actor.kind !== 'member') throw new Fault({ code: 'forbidden', need: 'a person' })
  return { accountId: ctx.actor.accountId, session: ctx.actor.session, tenant: ctx.tenant.id }
}
