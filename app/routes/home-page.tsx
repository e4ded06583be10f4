import type { HomeView } from '../../worker/core/tenancy/read-home.ts'
import { Card } from '../ui/card.tsx'
import { LinkButton } from '../ui/button.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { Timeline } from '../ui/timeline.tsx'

/** A member's home: what is still to do first, then what one did last. */
export function HomePage({ home }: { home: HomeView }) {
  return (
    <>
      <PageHeader title={home.name || 'Welcome'} lead={home.members > 0 ? `${home.members} ${home.members === 1 ? 'person works' : 'people work'} here.` : 'You have no tenant yet: ask for an invitation, or make one of your own.'} />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_22rem]">
        <Card title="To begin with" flush>
          <ul>
            {home.checks.map((check) => (
              <li key={check.label} className="flex flex-wrap items-center gap-3 border-b border-line px-4 py-3 last:border-0">
                <div className="min-w-0 flex-1 basis-60">
                  <p className="font-medium">{check.label}</p>
                  <p className="text-sm text-ink-2">{check.hint}</p>
                </div>
                {check.done ? <StatusChip tone="ok">done</StatusChip> : <LinkButton href={check.href}>Open</LinkButton>}
              </li>
            ))}
          </ul>
        </Card>
        <Card title="What you did last">
          {home.recent.length === 0 ? (
            <p className="text-sm text-ink-2">Nothing yet. Everything you change here is written into the audit log within a minute.</p>
          ) : (
            <Timeline
              label="Your last entries in the audit log"
              moments={home.recent.map((entry) => ({ key: String(entry.n), title: <span className="font-mono text-xs">{entry.name}</span>, detail: `No. ${entry.n}`, when: <RelativeTime at={entry.at} /> }))}
            />
          )}
        </Card>
      </div>
    </>
  )
}
