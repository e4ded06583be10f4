import type { AuditPage } from '../../../worker/core/audit/list-audit-entries.ts'
import { KpiStrip } from '../../ui/kpi-strip.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { spanWords } from '../../ui/time-words.ts'
import { figure } from './audit-links.ts'

/** The four figures above the log. */
export function AuditFigures({ audit: { figures, standing } }: { audit: Pick<AuditPage, 'figures' | 'standing'> }) {
  return (
    <KpiStrip
      label="The log in figures"
      items={[
        { label: 'Entries a day', value: figure(figures.entriesADay), note: `${figure(standing.size)} in all` },
        { label: 'Sensitive reads', value: figure(figures.sensitiveReads), note: 'in the last 24 hours' },
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
