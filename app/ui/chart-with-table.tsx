import { lazy, Suspense } from 'react'
import { cx } from './classes.ts'
import { useHydrated } from './hydrated.ts'
import { Icon } from './icon.tsx'
import { Anchor } from './links.tsx'
import type { ChartProps } from './chart-words.ts'

const ChartCanvas = lazy(() => import('./chart-canvas.tsx').then((module) => ({ default: module.ChartCanvas })))
const plain = (value: number) => value.toLocaleString('en-US')

/**
 * A chart and the table it was drawn from. The table is in the page for everybody; the drawing comes in the browser only,
 * since its library sets inline styles, and is hidden from those who have the table read to them.
 */
export function ChartWithTable({ title, kind = 'bars', series, points, format = plain, height = 'md', held = false }: ChartProps) {
  const hydrated = useHydrated()
  return (
    <figure data-chart className="grid min-w-0 gap-2">
      <figcaption className="flex flex-wrap items-center gap-x-4 gap-y-1 text-sm font-medium">
        {title}
        {series.length > 1 ? (
          <span className="ms-auto flex flex-wrap gap-3 text-xs font-normal text-ink-2">
            {series.map((one, at) => (
              <span key={one.key} className="inline-flex items-center gap-1.5">
                <svg width="8" height="8" aria-hidden className={one.tone ? toneText[one.tone] : seriesText[at]}>
                  <rect width="8" height="8" rx="2" fill="currentColor" />
                </svg>
                {one.label}
              </span>
            ))}
          </span>
        ) : null}
      </figcaption>
      {/* Clipped sideways: for the moment until it is drawn anew in a narrower window, a drawing is as wide as it was. */}
      <div aria-hidden className={cx('min-w-0 overflow-x-clip', height === 'sm' ? 'h-28' : 'h-56')}>
        {hydrated && !held ? (
          <Suspense fallback={null}>
            <ChartCanvas kind={kind} series={series} points={points} format={format} />
          </Suspense>
        ) : null}
      </div>
      <details className="cs-turn text-sm">
        <summary className="inline-flex min-h-6 items-center gap-1 rounded-sm text-xs text-ink-2 hover:text-ink">
          <Icon name="right" size={12} className="cs-turn-mark" />
          Show as a table
        </summary>
        <div className="mt-2 max-h-72 overflow-auto rounded-md border border-line" tabIndex={0} role="region" aria-label={`${title}, as a table`}>
          <table className="cs-table">
            <caption className="sr-only">{title}</caption>
            <thead>
              <tr>
                <th scope="col">{' '}<span className="sr-only">Point</span></th>
                {series.map((one) => (
                  <th key={one.key} scope="col" data-align="end">
                    {one.label}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {points.map((point) => (
                <tr key={point.label}>
                  <td>{point.label}</td>
                  {series.map((one) => (
                    <td key={one.key} data-align="end">
                      <Value href={point.values[one.key] ? point.hrefs?.[one.key] : undefined}>{format(point.values[one.key] ?? 0)}</Value>
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

/** A number leads to its rows; none leads nowhere. */
const Value = ({ href, children }: { href: string | undefined; children: string }) =>
  href ? (
    <Anchor href={href} className="text-link">
      {children}
    </Anchor>
  ) : (
    <>{children}</>
  )

const toneText = { ok: 'text-ok', warn: 'text-warn', bad: 'text-bad', info: 'text-info', mute: 'text-mute' }
const seriesText = ['text-series-1', 'text-series-2', 'text-series-3', 'text-series-4']
