import type { ReactNode } from 'react'
import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import type { Tone } from './status-chip.tsx'

const looks: Record<Tone, { wash: string; icon: IconName; mark: string }> = {
  ok: { wash: 'bg-ok-bg', icon: 'done', mark: 'text-ok' },
  info: { wash: 'bg-info-bg', icon: 'info', mark: 'text-info' },
  warn: { wash: 'bg-warn-bg', icon: 'warning', mark: 'text-warn' },
  bad: { wash: 'bg-bad-bg', icon: 'problem', mark: 'text-bad' },
  mute: { wash: 'bg-mute-bg', icon: 'info', mark: 'text-mute' },
}

export type NoticeProps = {
  tone?: Tone | undefined
  title: ReactNode
  children?: ReactNode
  /** A button or link that does something about it. */
  action?: ReactNode
  /** Read out at once when it appears: an outcome, not a standing remark. */
  live?: boolean | undefined
}

/** A remark that stands in the page: what is so, and what to do about it. */
export function Notice({ tone = 'info', title, children, action, live }: NoticeProps) {
  const look = looks[tone]
  return (
    <div
      className={cx('flex flex-wrap items-start gap-x-3 gap-y-2 rounded-lg px-3.5 py-2.5 text-sm', look.wash)}
      role={live ? (tone === 'bad' ? 'alert' : 'status') : undefined}
    >
      <Icon name={look.icon} className={cx('mt-0.5', look.mark)} />
      <div className="grid min-w-0 flex-1 basis-56 gap-0.5">
        <p className="font-medium text-ink">{title}</p>
        {children ? <div className="text-ink-2">{children}</div> : null}
      </div>
      {action ? <div className="flex flex-none gap-2">{action}</div> : null}
    </div>
  )
}
