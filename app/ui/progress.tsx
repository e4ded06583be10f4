import type { ReactNode } from 'react'

export type ProgressProps = {
  label: string
  /** Out of `max`; undefined while the end is unknown. */
  value?: number | undefined
  max?: number | undefined
  /** "4 of 7", "6,120 of 10,000 rows". */
  note?: ReactNode
  tone?: 'warn' | 'bad' | undefined
  labelHidden?: boolean | undefined
}

export function Progress({ label, value, max = 1, note, tone, labelHidden }: ProgressProps) {
  return (
    <div className="grid gap-1.5">
      {labelHidden && !note ? null : (
        <div className="flex items-baseline justify-between gap-3 text-sm">
          <span className={labelHidden ? 'sr-only' : 'text-ink-2'}>{label}</span>
          {note ? <span data-figures className="text-ink-3">{note}</span> : null}
        </div>
      )}
      <progress className="cs-progress" aria-label={label} max={max} value={value} data-tone={tone} />
    </div>
  )
}
