import type { ProbeView } from '../../../worker/core/trust/control-view.ts'
import { ChartWithTable } from '../../ui/chart-with-table.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'

/** What a probe read last, when it last passed and with which value, and its recent values as a chart with its table. */
export function ProbeReadings({ probe, open, stale }: { probe: ProbeView; open: boolean; stale: boolean }) {
  const { latest, lastPass, history, says, unit } = probe
  if (!latest) return <p className="text-ink-2">{says}. Not read yet: probes run every five minutes.</p>
  return (
    <div className="grid gap-3">
      <div>
        <p className="text-base font-semibold text-balance" data-figures>
          {latest.value}
        </p>
        <p className="mt-1 text-ink-2">{says}.</p>
        {stale ? (
          <p className="mt-1 text-bad">
            Read <RelativeTime at={latest.at} />, and not again since: the probes have stopped. This is no reading of now.
          </p>
        ) : null}
        <p className="mt-1 text-ink-2">
          {lastPass ? (
            <>
              Last passed <RelativeTime at={lastPass.at} />
              {lastPass.value === latest.value ? '' : `: ${lastPass.value}`}.
            </>
          ) : (
            'Has not passed in the 30 days that readings are kept.'
          )}
        </p>
      </div>
      {history.length > 1 ? (
        <ChartWithTable
          title={`Last ${history.length} readings, ${unit}`}
          height="sm"
          held={!open}
          series={[{ key: 'measure', label: unit }]}
          points={history.map(({ at, measure, passed }) => ({ label: `${new Date(at).toISOString().slice(11, 19)}${passed ? '' : ' failed'}`, values: { measure: measure ?? 0 } }))}
        />
      ) : null}
    </div>
  )
}
