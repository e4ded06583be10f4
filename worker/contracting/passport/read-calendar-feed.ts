import ical, { ICalAlarmType } from 'ical-generator'
import type { Visit } from '../../core/ctx.ts'
import { Fault, isFault } from '../../core/failure.ts'
import { demand as demandLimit } from '../../core/limits/limiter.ts'
import { asGuest } from '../../core/tenancy/as-guest.ts'
import { calendarFeed } from './expiry-store.ts'
import { isFeedOf, parseFeedToken } from './feed-token.ts'
import { dayOf } from './gaps.ts'
import { limits } from './module.ts'
import { calendarDays, type CalendarDay } from './read-calendar.ts'
import { licencesOf, newestVersion, passportOf } from './store.ts'

/**
 * The calendar as RFC 5545 text, for whoever holds its secret address: a phone, not a person. It tells what ends and on which
 * day, and neither numbers nor names. An address that was ended, altered or never was answers alike.
 */
export async function readCalendarFeed(visit: Visit, token: string): Promise<string> {
  const claimed = parseFeedToken(token)
  if (!claimed) throw new Fault({ code: 'not_found' })
  await demandLimit(visit, limits.feed, claimed.feedId)
  try {
    return await asGuest(visit, claimed.tenantId, { kind: 'visitor', id: 'anonymous', role: null }, async (ctx) => {
      const [feed, passport, version, licences] = await ctx.db.readAll([calendarFeed(ctx.db), passportOf(ctx.db), newestVersion(ctx.db), licencesOf(ctx.db)])
      if (feed?.id !== claimed.feedId || !(await isFeedOf(ctx.vault, feed.id, claimed))) throw new Fault({ code: 'not_found' })
      const days = passport && version ? calendarDays(passport.id, version, licences, dayOf(ctx.now)) : []
      return textOf(days, new URL(ctx.reach.env.ORIGIN), ctx.now)
    })
  } catch (thrown) {
    if (isFault(thrown) && thrown.failure.code === 'integrity') throw new Fault({ code: 'not_found' })
    throw thrown
  }
}

/** All-day events with two alarms each; a day that moves keeps its event, for its id is the thing's. */
function textOf(days: readonly CalendarDay[], origin: URL, now: number): string {
  const calendar = ical({ name: 'Countersign: what expires', prodId: { company: 'Countersign', product: 'Calendar' }, ttl: 6 * 3600 })
  for (const { what, subjectId, label, dueOn } of days) {
    const event = calendar.createEvent({ id: `${what}-${subjectId}@${origin.host}`, start: new Date(`${dueOn}T00:00:00Z`), allDay: true, stamp: new Date(now), summary: `${label} expires`, url: `${origin.origin}/passport/calendar` })
    for (const before of [30, 7]) event.createAlarm({ type: ICalAlarmType.display, trigger: before * 86_400, description: `${label} expires in ${before} days` })
  }
  return calendar.toString()
}
