import { randomToken } from '../cookies.ts'
import type { AccountCtx } from '../ctx.ts'
import { Fault } from '../failure.ts'
import { sha256Hex } from '../vault/digest.ts'
import { contactOf } from './contact.ts'
import type { ChangePassword } from './contract.ts'
import { passwordChanged } from './events.ts'
import { guardEvents } from './guard-event.ts'
import { acceptPassword } from './new-password.ts'
import { checkOwnPassword } from './own-password.ts'
import { accountById } from './store.ts'

/**
 * A new password, proven by the old one. Every session ends with it; this one goes on under a secret that did not exist
 * before, to be handed to the browser (SPO-34, X-08). The person is told by the event's follower.
 */
export async function changePassword(account: AccountCtx, input: ChangePassword, browser: string): Promise<{ secret: string }> {
  const { accountId, reach, now, session } = account
  const row = await account.directory.read(accountById(account.directory, accountId))
  if (!row) throw new Fault({ code: 'unauthenticated' })
  const { right, changedAt } = await checkOwnPassword(account, { accountId, password: input.current, browser })
  if (!right) throw new Fault({ code: 'invalid', errors: [{ pointer: '/current', detail: 'This is not your password.' }] })
  const guard = reach.guards.of(accountId)
  const { terms, mfaEnrolled } = await guard.recall()
  const { name, email } = await contactOf(account, row)
  const hash = await acceptPassword(account, row.emailIndex, input.password, { ...terms, mfaEnrolled, words: [name, email] })
  const secret = randomToken(32)
  const ended = await guard.setPassword({ hash, proven: changedAt, keep: { sid: session.sid, nextSecretHash: await sha256Hex(secret) }, now, events: await guardEvents(account, accountId, [passwordChanged(accountId, {})]) })
  if (ended === null) throw new Fault({ code: 'conflict', state: 'password_changed', detail: 'Your password was changed a moment ago. Sign in with the new one.' })
  return { secret }
}
