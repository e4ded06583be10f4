import { cx } from './classes.ts'
import { Anchor } from './links.tsx'

export type TabLink = { label: string; href: string; current: boolean; count?: number | undefined }

/** Views of one thing, each with its own address. Links, not ARIA tabs: they change the page. */
export function TabLinks({ label, tabs, inset }: { label: string; tabs: readonly TabLink[]; inset?: boolean | undefined }) {
  return (
    <nav aria-label={label} className={cx('overflow-x-auto border-b border-line', inset && 'px-4')}>
      <ul className="flex gap-5">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Anchor
              href={tab.href}
              aria-current={tab.current ? 'page' : undefined}
              className={cx(
                '-mb-px inline-flex h-10 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap focus-visible:-outline-offset-2',
                tab.current ? 'border-accent font-medium text-ink' : 'border-transparent text-ink-2 hover:border-line-2 hover:text-ink',
              )}
            >
              {tab.label}
              {tab.count === undefined ? null : <span className="text-xs text-ink-3">{tab.count.toLocaleString('en-US')}</span>}
            </Anchor>
          </li>
        ))}
      </ul>
    </nav>
  )
}
