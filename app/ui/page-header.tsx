import type { ReactNode } from 'react'
import { Icon } from './icon.tsx'
import { Anchor } from './links.tsx'

export type Crumb = { label: string; href?: string | undefined }

/** The way back, one link a step. The last step is the page itself and no link. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="min-w-0">
      <ol className="-ms-1 flex min-w-0 items-center gap-1 text-sm">
        {crumbs.map((crumb, step) => (
          <li key={crumb.label} className={step === crumbs.length - 1 ? 'flex min-w-0 items-center gap-1' : 'flex flex-none items-center gap-1 max-sm:not-nth-last-2:hidden'}>
            {step > 0 ? <Icon name="right" size={12} className="text-ink-3" /> : null}
            {crumb.href && step < crumbs.length - 1 ? (
              <Anchor href={crumb.href} className="inline-flex min-h-6 items-center rounded-sm px-1 text-ink-2 hover:text-ink hover:underline">
                {crumb.label}
              </Anchor>
            ) : (
              <span aria-current={step === crumbs.length - 1 ? 'page' : undefined} className="truncate px-1 font-medium">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  )
}

export type PageHeaderProps = {
  title: ReactNode
  /** A chip beside the title: the state of the thing this page is about. */
  status?: ReactNode
  lead?: ReactNode
  /** Buttons, the primary one last. */
  actions?: ReactNode
  crumbs?: readonly Crumb[] | undefined
}

export function PageHeader({ title, status, lead, actions, crumbs }: PageHeaderProps) {
  return (
    <header className="grid gap-1">
      {crumbs ? <Breadcrumbs crumbs={crumbs} /> : null}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-3">
        <div className="grid min-w-0 flex-1 basis-72 gap-1">
          <div className="flex min-h-8 flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="min-w-0 text-2xl font-semibold tracking-[-0.016em]">{title}</h1>
            {status}
          </div>
          {lead ? <p className="max-w-[68ch] text-pretty text-ink-2">{lead}</p> : null}
        </div>
        {actions ? <div className="flex flex-wrap items-center gap-2">{actions}</div> : null}
      </div>
    </header>
  )
}
