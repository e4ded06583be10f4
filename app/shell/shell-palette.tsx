import { useNavigate } from '@remix-run/react'
import { useMemo } from 'react'
import { CommandPalette, type PaletteItem } from '../ui/command-palette.tsx'
import type { IconName } from '../ui/icon-paths.ts'
import type { NavGroup } from '../ui/side-nav.tsx'
import { chooseTheme } from '../ui/theme.ts'
import { ownPlaces, tenantPlaces } from './tenant-nav.ts'

/** Something to do, reachable by name from everywhere: "Invite a colleague". */
export type QuickAction = { label: string; href: string; icon?: IconName | undefined; keywords?: readonly string[] | undefined }

const words = new Map<string, readonly string[]>([...Object.values(tenantPlaces), ...Object.values(ownPlaces)].map((place) => [place.href, place.keywords]))

/** Everything the navigation holds, what can be done, and the theme. */
export function ShellPalette({ groups, actions }: { groups: readonly NavGroup[]; actions: readonly QuickAction[] }) {
  const navigate = useNavigate()
  const items = useMemo((): PaletteItem[] => {
    const go = (href: string, reload?: boolean) => () => (reload ? window.location.assign(href) : navigate(href))
    return [
      ...actions.map((action) => ({ ...action, key: `do ${action.href}`, group: 'Do', onSelect: go(action.href) })),
      ...groups.flatMap((group) =>
        group.links.map((link) => ({
          key: link.href,
          group: 'Go to',
          label: link.label,
          icon: link.icon,
          note: group.title,
          keywords: words.get(link.href),
          onSelect: go(link.href, link.reload),
        })),
      ),
      ...Object.values(ownPlaces).map((place) => ({ ...place, key: place.href, group: 'You', onSelect: go(place.href) })),
      { key: 'theme light', group: 'Theme', label: 'Light', icon: 'sun', onSelect: () => chooseTheme('light') },
      { key: 'theme dark', group: 'Theme', label: 'Dark', icon: 'moon', onSelect: () => chooseTheme('dark') },
      { key: 'theme system', group: 'Theme', label: 'As the system', icon: 'contrast', onSelect: () => chooseTheme('system') },
    ]
  }, [groups, actions, navigate])
  return <CommandPalette items={items} />
}
