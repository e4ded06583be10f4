import type { Ctx } from '../../core/ctx.ts'
import { demand, may } from '../../core/rights.ts'
import { calendarFeed } from './expiry-store.ts'
import { mintFeedToken } from './feed-token.ts'
import { dayOf } from './gaps.ts'
import { rights } from './module.ts'
import { daysBetween, expiriesOf, type ExpiryKind } from './policy.ts'
import { licencesOf, newestVersion, passportOf } from './store.ts'

/** A day on the calendar. `left` is negative for what is over. */
export type CalendarDay = { what: ExpiryKind; subjectId: string; label: string; dueOn: string; left: number }

/** What ends and when, the soonest first; the feed's address for whoever may give it out. */
export type CalendarView = { today: string; days: CalendarDay[]; feed: { url: string; since: number } | null; mayFeed: boolean }

/** Licences, cover, training: every day of the passport on which something ends. */
export async function readCalendar(ctx: Ctx): Promise<CalendarView> {
  demand(ctx, rights.readPassport)
  const [passport, version, licences, feed] = await ctx.db.readAll([passportOf(ctx.db), newestVersion(ctx.db), licencesOf(ctx.db), calendarFeed(ctx.db)])
  const mayFeed = may(ctx.actor, rights.feedCalendar, ctx.policy)
  return {
    today: dayOf(ctx.now),
    days: passport && version ? calendarDays(passport.id, version, licences, dayOf(ctx.now)) : [],
    feed: feed && mayFeed ? { url: `${ctx.reach.env.ORIGIN}/calendar/${await mintFeedToken(ctx.vault, feed.id)}`, since: feed.createdAt } : null,
    mayFeed,
  }
}

export const calendarDays = (passportId: string, version: Parameters<typeof expiriesOf>[1], licences: Parameters<typeof expiriesOf>[2], today: string): CalendarDay[] =>
  expiriesOf(passportId, version, licences).map((expiry) => ({ ...expiry, left: daysBetween(today, expiry.dueOn) }))
