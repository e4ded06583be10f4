import { cx } from './classes.ts'
import { Icon } from './icon.tsx'
import type { IconName } from './icon-paths.ts'
import { Anchor } from './links.tsx'

export type NavLink = {
  label: string
  href: string
  icon?: IconName | undefined
  /** How many wait there. Absent for none. */
  count?: number | undefined
  /** A full page load. */
  reload?: boolean | undefined
}
/** A group without a title stands first and alone. */
export type NavGroup = { title?: string | undefined; links: readonly NavLink[] }

/** The places of the product. `here` is the path on screen: the longest link that begins it is marked. */
export function SideNav({ label, groups, here }: { label: string; groups: readonly NavGroup[]; here: string }) {
  const current = currentLink(groups, here)
  return (
    <nav aria-label={label} className="grid content-start gap-4">
      {groups.map((group, at) => (
        <div key={group.title ?? at}>
          {group.title ? <h2 className="px-2.5 pb-1 text-2xs font-medium tracking-[0.01em] text-ink-3">{group.title}</h2> : null}
          <ul className="grid gap-px">
            {group.links.map((link) => (
              <li key={link.href}>
                <Anchor
                  href={link.href}
                  reload={link.reload}
                  aria-current={link.href === current ? 'page' : undefined}
                  className={cx(
                    'flex h-7.5 items-center gap-2.5 rounded-md px-2.5 text-sm max-lg:h-10',
                    link.href === current
                      ? 'bg-panel font-medium text-ink shadow-[0_0_0_1px_var(--color-line)] [&>svg]:text-accent'
                      : 'text-ink-2 hover:bg-hover hover:text-ink [&>svg]:text-ink-3',
                  )}
                >
                  {link.icon ? <Icon name={link.icon} size={15} /> : null}
                  <span className="truncate">{link.label}</span>
                  {link.count ? <span data-figures className="ms-auto text-xs font-normal text-ink-3">{link.count.toLocaleString('en-US')}</span> : null}
                </Anchor>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  )
}

/** The link whose path is `here` or the nearest one above it. */
export function currentLink(groups: readonly NavGroup[], here: string): string | undefined {
  const path = here.split('?')[0] ?? here
  return groups
    .flatMap((group) => group.links.map((link) => link.href))
    .filter((href) => path === href || path.startsWith(href === '/' ? '//' : `${href}/`))
    .sort((one, other) => other.length - one.length)[0]
}
