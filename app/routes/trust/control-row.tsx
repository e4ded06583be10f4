import type { ReactNode } from 'react'
import type { ControlView } from '../../../worker/core/trust/read-trust.ts'
import { Anchor } from '../../ui/links.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { Spark } from '../../ui/spark.tsx'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'

const tones: Record<ControlView['status'], Tone> = { active: 'ok', failing: 'bad', unread: 'mute', provider: 'info', process: 'mute', roadmap: 'warn', sandbox: 'warn' }

export const toneOf = (status: ControlView['status']): Tone => tones[status]

/** One control: a line that opens to everything behind it. A `<details>`, so that it opens without a script. */
export function ControlRow({ control }: { control: ControlView }) {
  const { probe } = control
  return (
    <details id={control.id} className="group border-b border-line last:border-0">
      <summary className="grid cursor-pointer gap-x-4 gap-y-1 px-4 py-3 text-sm hover:bg-hover sm:grid-cols-[15rem_6.5rem_1fr_9rem] sm:items-center">
        <span className="font-semibold">{control.name}</span>
        <span>
          <StatusChip tone={toneOf(control.status)}>{control.status}</StatusChip>
        </span>
        <span className="text-ink-2 group-open:invisible max-sm:group-open:hidden sm:line-clamp-2">{control.how}</span>
        <span className="text-ink-3 sm:text-end">
          {probe?.latest ? (
            <>
              read <RelativeTime at={probe.latest.at} />
            </>
          ) : control.evidence ? (
            `checked ${control.evidence.checked}`
          ) : (
            ''
          )}
        </span>
      </summary>
      <div className="grid gap-5 border-t border-line bg-sunk px-4 py-4 text-sm md:grid-cols-3">
        <Part title="Declared">
          <p>{control.how}</p>
          {control.claims.length > 0 ? <p className="mt-2 font-mono text-xs text-ink-2">{control.claims.join(' ')}</p> : null}
          {control.frameworks.length > 0 ? <p className="mt-2 text-ink-2">Designed along {control.frameworks.join(', ')} (SOC 2 criteria)</p> : null}
        </Part>
        <Part title={probe ? `Reading: ${probe.says.toLowerCase()}` : control.evidence ? 'The provider’s own evidence' : 'Reading'}>
          {probe?.latest ? (
            <>
              <p className="flex items-center gap-3">
                <b>{probe.latest.value}</b>
                <Spark label={`Last ${probe.history.length} readings in ${probe.unit}`} values={probe.history.map((reading) => reading.measure ?? 0)} bad={probe.history.flatMap((reading, index) => (reading.passed ? [] : [index]))} />
              </p>
              <p className="mt-2 text-ink-2">{probe.lastPassAt ? <>Last passed <RelativeTime at={probe.lastPassAt} />.</> : 'Has not passed in the last day.'}</p>
            </>
          ) : control.evidence ? (
            <Anchor href={control.evidence.href} className="underline">
              {control.evidence.label}
            </Anchor>
          ) : (
            <p className="text-ink-2">{probe ? 'Not read yet: probes run every five minutes.' : 'Nothing to measure: this is not a statement about the running system.'}</p>
          )}
          {control.enforcedBy.length > 0 ? (
            <ul className="mt-2 grid gap-0.5 font-mono text-xs text-ink-2">
              {control.enforcedBy.map((file) => (
                <li key={file} className="break-all">{file}</li>
              ))}
            </ul>
          ) : null}
        </Part>
        <Part title={control.proofs.length > 0 ? `Proven by ${control.proofs.length} ${control.proofs.length === 1 ? 'test' : 'tests'}` : 'Proven by'}>
          {control.proofs.length === 0 ? (
            <p className="text-ink-2">No test of ours: {control.status === 'provider' ? 'the provider answers for it' : 'see the declaration'}.</p>
          ) : (
            <ul className="grid max-h-64 gap-1.5 overflow-auto" tabIndex={0} aria-label={`Tests that prove ${control.name}`}>
              {control.proofs.map((proof) => (
                <li key={proof.title}>
                  {proof.title}
                  <span className="block font-mono text-2xs break-all text-ink-3">{proof.file}</span>
                </li>
              ))}
            </ul>
          )}
        </Part>
      </div>
    </details>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-1 text-ink-3">{title}</h3>
      {children}
    </div>
  )
}
