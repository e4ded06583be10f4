import { readCalendarFeed } from '../../../../worker/contracting/passport/read-calendar-feed.ts'
import { page } from '../../../page.ts'

/** What a calendar program fetches. Nobody is signed in: the address is the secret, and it changes nothing. */
export const loader = page(async ({ door, params }) => {
  const text = await readCalendarFeed(door.visit(), params['token'] ?? '')
  return new Response(text, { headers: { 'Content-Type': 'text/calendar; charset=utf-8', 'Content-Disposition': 'inline; filename="countersign.ics"', 'Cache-Control': 'private, no-store' } })
})
