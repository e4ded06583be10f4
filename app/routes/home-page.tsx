import type { HomeView } from '../../worker/core/tenancy/read-home.ts'
import { Card } from '../ui/card.tsx'
import { LinkButton } from '../ui/button.tsx'
import { KpiStrip, type Kpi } from '../ui/kpi-strip.tsx'
import { Anchor } from '../ui/links.tsx'
import { PageHeader } from '../ui/page-header.tsx'
import { RelativeTime } from '../ui/relative-time.tsx'
import { StatusChip } from '../ui/status-chip.tsx'
import { Timeline } from '../ui/timeline.tsx'
import { EntriesADay } from './audit/audit-figures.tsx'
import { auditHref, figure } from './audit/audit-links.ts'

export type HomePageProps = {
  home: HomeView
  /** The sentence of each event that is among the recent ones. */
  says: Readonly<Record<string, string>>
}

/** A member's home: how things stand, what is still to do, what one did last. Every number leads to its rows. */
export function HomePage({ home, says }: HomePageProps) {
  const { log, checks, recent } = home
  const figures = shownFigures(home)
  const left = checks.filter(({ done }) => !done).length
  return (
    <>
      <PageHeader
        title={home.name || 'Welcome'}
        status={log ? <LogStands log={log} /> : undefined}
        lead={home.members > 0 ? undefined : 'You have no tenant yet: ask for an invitation, or make one of your own.'}
      />
      {figures.length > 1 ? <KpiStrip label="This tenant in figures" items={figures} /> : null}
      <div className="grid items-start gap-6 xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="grid min-w-0 gap-6">
          {left > 0 ? <ToDo checks={checks} left={left} /> : null}
          {log ? (
            <Card>
              <EntriesADay days={log.days} />
            </Card>
          ) : null}
        </div>
        {home.members > 0 ? (
          <Card title="What you did last" aside={log ? <Anchor href="/audit" className="text-link text-sm">The whole log</Anchor> : undefined}>
            {recent.length === 0 ? (
              <p className="text-sm text-ink-2">Nothing yet. Everything you change here is written into the audit log within a minute.</p>
            ) : (
              <Timeline label="Your last entries in the audit log" moments={recent.map((entry) => ({ key: String(entry.n), title: <Entry entry={entry} says={says[entry.name]} linked={log !== null} />, when: <RelativeTime at={entry.at} /> }))} />
            )}
          </Card>
        ) : null}
      </div>
    </>
  )
}

function ToDo({ checks, left }: { checks: HomeView['checks']; left: number }) {
  return (
    <Card title="To begin with" aside={<span className="text-sm text-ink-3">{checks.length - left} of {checks.length} done</span>} flush>
      <ul>
        {checks.map((check) => (
          <li key={check.label} className="flex items-center gap-3 border-b border-line px-4 py-2.5 last:border-0">
            <div className="min-w-0 flex-1">
              <p className={check.done ? 'text-sm text-ink-2' : 'text-sm font-medium'}>{check.label}</p>
              {check.done ? null : <p className="text-sm text-ink-2">{check.hint}</p>}
            </div>
            {check.done ? (
              <StatusChip tone="ok">done</StatusChip>
            ) : (
              <LinkButton href={check.href} size="sm">
                Open<span className="sr-only">: {check.label}</span>
              </LinkButton>
            )}
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** An entry in words; who may read the log opens it from here. */
function Entry({ entry, says, linked }: { entry: HomeView['recent'][number]; says: string | undefined; linked: boolean }) {
  const words = says ?? entry.name
  return (
    <span title={entry.name}>
      {words.replace(/\.$/, '')}{' '}
      {linked ? (
        <Anchor href={auditHref({ filter: {}, live: false, before: null }, entry.n)} className="text-link whitespace-nowrap">
          No. {figure(entry.n)}
        </Anchor>
      ) : null}
    </span>
  )
}

function LogStands({ log }: { log: NonNullable<HomeView['log']> }) {
  if (log.brokenAt !== null) return <StatusChip tone="bad">entry {figure(log.brokenAt)} does not verify</StatusChip>
  if (log.refusal) return <StatusChip tone="bad">log not being signed</StatusChip>
  if (log.signedTo === 0) return <StatusChip tone="info">first checkpoint within a minute</StatusChip>
  return <StatusChip tone="ok">log verified to {figure(Math.min(log.verifiedTo, log.signedTo))}</StatusChip>
}

/** What this person may see of: a number whose rows are closed to it is not shown. */
function shownFigures({ figures: { people, invitations, documents, deadLetters }, log }: HomeView): Kpi[] {
  const today = log?.days.at(-1)
  const all: (Kpi | null)[] = [
    people === null ? null : { label: 'People', value: figure(people), href: '/people', note: 'with a seat here' },
    invitations === null ? null : { label: 'Open invitations', value: figure(invitations), href: '/people#invitations', note: invitations === 0 ? 'nobody is being waited for' : 'not accepted yet' },
    documents === null ? null : { label: 'Documents', value: figure(documents), href: '/documents', note: 'each under a key of its own' },
    deadLetters === null ? null : { label: 'Not delivered', value: figure(deadLetters), href: '/delivery?state=dead', tone: deadLetters > 0 ? 'bad' : undefined, note: deadLetters > 0 ? 'see why, and send again' : 'no dead letters' },
    today === undefined ? null : { label: 'Entries today', value: figure(today.count), href: auditHref({ filter: { from: today.day }, live: false, before: null }), note: `${figure(log?.size ?? 0)} in the log` },
  ]
  return all.filter((each) => each !== null)
}
