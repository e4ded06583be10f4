import { requestStates, waitingStates, type Waiting } from '../../../../worker/contracting/requests/contract.ts'
import type { RequestFigures } from '../../../../worker/contracting/requests/read-request-figures.ts'
import { Card } from '../../../ui/card.tsx'
import { ChartWithTable } from '../../../ui/chart-with-table.tsx'
import { KpiStrip } from '../../../ui/kpi-strip.tsx'
import { spanWords } from '../../../ui/time-words.ts'
import { waitsWords } from './request-words.ts'

const ages = [{ key: 'week', label: 'Up to a week' }, { key: 'month', label: 'Up to 30 days' }, { key: 'older', label: 'Longer', tone: 'warn' }] as const

/** What waits for whom, how long, and how long it takes until a carrier appoints. Nothing before there is a request. */
export function RequestFiguresStrip({ figures: { byState, waiting, stuck, appointed } }: { figures: RequestFigures }) {
  const open = waiting.fmo + waiting.producer + waiting.carrier
  if (open === 0 && !appointed) return null
  const waits = (Object.keys(waitingStates) as Waiting[]).map((who) => ({ label: waitsWords[who], value: waiting[who], href: `/requests?waits=${who}` })) // `as`: the keys of a const object
  return (
    <>
      <KpiStrip
        label="Contracting in figures"
        items={[
          ...waits,
          { label: 'Stuck', value: stuck, tone: stuck > 0 ? 'warn' : 'mute', note: 'where they are for over 30 days' },
          { label: 'Time to appointment', value: appointed ? spanWords(appointed.median) : '–', note: appointed ? `median of ${appointed.count}; nine of ten within ${spanWords(appointed.ninth)}` : 'no appointment in 180 days' },
        ]}
      />
      {open > 0 ? (
        <Card title="Where requests stand, and for how long">
          <ChartWithTable
            title="Open requests by state"
            kind="stack"
            height="sm"
            series={ages}
            points={byState.map(({ state, week, month, older }) => ({ label: requestStates[state], values: { week, month, older }, hrefs: Object.fromEntries(ages.map(({ key }) => [key, `/requests?state=${state}`])) }))}
          />
        </Card>
      ) : null}
    </>
  )
}
