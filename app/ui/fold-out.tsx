import { useRef, type ReactNode } from 'react'
import { cx } from './classes.ts'
import { useClosing } from './closing.ts'

export type FoldOutProps = {
  /** What the summary shows; it is the button. */
  summary: ReactNode
  /** Classes of the summary: usually buttonLook(). */
  look: string
  children: ReactNode
  /** Where the panel opens: over the page below or above the button, or in line, moving what follows. */
  place?: 'below-start' | 'below-end' | 'above-start' | 'inline' | undefined
  width?: 'fit' | 'wide' | undefined
}

const places = {
  'below-start': 'top-full start-0 mt-1.5',
  'below-end': 'top-full end-0 mt-1.5',
  'above-start': 'bottom-full start-0 mb-1.5',
  inline: '',
}

/**
 * A panel under a button that opens without scripts, being a `<details>`. With them it also closes on Escape, on a press
 * outside and on a choice. For menus that hold forms: switching a tenant, signing out.
 */
export function FoldOut({ summary, look, children, place = 'below-start', width = 'fit' }: FoldOutProps) {
  const box = useRef<HTMLDetailsElement>(null)
  useClosing(box)
  return (
    <details ref={box} className="group/fold relative">
      <summary className={look}>
        {summary}
      </summary>
      <div
        className={
          place === 'inline'
            ? 'mt-1.5 rounded-lg border border-line-2 bg-raised p-1'
            : cx('absolute z-30 rounded-lg bg-raised p-1 shadow-float', width === 'wide' ? 'w-68' : 'min-w-44', places[place])
        }
      >
        {children}
      </div>
    </details>
  )
}

/** The look of one line inside a FoldOut: a link or a submit button. */
export const foldLine = 'flex w-full min-h-8 items-center gap-2.5 rounded-md px-2.5 py-1.25 text-start text-sm text-ink hover:bg-hover focus-visible:-outline-offset-2'
