import type { Ctx } from '../../core/ctx.ts'
import { demand } from '../../core/rights.ts'
import { calendarFeed, insertFeed, removeFeed } from './expiry-store.ts'
import { calendarFeedEnded, calendarFeedMade, rights } from './module.ts'

/** A secret address for the calendar. There is one at a time: a new one ends the one before. */
export async function makeCalendarFeed(ctx: Ctx): Promise<void> {
  demand(ctx, rights.feedCalendar)
  const before = await ctx.db.read(calendarFeed(ctx.db))
  const id = ctx.newId('cal')
  await ctx.commit([...(before ? [removeFeed(ctx.db, before.id)] : []), insertFeed(ctx.db, { id, createdAt: ctx.now })], calendarFeedMade(id, { replaced: before?.id ?? null }))
}

/** The address opens nothing any more. Ended already, nothing happens. */
export async function endCalendarFeed(ctx: Ctx): Promise<void> {
  demand(ctx, rights.feedCalendar)
  const feed = await ctx.db.read(calendarFeed(ctx.db))
  if (feed) await ctx.commit([removeFeed(ctx.db, feed.id)], calendarFeedEnded(feed.id, {}))
}
