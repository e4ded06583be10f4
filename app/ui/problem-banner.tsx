import { useEffect, useRef } from 'react'
import { Icon } from './icon.tsx'

export type ProblemBannerProps = {
  /** What happened, in a sentence: RFC 9457 `title`. */
  title: string
  /** What to do next: RFC 9457 `detail`. */
  detail?: string | undefined
  /** One line for each field at fault; `id` is the field's element, so that the line can lead there. */
  errors?: ReadonlyArray<{ id?: string | undefined; message: string }> | undefined
  /** A reference to quote to support. */
  reference?: string | undefined
}

/** Stands above a form that was refused. It takes the focus once, so that nobody has to look for what went wrong. */
export function ProblemBanner({ title, detail, errors = [], reference }: ProblemBannerProps) {
  const box = useRef<HTMLDivElement>(null)
  useEffect(() => box.current?.focus(), [])
  return (
    <div ref={box} role="alert" tabIndex={-1} className="flex gap-3 rounded-lg border border-bad/30 bg-bad-bg px-3.5 py-3 text-sm outline-none">
      <Icon name="problem" className="mt-0.5 text-bad" />
      <div className="grid min-w-0 gap-1">
        <p className="font-medium text-ink">{title}</p>
        {detail ? <p className="text-ink-2">{detail}</p> : null}
        {errors.length > 0 ? (
          <ul className="grid gap-0.5">
            {errors.map((error) => (
              <li key={`${error.id ?? ''}${error.message}`}>
                {error.id ? (
                  <a href={`#${error.id}`} className="inline-flex min-h-6 items-center text-bad underline underline-offset-3">
                    {error.message}
                  </a>
                ) : (
                  <span className="text-bad">{error.message}</span>
                )}
              </li>
            ))}
          </ul>
        ) : null}
        {reference ? <p className="mono text-ink-2">{reference}</p> : null}
      </div>
    </div>
  )
}
