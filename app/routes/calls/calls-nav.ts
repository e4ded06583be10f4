import type { CallsPlace } from '../../../worker/calls/places.ts'
import type { NavGroup, NavLink } from '../../ui/side-nav.tsx'

/** The module's pages in the order of the navigation. */
const links: Record<CallsPlace, NavLink> = {
  now: { label: 'Ringing now', href: '/calls/now', icon: 'bell' },
  calls: { label: 'Call log', href: '/calls', icon: 'phone' },
  dashboard: { label: 'Dashboard', href: '/calls/dashboard', icon: 'chart' },
  leaderboard: { label: 'Leaderboard', href: '/calls/leaderboard', icon: 'flag' },
  connections: { label: 'Diallers', href: '/call-connections', icon: 'plug' },
  ams: { label: 'AMS', href: '/ams-connection', icon: 'building' },
  assistant: { label: 'Assistant', href: '/assistant', icon: 'message' },
}

/** The group of one person in one tenant; none where nothing of the module is theirs. */
export function callsNav(places: readonly CallsPlace[]): NavGroup[] {
  const shown = (Object.keys(links) as CallsPlace[]).filter((place) => places.includes(place)).map((place) => links[place]) // `as`: the keys of a const object
  return shown.length > 0 ? [{ title: 'Calls', links: shown }] : []
}
