import type { CalendarDay, CalendarView } from '../../../../worker/contracting/passport/read-calendar.ts'
import type { Refused } from '../../../refused.ts'
import { PostForm } from '../../../shell/post-form.tsx'
import { Button } from '../../../ui/button.tsx'
import { Card } from '../../../ui/card.tsx'
import { CodeBlock } from '../../../ui/code-block.tsx'
import { EmptyState } from '../../../ui/empty-state.tsx'
import { Anchor } from '../../../ui/links.tsx'
import { Notice } from '../../../ui/notice.tsx'
import { PageHeader } from '../../../ui/page-header.tsx'
import { ProblemBanner } from '../../../ui/problem-banner.tsx'
import { Split } from '../../../ui/stack.tsx'
import { StatusChip, type Tone } from '../../../ui/status-chip.tsx'
import { dateWords } from '../../../ui/time-words.ts'

const places: Record<CalendarDay['what'], string> = { licence: '/passport/licences', cover: '/passport/cover', aml: '/passport/cover', ce: '/passport/cover' }

/** What ends and when, month by month, and the address under which a phone's calendar reads it. */
export function CalendarPage({ calendar, done, refused }: { calendar: CalendarView; done: 'made' | 'ended' | null; refused: Refused | null }) {
  const months = [...Map.groupBy(calendar.days, ({ dueOn }) => dueOn.slice(0, 7))]
  return (
    <>
      <PageHeader title="What expires" lead="Licences, cover and trainings by the day on which they end. You are mailed 90, 60, 30, 14 and 7 days before." />
      {refused ? <ProblemBanner title={refused.problem.title} detail={refused.problem.detail} /> : null}
      {done ? <Notice tone="ok" live title={done === 'made' ? 'The address is ready' : 'The address is ended'}>{done === 'made' ? 'One that was there before opens nothing any more.' : 'Whatever reads it finds nothing from now on.'}</Notice> : null}
      <Split side={calendar.mayFeed ? <FeedCard feed={calendar.feed} /> : null}>
        {months.length === 0 ? (
          <Card>
            <EmptyState icon="calendar" title="Nothing has a date yet">Licences, cover and trainings appear here once they have one.</EmptyState>
          </Card>
        ) : null}
        {months.map(([month, days]) => (
          <Card key={month} title={monthWords(month)} flush>
            <ul>
              {days.map((day) => (
                <li key={`${day.what} ${day.subjectId}`} className="flex min-h-13 flex-wrap items-center gap-x-4 gap-y-1 border-t border-line px-4 py-2 text-sm first:border-t-0">
                  <time dateTime={day.dueOn} className="w-24 flex-none font-medium tabular-nums">
                    {dateWords(Date.parse(day.dueOn))}
                  </time>
                  <Anchor href={places[day.what]} className="min-w-0 flex-1 underline-offset-3 hover:underline">
                    {day.label}
                  </Anchor>
                  <StatusChip tone={toneOf(day.left)}>{leftWords(day.left)}</StatusChip>
                </li>
              ))}
            </ul>
          </Card>
        ))}
      </Split>
    </>
  )
}

function FeedCard({ feed }: { feed: CalendarView['feed'] }) {
  return (
    <Card title="In your own calendar" note="A secret address that any calendar program reads.">
      <div className="grid gap-4">
        {feed ? <CodeBlock label="Calendar address" text={feed.url} /> : <p className="text-sm text-ink-2">Make an address and add it to your calendar as a subscription.</p>}
        <p className="text-sm text-ink-2">Whoever has it sees which day what ends, and no number and no name. Made anew, it ends the one before.</p>
        <PostForm className="flex flex-wrap gap-2">
          <Button tone={feed ? 'plain' : 'primary'} name="intent" value="make">
            {feed ? 'Make a new address' : 'Make the address'}
          </Button>
          {feed ? (
            <Button tone="danger" name="intent" value="end">
              End it
            </Button>
          ) : null}
        </PostForm>
      </div>
    </Card>
  )
}

const monthWords = (month: string): string => new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(Date.parse(`${month}-01`))
const toneOf = (left: number): Tone => (left < 0 ? 'bad' : left <= 30 ? 'warn' : left <= 90 ? 'info' : 'mute')
const leftWords = (left: number): string => (left < 0 ? 'over' : left === 0 ? 'ends today' : left === 1 ? 'one day left' : `${left} days left`)
