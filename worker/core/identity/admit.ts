import type { SessionCookie } from '../cookies.ts'
import type { Visit } from '../ctx.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { authNote } from './auth-log.ts'
import { contactOf } from './contact.ts'
import { newDeviceMail } from './mails.ts'
import { openSession, type Opening } from './open-session.ts'
import type { AccountRow } from './store.ts'

/**
 * A session for a person that proved who it is: noted in the platform's log, its owner told by mail where the browser is new
 * (IFD-58), the gate told that this browser is known. Throws `locked` while a dispute stands.
 */
export async function admit(visit: Visit, account: AccountRow, opening: Pick<Opening, 'how' | 'mfa' | 'browser' | 'newDevice'> & { owesFactor: boolean }): Promise<SessionCookie> {
  const { how, mfa, browser, newDevice, owesFactor } = opening
  // The mail is queued before the session opens: a crash in between costs one mail too many, never one too few.
  const note = await authNote(visit, 'signed_in', account.emailIndex)
  const mail = newDevice ? [await deviceMail(visit, account)] : []
  await visit.commitDirectory([note.write, ...mail], note.event)
  const session = await openSession(visit, { accountId: account.id, how, mfa, browser, newDevice })
  if (!owesFactor) await visit.reach.gate.trust({ address: account.emailIndex, browser, now: visit.now })
  return session
}

async function deviceMail(visit: Visit, account: AccountRow) {
  const { email } = await contactOf(visit, account)
  const { ip, userAgent } = visit.origin
  return queuePlatformMail(visit, newDeviceMail, { to: email, params: { accountId: account.id, at: visit.now, ip, userAgent } })
}
