import { expect, test } from 'vitest'

import { navGroups } from './tenant-nav.ts'

const contracting = { title: 'Contracting', links: [{ label: 'Requests', href: '/contracting/requests' }] }
const hrefs = (groups: ReturnType<typeof navGroups>) => groups.flatMap((group) => group.links.map((link) => link.href))

test('a member sees only the places the role may open, in the fixed order', () => {
  const groups = navGroups({ modulesNav: [contracting], places: ['documents', 'people'], counts: { people: 12 } })
  expect(hrefs(groups)).toEqual(['/', '/contracting/requests', '/people', '/documents'])
  expect(groups[2]?.links[0]?.count).toBe(12)
})

test('no module and no place leave no empty heading behind', () => {
  expect(navGroups({ modulesNav: [], places: [] })).toHaveLength(1)
})

test('the sandbox is listed only where there is one', () => {
  expect(hrefs(navGroups({ modulesNav: [], places: [] }))).not.toContain('/sandbox')
  expect(hrefs(navGroups({ modulesNav: [], places: [], sandbox: true }))).toContain('/sandbox')
})
