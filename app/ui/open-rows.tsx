import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'

/** Rows that each open to what stands behind them. `<details>`: they open without scripts, and find-in-page opens them. */
export function OpenRows({ children }: { children: ReactNode }) {
  return <div className="divide-y divide-line overflow-clip rounded-lg border border-line bg-panel shadow-card">{children}</div>
}

export type OpenRowProps = {
  /** For links to this row (#id). */
  id?: string | undefined
  title: ReactNode
  /** A StatusChip. */
  status: ReactNode
  summary: ReactNode
  /** When it was last looked at. */
  when?: ReactNode
  open?: boolean | undefined
  children: ReactNode
}

export function OpenRow({ id, title, status, summary, when, open, children }: OpenRowProps) {
  return (
    <details id={id} open={open} className="cs-turn scroll-mt-16 target:bg-selected">
      <summary className="grid gap-x-4 gap-y-1 px-4 py-3 text-sm hover:bg-hover focus-visible:-outline-offset-2 max-sm:grid-cols-[1fr_auto] sm:grid-cols-[minmax(10rem,15rem)_6.75rem_1fr_auto] sm:items-center">
        <span className="flex items-center gap-2 font-medium">
          <Icon name="right" size={12} className="cs-turn-mark text-ink-3" />
          {title}
        </span>
        <span>{status}</span>
        <span className="text-ink-2 max-sm:col-span-2 max-sm:ps-5">{summary}</span>
        {when ? <span className="text-ink-3 max-sm:col-span-2 max-sm:ps-5 sm:text-end">{when}</span> : null}
      </summary>
      <div className="border-t border-line bg-sunk px-4 py-4 sm:px-9">{children}</div>
    </details>
  )
}

/** What an open row is made of: a few labelled parts beside one another. */
export function OpenParts({ parts }: { parts: ReadonlyArray<{ label: string; content: ReactNode }> }) {
  return (
    <dl className="grid gap-x-8 gap-y-4 text-sm sm:grid-cols-2 lg:grid-cols-3">
      {parts.map((part) => (
        <div key={part.label} className="grid content-start gap-1">
          <dt className="text-xs text-ink-3">{part.label}</dt>
          <dd className="min-w-0">{part.content}</dd>
        </div>
      ))}
    </dl>
  )
}
