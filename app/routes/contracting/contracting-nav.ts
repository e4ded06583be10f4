import type { ContractingPlace } from '../../../worker/contracting/places.ts'
import type { NavGroup, NavLink } from '../../ui/side-nav.tsx'

/** The module's pages in the order of the navigation. */
const links: Record<ContractingPlace, NavLink> = {
  passport: { label: 'My passport', href: '/passport', icon: 'person' },
  calendar: { label: 'What expires', href: '/passport/calendar', icon: 'calendar' },
  requests: { label: 'Requests', href: '/requests', icon: 'file' },
  producers: { label: 'Producers', href: '/producers', icon: 'people' },
  packets: { label: 'Packets', href: '/packets', icon: 'file' },
  carriers: { label: 'Carriers', href: '/carriers', icon: 'shield' },
  releases: { label: 'Releases', href: '/releases', icon: 'leave' },
  signing: { label: 'To sign', href: '/signing', icon: 'file' },
  ownRequests: { label: 'My requests', href: '/my-requests', icon: 'inbox' },
  fmos: { label: 'My FMOs', href: '/fmos', icon: 'building' },
}

/** The group of one person in one tenant; none where nothing of the module is theirs. */
export function contractingNav(places: readonly ContractingPlace[]): NavGroup[] {
  const shown = (Object.keys(links) as ContractingPlace[]).filter((place) => places.includes(place)).map((place) => links[place]) // `as`: the keys of a const object
  return shown.length > 0 ? [{ title: 'Contracting', links: shown }] : []
}
