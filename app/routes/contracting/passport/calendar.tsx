import { useActionData, useLoaderData, type MetaFunction } from '@remix-run/react'
import { endCalendarFeed, makeCalendarFeed } from '../../../../worker/contracting/passport/make-calendar-feed.ts'
import { readCalendar } from '../../../../worker/contracting/passport/read-calendar.ts'
import { action as posted, page } from '../../../page.ts'
import { CalendarPage } from './calendar-page.tsx'

export const meta: MetaFunction = () => [{ title: 'What expires · Countersign' }]
export const handle = { crumbs: () => [{ label: 'My passport', href: '/passport' }, { label: 'What expires' }] }

export const loader = page(({ door }) => door.tenant(readCalendar))

export const action = posted(async ({ door, form }) => {
  const end = form.get('intent') === 'end'
  await door.tenant(end ? endCalendarFeed : makeCalendarFeed)
  return { done: end ? ('ended' as const) : ('made' as const) }
})

export default function Calendar() {
  const calendar = useLoaderData<typeof loader>()
  const done = useActionData<typeof action>()
  return <CalendarPage calendar={calendar} done={done && 'done' in done ? done.done : null} refused={done && 'problem' in done ? done : null} />
}
