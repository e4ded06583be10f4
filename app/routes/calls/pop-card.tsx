import type { ReactNode } from 'react'
import { dispositions, type Disposition } from '../../../worker/calls/log/contract.ts'
import type { PopView } from '../../../worker/calls/pop/contract.ts'
import type { ButtonLook } from '../../ui/button.tsx'
import { Icon } from '../../ui/icon.tsx'
import { Anchor } from '../../ui/links.tsx'
import { RelativeTime } from '../../ui/relative-time.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { kindWords, reasonWords, whoCalls } from './pop-words.ts'

/** What a handler says by a tap. `contact` null: none of them. */
export type Tapped = { readonly call: string } & ({ readonly intent: 'choose'; readonly contact: string | null } | { readonly intent: 'dispose'; readonly disposition: Disposition })

/** How a tap is drawn: a form that works without scripts, or a button of the frame's. */
export type Tap = (says: Tapped, look: ButtonLook, label: ReactNode) => ReactNode

/** A call that rings: who, with which policies, what was said last, and what the handler says of it. */
export function PopCard({ pop, tap, aside }: { pop: PopView; tap: Tap; aside?: ReactNode }) {
  const { call, content } = pop
  const reason = content.why && reasonWords[content.why]
  return (
    <article aria-label={whoCalls(pop)} className="grid gap-3 rounded-lg border border-line bg-raised p-4 shadow-float">
      <header className="flex items-start gap-3">
        <span className="mt-0.5 grid size-8 flex-none place-items-center rounded-full bg-info-bg text-info">
          <Icon name="phone" size={16} />
        </span>
        <div className="min-w-0 flex-1">
          <h2 className="text-base font-semibold [overflow-wrap:anywhere]">{whoCalls(pop)}</h2>
          <p className="flex flex-wrap items-center gap-x-2 text-sm text-ink-2">
            <span className="font-mono text-xs leading-5">{content.phone ?? 'withheld'}</span>
            <span>
              {call.direction === 'inbound' ? 'In' : 'Out'}, <RelativeTime at={call.startedAt} />
            </span>
          </p>
        </div>
        {aside}
      </header>
      {content.contact ? (
        <p className="flex flex-wrap items-center gap-2 text-sm">
          <StatusChip tone={content.contact.kind === 'client' ? 'ok' : 'mute'}>{kindWords[content.contact.kind]}</StatusChip>
          {reason ? <span className="text-ink-2">{reason}</span> : null}
          {content.contact.url ? (
            <Anchor href={content.contact.url} target="_blank" rel="noreferrer" className="text-link ms-auto">
              Open in the AMS
            </Anchor>
          ) : null}
        </p>
      ) : null}
      {content.state === 'several' ? <Choices pop={pop} tap={tap} /> : null}
      <Policies pop={pop} />
      <Notes pop={pop} />
      <div className="flex flex-wrap gap-1.5" role="group" aria-label="What came of it">
        {(Object.keys(dispositions) as Disposition[]).map((disposition) => ( // `as`: the keys of a const object
          <span key={disposition}>{tap({ intent: 'dispose', call: call.id, disposition }, { size: 'sm', tone: call.disposition === disposition ? 'primary' : 'plain' }, dispositions[disposition])}</span>
        ))}
      </div>
    </article>
  )
}

function Choices({ pop: { call, content }, tap }: { pop: PopView; tap: Tap }) {
  return (
    <div className="grid gap-1.5" role="group" aria-label="Who is it?">
      {content.candidates.map(({ id, name, kind, household }) => (
        <div key={id} className="grid">
          {tap({ intent: 'choose', call: call.id, contact: id }, { wide: true }, <span className="min-w-0 truncate">{`${name} · ${kindWords[kind]}${household === null ? '' : ', household'}`}</span>)}
        </div>
      ))}
      {tap({ intent: 'choose', call: call.id, contact: null }, { tone: 'quiet', size: 'sm' }, 'None of them')}
    </div>
  )
}

function Policies({ pop: { content } }: { pop: PopView }) {
  if (content.policies.length === 0) return null
  return (
    <ul aria-label="Policies" className="grid gap-1 text-sm">
      {content.policies.map(({ number, line, carrier, status, expires }) => (
        <li key={number} className="flex flex-wrap items-baseline gap-x-2">
          <span className="font-medium">{line || 'Policy'}</span>
          <span className="text-ink-2">{carrier}</span>
          <span className="font-mono text-xs leading-5 text-ink-2">{number}</span>
          <span className="ms-auto text-ink-3" data-figures>
            {[status, expires].filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Notes({ pop: { content } }: { pop: PopView }) {
  if (content.notes.length === 0) return null
  return (
    <ul aria-label="Last notes" className="grid gap-1.5 border-s-2 border-line ps-3 text-sm">
      {content.notes.map(({ at, text }) => (
        <li key={`${at} ${text}`} className="grid">
          <span className="text-xs text-ink-3">
            <RelativeTime at={at} />
          </span>
          <span className="line-clamp-3 text-ink-2 [overflow-wrap:anywhere]">{text}</span>
        </li>
      ))}
    </ul>
  )
}
