import { expect, test } from 'vitest'

import { currentLink } from './side-nav.tsx'

const groups = [{ links: [{ label: 'Home', href: '/' }, { label: 'Keys', href: '/keys' }, { label: 'Profile', href: '/profile' }, { label: 'Factors', href: '/profile/security' }] }]

test('the nearest place above a page is the one marked', () => {
  expect(currentLink(groups, '/keys/seal?tab=rows')).toBe('/keys')
  expect(currentLink(groups, '/profile/security')).toBe('/profile/security')
  expect(currentLink(groups, '/profile/sessions')).toBe('/profile')
  expect(currentLink(groups, '/')).toBe('/')
})

test('a path that only begins with the same letters is another place', () => {
  expect(currentLink(groups, '/keystone')).toBeUndefined()
  expect(currentLink(groups, '/documents')).toBeUndefined()
})
