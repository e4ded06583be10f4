import type { Grant, TicketView } from '../../../durable-objects/factor-words.ts'
import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { stepUpGranted } from './events-factors.ts'
import type { StepUpProof } from './factor-contract.ts'
import { askFactors, told } from './factors.ts'
import { checkOwnPassword } from './own-password.ts'
import { proveFactor, refusalOf } from './prove-factor.ts'

/**
 * A person proves itself again before something sensitive: for the one act that `ticketId` waits for, or, without one, for
 * 15 minutes of administration. With a password only where nothing stronger is set up: a second factor, once there, is what
 * protects against whoever has the password. `browser` is the device cookie's id.
 */
export async function proveAgain(ctx: AccountCtx, proof: StepUpProof, asked: { ticketId: string | null; browser: string }): Promise<void> {
  const { sid } = ctx.session
  const ticket = asked.ticketId === null ? null : await mustWait(ctx, asked.ticketId)
  const grant: Grant = ticket ? { kind: 'exact', sid, ticketId: ticket.id } : { kind: 'recent', sid }
  const done = stepUpGranted(ctx.accountId, ticket ? { kind: proof.kind, mode: 'exact', verb: ticket.verb } : { kind: proof.kind, mode: 'recent' })
  if (proof.kind !== 'password') {
    await proveFactor(ctx, proof, { grant, purpose: 'step_up', done })
    return
  }
  const { enrolled } = await askFactors(ctx, ctx.accountId, 'view')
  if (enrolled) throw new Fault(refusalOf({ ok: false, reason: 'stronger' }))
  if (!(await checkOwnPassword(ctx, { accountId: ctx.accountId, password: proof.password, browser: asked.browser })).right) throw new Fault({ code: 'wrong_credentials' })
  const proved = await askFactors(ctx, ctx.accountId, 'usePassword', { grant, now: ctx.now, told: await told(ctx, ctx.accountId, [done]) })
  if (!proved.ok) throw new Fault(refusalOf(proved))
}

/** What a ticket is waiting for, as the page names it; null where it is spent, over, or of another session. */
export const waitingTicket = (ctx: AccountCtx, ticketId: string): Promise<TicketView | null> => askFactors(ctx, ctx.accountId, 'ticket', ticketId, ctx.session.sid, ctx.now)

async function mustWait(ctx: AccountCtx, ticketId: string): Promise<TicketView> {
  const ticket = await waitingTicket(ctx, ticketId)
  if (!ticket) throw new Fault(refusalOf({ ok: false, reason: 'ticket' }))
  return ticket
}
