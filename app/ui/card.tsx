import type { ReactNode } from 'react'
import { cx } from './classes.ts'

export type CardProps = {
  title?: ReactNode
  /** A line under the title. */
  note?: ReactNode
  /** Stands at the right of the title: a chip, a button. */
  aside?: ReactNode
  footer?: ReactNode
  /** No padding: for a table, a timeline, a list that brings its own. */
  flush?: boolean | undefined
  /** The heading's level, where the card is not directly under the page's h1. */
  level?: 2 | 3 | undefined
  id?: string | undefined
  children?: ReactNode
}

export function Card({ title, note, aside, footer, flush, level = 2, id, children }: CardProps) {
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <section id={id} className="min-w-0 rounded-lg border border-line bg-panel shadow-card">
      {title || aside ? (
        <header className={cx('flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 px-4 py-2', children !== undefined && 'border-b border-line')}>
          <div className="min-w-0 flex-1 basis-40">
            {title ? <Heading className="text-base font-semibold">{title}</Heading> : null}
            {note ? <p className="text-sm text-ink-2">{note}</p> : null}
          </div>
          {aside ? <div className="flex flex-wrap items-center gap-2">{aside}</div> : null}
        </header>
      ) : null}
      {children === undefined ? null : <div className={cx(!flush && 'p-4')}>{children}</div>}
      {footer ? <footer className="rounded-b-lg border-t border-line bg-sunk px-4 py-2.5 text-sm text-ink-2">{footer}</footer> : null}
    </section>
  )
}
