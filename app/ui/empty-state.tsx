import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'

export type EmptyStateProps = {
  icon?: IconName | undefined
  /** What is not here yet, as a plain statement. */
  title: string
  /** What will be here, and what to do first. */
  children?: ReactNode
  action?: ReactNode
}

export function EmptyState({ icon, title, children, action }: EmptyStateProps) {
  return (
    <div className="grid justify-items-center gap-1.5 px-6 py-12 text-center">
      {icon ? (
        <span className="mb-1.5 grid size-9 place-items-center rounded-lg border border-line bg-sunk text-ink-3">
          <Icon name={icon} size={18} />
        </span>
      ) : null}
      <p className="text-base font-semibold">{title}</p>
      {children ? <div className="max-w-[46ch] text-sm text-balance text-ink-2">{children}</div> : null}
      {action ? <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  )
}
