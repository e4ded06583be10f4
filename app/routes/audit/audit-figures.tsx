import type { AuditFilter } from '../../../worker/core/audit/contract.ts'
import type { AuditPage } from '../../../worker/core/audit/list-audit-entries.ts'
import { Card } from '../../ui/card.tsx'
import { ChartWithTable } from '../../ui/chart-with-table.tsx'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { dayWords, spanWords } from '../../ui/time-words.ts'
import { auditHref, figure } from './audit-links.ts'

const DAY_MS = 86_400_000

/** The four figures above the log, each a way to its entries, and two weeks of it beside them. */
export function AuditFigures({ audit: { figures, standing, at } }: { audit: Pick<AuditPage, 'figures' | 'standing' | 'at'> }) {
  const from = new Date(at - DAY_MS).toISOString().slice(0, 10)
  const to = (filter: AuditFilter): string => auditHref({ filter, live: false, before: null })
  return (
    <div className="grid min-w-0 items-stretch gap-4 xl:grid-cols-[minmax(0,1fr)_minmax(0,1fr)]">
      <KpiStrip
        narrow
        label="The log in figures"
        items={[
          { label: 'Entries', value: figure(figures.entriesADay), href: to({ from }), note: `in the last 24 hours, ${figure(standing.size)} in all` },
          { label: 'Sensitive reads', value: figure(figures.sensitiveReads), href: to({ kind: 'reads', from }), note: 'in the last 24 hours' },
          { label: 'Sealed within', value: figures.sealedWithinMs === null ? '–' : figures.sealedWithinMs < 1 ? '< 1 ms' : spanWords(figures.sealedWithinMs), href: to({}), note: 'median of the newest; promised: 60 s' },
          {
            label: 'Last checkpoint',
            value: standing.signedAt === null ? '–' : <RelativeTime at={standing.signedAt} />,
            href: standing.signedTo > 0 ? auditHref({ filter: {}, live: false, before: null }, standing.signedTo) : undefined,
            note: standing.signedAt === null ? 'none signed yet' : `over ${figure(standing.signedTo)} entries`,
            tone: standing.refusal ? 'bad' : undefined,
          },
        ]}
      />
      <Card>
        <EntriesADay days={figures.days} />
      </Card>
    </div>
  )
}

/** Fourteen days of the log; each number of the table leads to that day's entries. */
export function EntriesADay({ days }: { days: AuditPage['figures']['days'] }) {
  return (
    <ChartWithTable
      title="Entries a day"
      height="sm"
      series={[{ key: 'entries', label: 'Entries' }]}
      points={days.map(({ day, count }) => ({ label: dayWords(day), values: { entries: count }, hrefs: { entries: auditHref({ filter: { from: day, to: day }, live: false, before: null }) } }))}
    />
  )
}
