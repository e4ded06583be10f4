import type { ReactNode } from 'react'
import { LinkButton } from './button.tsx'

export type PaginationProps = {
  /** "1 to 25 of 1,204", or "25 shown". */
  summary: ReactNode
  /** Addresses with a cursor; absent at either end. */
  previous?: string | undefined
  next?: string | undefined
  previousLabel?: string | undefined
  nextLabel?: string | undefined
  /** Names the landmark where a page has several lists. */
  label?: string | undefined
}

/** Two links. Cursors know before and after, not page numbers, so none are pretended. */
export function Pagination({ summary, previous, next, previousLabel = 'Previous', nextLabel = 'Next', label = 'Pages' }: PaginationProps) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-ink-3">{summary}</span>
      <span className="ms-auto flex gap-2">
        {previous ? (
          <LinkButton href={previous} size="sm" rel="prev">
            {previousLabel}
          </LinkButton>
        ) : null}
        {next ? (
          <LinkButton href={next} size="sm" rel="next">
            {nextLabel}
          </LinkButton>
        ) : null}
      </span>
    </nav>
  )
}
