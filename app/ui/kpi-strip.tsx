import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Anchor } from './links.tsx'
import { ToneMark, type Tone } from './status-chip.tsx'

export type Kpi = {
  label: string
  value: ReactNode
  /** A line below: the limit, the trend in words. */
  note?: ReactNode
  /** The rows behind the figure. A number without its rows is a rumour. */
  href?: string | undefined
  tone?: Tone | undefined
  chart?: ReactNode
}

/** Up to six figures in one card, each with its word, each a way to its rows. */
export function KpiStrip({ items, label = 'Key figures', narrow }: { items: readonly Kpi[]; label?: string; /** Something stands beside it on a wide screen: two to a row there. */ narrow?: boolean }) {
  const columns = { 2: 'lg:grid-cols-2', 3: 'lg:grid-cols-3', 4: 'lg:grid-cols-4', 5: 'lg:grid-cols-5', 6: 'lg:grid-cols-6' }[items.length] ?? 'lg:grid-cols-4'
  return (
    <section aria-label={label} className="overflow-hidden rounded-lg border border-line bg-panel shadow-card">
      <ul className={cx('-ms-px -mt-px grid grid-cols-2', narrow ? 'h-full md:max-xl:grid-cols-4 xl:auto-rows-fr' : columns)}>
        {items.map((item) => (
          <li key={item.label} className="relative grid content-start gap-0.5 border-s border-t border-line px-4 py-3 has-[a:hover]:bg-hover last:odd:max-lg:col-span-2">
            <span className="flex items-center gap-1.5 text-xs text-ink-3">
              {item.tone && item.tone !== 'mute' ? <ToneSpot tone={item.tone} /> : null}
              {item.label}
            </span>
            <span className="flex items-end justify-between gap-3">
              <span data-figures className="text-xl font-semibold tracking-[-0.018em]">
                {item.href ? (
                  <Anchor href={item.href} className="after:absolute after:inset-0">
                    {item.value}
                  </Anchor>
                ) : (
                  item.value
                )}
              </span>
              {item.chart}
            </span>
            {item.note ? <span className="text-xs text-ink-2">{item.note}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  )
}

function ToneSpot({ tone }: { tone: Tone }) {
  const colour = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', info: 'text-info', mute: 'text-mute' }[tone]
  return (
    <span className={colour}>
      <ToneMark tone={tone} />
    </span>
  )
}
