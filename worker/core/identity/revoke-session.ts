import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { sessionClosed } from './events.ts'
import { guardEvents } from './guard-event.ts'

/** Ends one of the person's own sessions, this one too (CIQ-48). `not_found` for any other. */
export async function revokeSession(account: AccountCtx, sid: string): Promise<void> {
  if (!/^ses_[0-9a-z]{26}$/.test(sid)) throw new Fault({ code: 'not_found' })
  const events = await guardEvents(account, account.accountId, [sessionClosed(account.accountId, { how: 'revoked', session: sid })])
  if (!(await account.reach.guards.of(account.accountId).closeSession({ sid, now: account.now, events }))) throw new Fault({ code: 'not_found' })
}
