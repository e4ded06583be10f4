import { useState, type ReactNode } from 'react'
import type { ControlView, ShownStatus } from '../../../worker/core/trust/control-view.ts'
import { Anchor } from '../../ui/links.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Spark } from '../../ui/spark.tsx'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import { ControlProofs, type Build } from './control-proofs.tsx'
import { ProbeReadings } from './probe-readings.tsx'

const tones: Record<ShownStatus, Tone> = { active: 'ok', failing: 'bad', stale: 'bad', unread: 'mute', provider: 'info', process: 'mute', roadmap: 'warn', sandbox: 'warn' }

export const toneOf = (status: ShownStatus): Tone => tones[status]

/** Bars of the chart the size of a word. */
const BARS = 12

/**
 * One control: a line that opens to everything behind it. A `<details>`, so that it opens without a script; its name as a
 * fragment lies inside, so that a browser that follows a link to it opens it.
 */
export function ControlRow({ control, build }: { control: ControlView; build: Build }) {
  const [open, setOpen] = useState(false)
  const { probe } = control
  return (
    <details className="group border-t border-line" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="grid cursor-pointer gap-x-4 gap-y-1 px-4 py-2.5 text-sm hover:bg-hover sm:grid-cols-[14rem_6rem_1fr_11.5rem] sm:items-center">
        <span className="flex items-center justify-between gap-2 font-semibold">
          {control.name}
          <span className="sm:hidden">
            <Status control={control} />
          </span>
        </span>
        <span className="max-sm:hidden">
          <Status control={control} />
        </span>
        <span className="line-clamp-2 text-ink-2 group-open:invisible max-sm:group-open:hidden">{control.how}</span>
        <span className="flex items-center justify-between gap-3 text-xs text-ink-3 sm:justify-end sm:text-end">
          <When control={control} />
          {probe && probe.history.length > 1 ? (
            <span className="flex w-[70px] justify-end max-sm:hidden">
              <Spark
                height={16}
                label={`Last ${Math.min(BARS, probe.history.length)} readings`}
                values={probe.history.slice(-BARS).map(({ measure }) => measure ?? 0)}
                bad={probe.history.slice(-BARS).flatMap(({ passed }, at) => (passed ? [] : [at]))}
              />
            </span>
          ) : null}
        </span>
      </summary>
      <div id={control.id} className="grid scroll-mt-24 gap-x-6 gap-y-5 border-t border-line bg-sunk px-4 py-4 text-sm md:grid-cols-[1fr_1.15fr_1fr]">
        <Part title="Declared">
          <p>{control.how}</p>
          {control.after ? (
            <p className="mt-2">
              Comes after{' '}
              <Anchor href={`#${control.after.id}`} className="underline">
                {control.after.name}
              </Anchor>
              .
            </p>
          ) : null}
          {control.claims.length > 0 ? <p className="mt-2 font-mono text-xs text-ink-2">{control.claims.join(' ')}</p> : null}
          {control.frameworks.length > 0 ? <p className="mt-2 text-ink-2">Designed along {control.frameworks.join(', ')} (SOC 2 criteria)</p> : null}
        </Part>
        <Part title={probe ? 'Measured' : control.evidence ? 'The provider’s own evidence' : 'Measured'}>
          {probe ? <ProbeReadings probe={probe} open={open} stale={control.status === 'stale'} /> : control.evidence ? <Evidence evidence={control.evidence} /> : <p className="text-ink-2">Nothing to measure: this is not a statement about the running system.</p>}
        </Part>
        <Part title="Enforced and proven">
          {control.enforcedBy.length > 0 ? (
            <ul className="mb-3 grid gap-0.5 font-mono text-xs text-ink-2">
              {control.enforcedBy.map((file) => (
                <li key={file} className="break-all">{file}</li>
              ))}
            </ul>
          ) : null}
          <ControlProofs control={control} build={build} />
        </Part>
      </div>
    </details>
  )
}

const Status = ({ control }: { control: ControlView }) => <StatusChip tone={toneOf(control.status)}>{control.status}</StatusChip>

function When({ control: { probe, evidence, after } }: { control: ControlView }) {
  if (probe?.latest) {
    return (
      <span>
        read <RelativeTime at={probe.latest.at} />
      </span>
    )
  }
  if (evidence) return <span>checked {evidence.checked}</span>
  return <span>{after ? `after ${after.name}` : ''}</span>
}

const Evidence = ({ evidence }: { evidence: NonNullable<ControlView['evidence']> }) => (
  <p>
    <Anchor href={evidence.href} className="underline">
      {evidence.label}
    </Anchor>
    <span className="block text-ink-2">We looked at it on {evidence.checked}; what it says is the provider’s word.</span>
  </p>
)

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h4 className="mb-1 text-xs text-ink-3">{title}</h4>
      {children}
    </div>
  )
}
