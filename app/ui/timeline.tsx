import type { ReactNode } from 'react'
import { cx } from './classes.ts'

export type Moment = {
  key: string
  title: ReactNode
  detail?: ReactNode
  /** When, as a RelativeTime. */
  when?: ReactNode
  /** `open` has not happened yet. */
  state?: 'done' | 'bad' | 'open' | undefined
}

/** What happened, in order, and what is still to come. */
export function Timeline({ label, moments }: { label: string; moments: readonly Moment[] }) {
  return (
    <ol aria-label={label} className="grid">
      {moments.map(({ key, title, detail, when, state = 'done' }, at) => (
        <li key={key} className="grid grid-cols-[0.75rem_1fr] gap-x-3">
          <span className="relative flex justify-center">
            {at < moments.length - 1 ? <span className="absolute top-3.5 -bottom-1 w-px bg-line-2" /> : null}
            <span
              className={cx(
                'relative mt-1.5 size-2.5 rounded-full',
                state === 'done' && 'bg-accent',
                state === 'bad' && 'bg-bad',
                state === 'open' && 'border-2 border-field bg-panel',
              )}
            />
          </span>
          <div className={cx('grid gap-0.5 text-sm', at < moments.length - 1 && 'pb-4')}>
            <p className={state === 'open' ? 'text-ink-2' : 'text-ink'}>
              {title}
              {state === 'open' ? <span className="sr-only"> (not yet)</span> : null}
              {state === 'bad' ? <span className="sr-only"> (failed)</span> : null}
            </p>
            {detail ? <div className="text-ink-2">{detail}</div> : null}
            {when ? <div className="text-xs text-ink-3">{when}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
