import { useRef, type ReactNode } from 'react'
import { useClosing } from './closing.ts'
import { Icon } from './icon.tsx'

export type AppFrameProps = {
  /** Top of the side: whose workspace this is. */
  workspace: ReactNode
  nav: ReactNode
  /** Foot of the side. */
  foot?: ReactNode
  /** Left of the top bar: breadcrumbs or a name. */
  bar?: ReactNode
  /** Right of the top bar: search, the account. */
  tools?: ReactNode
  /** A line over everything: a sandbox, an outage. */
  banner?: ReactNode
  children: ReactNode
}

/**
 * Side, bar, page. On a phone the side is a `<details>` in the bar, so it opens without scripts; the two copies of the
 * navigation never show at once, and the hidden one is out of the accessibility tree.
 */
export function AppFrame({ workspace, nav, foot, bar, tools, banner, children }: AppFrameProps) {
  const phoneNav = useRef<HTMLDetailsElement>(null)
  useClosing(phoneNav)
  return (
    <>
      <SkipLink />
      {banner}
      <div className="min-h-dvh lg:grid lg:grid-cols-[var(--spacing-side)_minmax(0,1fr)]">
        <aside aria-label="Workspace" className="hidden border-e border-line bg-nav lg:block">
          <div className="sticky top-0 flex h-dvh flex-col">
            <div className="px-2.5 pt-2.5 pb-2">{workspace}</div>
            <div className="min-h-0 flex-1 overflow-y-auto px-2.5 pt-1 pb-4">{nav}</div>
            {foot ? <div className="border-t border-line p-2.5">{foot}</div> : null}
          </div>
        </aside>
        <div className="flex min-w-0 flex-col">
          <header className="sticky top-0 z-20 flex h-bar items-center gap-2.5 border-b border-line bg-panel px-4 lg:px-6">
            <details ref={phoneNav} className="lg:hidden">
              <summary aria-label="Menu" className="-ms-2 grid size-9 place-items-center rounded-md text-ink-2 hover:bg-hover">
                <Icon name="menu" size={18} />
              </summary>
              <div className="absolute inset-x-0 top-bar z-30 grid max-h-[calc(100dvh-var(--spacing-bar))] gap-3 overflow-y-auto border-b border-line bg-nav p-3 shadow-float">
                {workspace}
                {nav}
                {foot}
              </div>
            </details>
            <div className="flex min-w-0 flex-1 items-center gap-2.5">{bar}</div>
            {tools ? <div className="flex flex-none items-center gap-2">{tools}</div> : null}
          </header>
          <main id="main" tabIndex={-1} className="mx-auto grid w-full max-w-[88rem] content-start gap-6 px-4 py-5 outline-none lg:px-6 lg:py-6">
            {children}
          </main>
        </div>
      </div>
    </>
  )
}

/** First in the tab order: over the navigation, straight to the page (WCAG 2.4.1). */
export function SkipLink() {
  return (
    <a
      href="#main"
      className="sr-only rounded-md bg-ink px-3 py-2 text-sm font-medium text-bg focus:not-sr-only focus:fixed focus:start-3 focus:top-3 focus:z-60"
    >
      Skip to the page
    </a>
  )
}
