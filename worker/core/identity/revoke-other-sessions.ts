import type { AccountCtx } from '../ctx.ts'
import { sessionsClosed } from './events.ts'
import { guardEvents } from './guard-event.ts'

/** Ends every session of the person but this one (SPO-98). Answers with how many. */
export async function revokeOtherSessions(account: AccountCtx): Promise<number> {
  const events = await guardEvents(account, account.accountId, [sessionsClosed(account.accountId, {})])
  return account.reach.guards.of(account.accountId).closeSessions({ keep: account.session.sid, now: account.now, events })
}
