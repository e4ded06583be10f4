import type { EventBody } from '../audit/event.ts'
import type { Follower } from '../audit/follower.ts'
import type { Visit } from '../ctx.ts'
import type { MailOf } from '../delivery/mail.ts'
import { queuePlatformMail } from '../delivery/queue-platform-mail.ts'
import { isFault } from '../failure.ts'
import { jobVisit } from '../job.ts'
import { openOrigin } from '../origin.ts'
import { PLATFORM, type Reach } from '../reach.ts'
import type { JsonValue } from '../vault/sealed.ts'
import { undoEmailChange } from './apply-email-change.ts'
import { authNote, type AuthKind } from './auth-log.ts'
import { contactOf } from './contact.ts'
import { accountLocked, emailDisputed, mailQueued, notMeReported, passwordChanged, passwordReset } from './events.ts'
import { accountLockedMail, passwordChangedMail, passwordResetMail } from './mails.ts'
import { limits } from './module.ts'
import { accountById, type AccountRow } from './store.ts'

/**
 * What a change in an account's guard brings about elsewhere: at the gate, in the platform's log of sign-ins, in the
 * mailbox of its person. Followers and not steps of the verbs: the guard has decided and spent the link, so neither a crash
 * nor a log that lags may lose the rest. Rows and mails have the event's id, so that a repetition adds nothing.
 */

type Settled = { readonly visit: Visit; readonly body: EventBody; readonly account: AccountRow }
type Settle = (settled: Settled) => Promise<void>

/** A password was changed: its person is told. */
const tellPasswordChanged: Settle = async (settled) => {
  await settled.visit.commitDirectory([await mail(settled, passwordChangedMail, { at: settled.body.at })], mailQueued(settled.account.id, { template: passwordChangedMail.name }))
}

/** Too many wrong tries: whoever is locked out is told until when. A dispute has a mail of its own. */
const tellLocked: Settle = async (settled) => {
  const { visit, body, account } = settled
  if (body.meta['kind'] !== 'brute') return
  const { terms } = await visit.reach.guards.of(account.id).recall()
  const told = await mail(settled, accountLockedMail, { until: body.at + terms.lockMs })
  // The gate's own lock is noted already, as it is for an address without an account; a stricter policy's is noted here.
  if (terms.lockAfter < limits.signInAddress.quota) await note(settled, 'locked', told)
  else await visit.commitDirectory([told], mailQueued(account.id, { template: accountLockedMail.name }))
}

/** A reset: wrong tries are forgiven at the gate too; noted, told. */
const settleReset: Settle = async (settled) => {
  await settled.visit.reach.gate.clear({ address: settled.account.emailIndex, distrust: false })
  await note(settled, 'reset', await mail(settled, passwordChangedMail, { at: settled.body.at }))
}

/** "It was not me": every browser is a stranger at the gate; noted; the link to a new password is mailed. */
const settleNotMe: Settle = async (settled) => {
  await settled.visit.reach.gate.clear({ address: settled.account.emailIndex, distrust: true })
  await note(settled, 'not_me', await mail(settled, passwordResetMail, { accountId: settled.account.id }))
}

/** A disputed change of address: the old one is in force again, every browser is a stranger there; noted. */
const settleDispute: Settle = async ({ visit, body }) => {
  await undoEmailChange(visit, body.subject, String(body.meta['change']))
  const account = await visit.directory.read(accountById(visit.directory, body.subject))
  if (!account) return
  await visit.reach.gate.clear({ address: account.emailIndex, distrust: true })
  await note({ visit, body, account }, 'locked')
}

export const accountFollowers: readonly (readonly [string, Follower])[] = (
  [
    [passwordChanged, tellPasswordChanged],
    [accountLocked, tellLocked],
    [passwordReset, settleReset],
    [notMeReported, settleNotMe],
    [emailDisputed, settleDispute],
  ] as const
).map(([{ eventName }, settle]) => [eventName, following(settle)])

/** Does now what the event's follower makes sure of, for whoever waits for the answer; what fails here is left to it. */
export async function atOnce(work: () => Promise<unknown>): Promise<void> {
  await work().catch(() => undefined)
}

function following(settle: Settle): Follower {
  return async (reach, log, body, now) => {
    if (log !== PLATFORM) return // a tenant's log has the same event for reading only
    const visit = await visitOf(reach, body, now)
    const account = await visit.directory.read(accountById(visit.directory, body.subject))
    if (!account) return
    try {
      await settle({ visit, body, account })
    } catch (thrown) {
      if (!isFault(thrown) || thrown.failure.code !== 'conflict') throw thrown // it is there already
    }
  }
}

/** A job's visit that makes the event's own ids and comes from where the event came from, as its sealed part says. */
async function visitOf(reach: Reach, { id }: EventBody, now: number): Promise<Visit> {
  const visit = jobVisit({ reach, now, later: (work) => void work().catch(() => undefined) }, 'settle-account-change')
  const personal = (await reach.chain.entryOf(PLATFORM, id))?.personal
  const from = personal ? await openOrigin(visit.platformVault, personal) : null
  return { ...visit, newId: (prefix) => id.replace(/^evt_/, `${prefix}_`), origin: { sealed: null, ip: from?.ip ?? '', userAgent: from?.userAgent ?? '' } }
}

async function note({ visit, account }: Settled, kind: AuthKind, ...mails: Awaited<ReturnType<typeof mail>>[]): Promise<void> {
  const { write, event } = await authNote(visit, kind, account.emailIndex)
  await visit.commitDirectory([write, ...mails], event)
}

async function mail<P extends JsonValue>({ visit, account }: Settled, template: MailOf<P>, params: P) {
  return queuePlatformMail(visit, template, { to: (await contactOf(visit, account)).email, params })
}
