import type { AuditFilter } from '../../../worker/core/audit/contract.ts'
import type { AuditPage } from '../../../worker/core/audit/list-audit-entries.ts'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { spanWords } from '../../ui/time-words.ts'
import { auditHref, figure } from './audit-links.ts'

const DAY_MS = 86_400_000

/** The four figures above the log, each a way to its entries. */
export function AuditFigures({ audit: { figures, standing, at } }: { audit: Pick<AuditPage, 'figures' | 'standing' | 'at'> }) {
  const from = new Date(at - DAY_MS).toISOString().slice(0, 10)
  const to = (filter: AuditFilter): string => auditHref({ filter, live: false, before: null })
  return (
    <KpiStrip
      label="The log in figures"
      items={[
        { label: 'Entries a day', value: figure(figures.entriesADay), href: to({ from }), note: `${figure(standing.size)} in all` },
        { label: 'Sensitive reads', value: figure(figures.sensitiveReads), href: to({ kind: 'reads', from }), note: 'in the last 24 hours' },
        { label: 'Sealed within', value: figures.sealedWithinMs === null ? '–' : spanWords(figures.sealedWithinMs), note: 'median of the newest; promised: 60 s' },
        {
          label: 'Last checkpoint',
          value: standing.signedAt === null ? '–' : <RelativeTime at={standing.signedAt} />,
          note: standing.signedAt === null ? 'none signed yet' : `over ${figure(standing.signedTo)} entries`,
          tone: standing.refusal ? 'bad' : undefined,
        },
      ]}
    />
  )
}
