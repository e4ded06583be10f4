import type { IconName } from '../ui/icon-paths.ts'
import type { NavGroup, NavLink } from '../ui/side-nav.tsx'

type Place = { label: string; href: string; icon: IconName; keywords: readonly string[] }

/** The pages every tenant has, whatever its modules. The order is the order of the navigation. */
export const tenantPlaces = {
  people: { label: 'People', href: '/people', icon: 'people', keywords: ['members', 'invitations', 'roles', 'colleagues', 'permissions'] },
  documents: { label: 'Documents', href: '/documents', icon: 'file', keywords: ['files', 'upload', 'pdf'] },
  audit: { label: 'Audit log', href: '/audit', icon: 'audit', keywords: ['log', 'history', 'events', 'export', 'verify', 'chain'] },
  policy: { label: 'Policy', href: '/policy', icon: 'policy', keywords: ['settings', 'retention', 'limits', 'preset', 'modules'] },
  keys: { label: 'Keys', href: '/keys', icon: 'vault', keywords: ['encryption', 'rotation', 'seal', 'root'] },
  apiKeys: { label: 'API keys', href: '/api-keys', icon: 'key', keywords: ['token', 'integration', 'developer'] },
  delivery: { label: 'Delivery', href: '/delivery', icon: 'send', keywords: ['mail', 'queue', 'webhooks', 'dead letters', 'outbound'] },
  security: { label: 'Security', href: '/security', icon: 'shield', keywords: ['mfa', 'tenant settings', 'sign-in rules', 'close tenant'] },
} as const satisfies Record<string, Place>

/** The pages of the person signed in, in any tenant. */
export const ownPlaces = {
  profile: { label: 'Profile', href: '/profile', icon: 'person', keywords: ['name', 'e-mail', 'me'] },
  ownSecurity: { label: 'Sign-in and factors', href: '/profile/security', icon: 'passkey', keywords: ['password', 'passkey', 'totp', 'two-factor', 'recovery codes'] },
  sessions: { label: 'Sessions', href: '/sessions', icon: 'monitor', keywords: ['devices', 'browsers', 'sign out everywhere'] },
} as const satisfies Record<string, Place>

export type TenantPlace = keyof typeof tenantPlaces

/** The navigation of one person in one tenant: home, the modules switched on, then the tenant's own pages they may open. */
export function navGroups(input: {
  modulesNav: readonly NavGroup[]
  /** Which tenant pages the role may open; a link that answers 404 is not shown. */
  places: readonly TenantPlace[]
  counts?: Partial<Record<TenantPlace, number>> | undefined
  sandbox?: boolean | undefined
}): NavGroup[] {
  const places = (Object.keys(tenantPlaces) as TenantPlace[]) // Object.keys forgets the keys' type; the object is ours and closed.
    .filter((place) => input.places.includes(place))
    .map((place): NavLink => ({ ...tenantPlaces[place], count: input.counts?.[place] }))
  const sandbox: NavLink[] = input.sandbox ? [{ label: 'Sandbox', href: '/sandbox', icon: 'flask', reload: true }] : []
  const groups: NavGroup[] = [
    { links: [{ label: 'Home', href: '/', icon: 'home' }] },
    ...input.modulesNav,
    { title: 'Tenant', links: [...places, ...sandbox] },
  ]
  return groups.filter((group) => group.links.length > 0)
}
