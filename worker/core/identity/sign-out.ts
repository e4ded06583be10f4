import type { AccountCtx } from '../ctx.ts'
import { sessionClosed } from './events.ts'
import { guardEvents } from './guard-event.ts'

/** Ends this session at once: its cookie is worth nothing from the answer on, links and tickets of the session included (IFD-55). */
export async function signOut(account: AccountCtx): Promise<void> {
  const { sid } = account.session
  const events = await guardEvents(account, account.accountId, [sessionClosed(account.accountId, { how: 'sign_out', session: sid })])
  await account.reach.guards.of(account.accountId).closeSession({ sid, now: account.now, events })
}
