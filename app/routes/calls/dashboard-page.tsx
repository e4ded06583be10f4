import type { CallFigures, Latency } from '../../../worker/calls/figures/contract.ts'
import { Card } from '../../ui/card.tsx'
import { ChartWithTable } from '../../ui/chart-with-table.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { FilterBar } from '../../ui/filter-bar.tsx'
import { KpiStrip, type Kpi } from '../../ui/kpi-strip.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { SelectField } from '../../ui/select-field.tsx'
import { dayWords, spanWords } from '../../ui/time-words.ts'
import { periodChoices } from './period-choices.ts'

/** What calls come to: how many, how many were answered, how soon each was written down and forgotten. Nobody is named. */
export function DashboardPage({ figures }: { figures: CallFigures }) {
  const { totals, days, sync, purge } = figures
  const some = totals.inbound + totals.outbound + totals.messages > 0
  return (
    <>
      <PageHeader title="Calls in figures" lead="Made of times and outcomes alone. They are the same before a call is purged and after it; days are UTC." />
      <FilterBar label="Period" action="/calls/dashboard">
        <SelectField name="period" label="Period" labelHidden size="sm" choices={periodChoices} defaultValue={figures.period} />
      </FilterBar>
      {some ? (
        <>
          <KpiStrip label="Calls in figures" items={[...volume(figures), ...afterwards(figures)]} />
          <div className="grid min-w-0 gap-6 xl:grid-cols-2">
            <Card>
              <ChartWithTable
                title="Calls and texts a day"
                kind="stack"
                series={[{ key: 'inbound', label: 'In' }, { key: 'outbound', label: 'Out' }, { key: 'messages', label: 'Texts' }]}
                points={days.map(({ day, inbound, outbound, messages }) => ({ label: dayWords(day), values: { inbound, outbound, messages } }))}
              />
            </Card>
            <Card>
              <ChartWithTable
                title="Answered and not, a day"
                kind="stack"
                series={[{ key: 'answered', label: 'Answered', tone: 'ok' }, { key: 'unanswered', label: 'Missed or voicemail', tone: 'warn' }]}
                points={days.map(({ day, answered, unanswered }) => ({ label: dayWords(day), values: { answered, unanswered } }))}
              />
            </Card>
            <Card>
              <ChartWithTable title="Minutes spoken a day" series={[{ key: 'talk', label: 'Minutes' }]} points={days.map(({ day, talkS }) => ({ label: dayWords(day), values: { talk: Math.round(talkS / 60) } }))} />
            </Card>
            {sync || purge ? (
              <Card>
                <ChartWithTable
                  title="From a call’s end until it was written down, and until it was forgotten"
                  format={(value) => (value === 0 ? '–' : spanWords(value))}
                  series={[{ key: 'sync', label: 'Note in the AMS' }, { key: 'purge', label: 'Forgotten here' }]}
                  points={([['p50', 'Half of them'], ['p90', '9 of 10'], ['p99', '99 of 100']] as const).map(([key, label]) => ({ label, values: { sync: sync?.[key] ?? 0, purge: purge?.[key] ?? 0 } }))}
                />
              </Card>
            ) : null}
          </div>
        </>
      ) : (
        <Card>
          <EmptyState icon="chart" title="No calls in this period">
            Figures stand here once a dialler tells of calls.
          </EmptyState>
        </Card>
      )}
    </>
  )
}

function volume({ totals: { inbound, outbound, messages, answerRate, talkS, answered } }: CallFigures): Kpi[] {
  return [
    { label: 'Calls', value: (inbound + outbound).toLocaleString('en-US'), note: `${inbound.toLocaleString('en-US')} in, ${outbound.toLocaleString('en-US')} out, ${messages.toLocaleString('en-US')} ${messages === 1 ? 'text' : 'texts'}` },
    { label: 'Answer rate', value: answerRate === null ? '–' : `${Math.round(answerRate * 100)} %`, note: 'of the calls that came in' },
    { label: 'Talk time', value: talkS === 0 ? '–' : spanWords(talkS * 1000), note: answered === 0 ? 'nobody spoke' : `${spanWords((talkS / answered) * 1000)} a call` },
  ]
}

function afterwards({ sync, purge, purged, notes }: CallFigures): Kpi[] {
  const open = [notes.waiting > 0 ? `${notes.waiting} waiting` : '', notes.unknown > 0 ? `${notes.unknown} unknown` : '', notes.dead > 0 ? `${notes.dead} not handed on` : ''].filter(Boolean)
  return [
    { label: 'Note in the AMS', value: middle(sync), note: [ninth(sync), ...open].filter(Boolean).join('; ') || 'no note was handed on', tone: notes.dead + notes.unknown > 0 ? 'warn' : 'mute' },
    { label: 'Forgotten here', value: middle(purge), note: ninth(purge) || 'after the AMS has the note' },
    { label: 'Forgotten on day 30', value: purged.byCap.toLocaleString('en-US'), note: purged.byCap === 0 ? 'none waited for the cap' : 'the AMS had not said that it has the note', tone: purged.byCap > 0 ? 'bad' : 'ok' },
  ]
}

const middle = (latency: Latency): string => (latency ? spanWords(latency.p50) : '–')
const ninth = (latency: Latency): string => (latency ? `median; 9 of 10 within ${spanWords(latency.p90)}` : '')
