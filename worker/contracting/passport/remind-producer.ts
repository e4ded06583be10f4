import type { Ctx } from '../../core/ctx.ts'
import { queueMail } from '../../core/delivery/queue-mail.ts'
import { isFault } from '../../core/failure.ts'
import { memberContact } from '../../core/tenancy/module.ts'
import { memberPage } from '../../core/tenancy/people-store.ts'
import { expiryMail } from './expiry-mail.ts'
import { insertReminder, lookedOn, remindersFrom } from './expiry-store.ts'
import { dayOf } from './gaps.ts'
import { expiryReminded } from './module.ts'
import { daysBetween, expiriesOf, nextLook, reminderDue } from './policy.ts'
import { licencesOf, newestVersion, passportOf } from './store.ts'

/** What one mail tells of at most; the rest is told by the next run. */
const A_MAIL = 20

/**
 * Mail the owner what has come within 90, 60, 30, 14 or 7 days of its end, each once at each distance. Run again, or twice at
 * once, it mails nothing more: the rows that say what was told are in the batch that queues the mail. Answers how many were told.
 */
export async function remindProducer(ctx: Ctx): Promise<number> {
  const today = dayOf(ctx.now)
  const [passport, version, licences, told, [owner]] = await ctx.db.readAll([passportOf(ctx.db), newestVersion(ctx.db), licencesOf(ctx.db), remindersFrom(ctx.db, today), memberPage(ctx.db, null, 1, 'owner')])
  if (!passport || !version || passport.remindOn === null || !owner) return 0
  const expiries = expiriesOf(passport.id, version, licences)
  const due = expiries.flatMap((expiry) => {
    const days = reminderDue(expiry, told, today)
    return days === null ? [] : [{ ...expiry, days }]
  })
  const now = due.slice(0, A_MAIL)
  const looked = lookedOn(ctx.db, { id: passport.id, remindOn: passport.remindOn }, due.length > now.length ? today : nextLook(expiries, today))
  const [first, ...rest] = now.map((expiry) => expiryReminded(expiry.subjectId, { what: expiry.what, days: expiry.days }))
  if (!first) {
    await ctx.db.settle(looked)
    return 0
  }
  const { email } = await ctx.vault.open<{ email: string; name: string }>(memberContact, owner.id, { sealed: owner.contact, sealVersion: owner.sealVersion })
  const mail = await queueMail(ctx, expiryMail, { to: email, params: { expiries: now.map(({ label, dueOn }) => ({ label, dueOn, left: daysBetween(today, dueOn) })) } })
  const rows = now.map(({ what, subjectId, dueOn, days }) => insertReminder(ctx.db, { id: ctx.newId('rmd'), what, subjectId, dueOn, days, sentAt: ctx.now }))
  try {
    await ctx.commit([...rows, mail, looked], [first, ...rest])
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'conflict') return 0 // another run told it
    throw thrown
  }
  return now.length
}
