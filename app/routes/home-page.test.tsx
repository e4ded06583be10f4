import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { HomeView } from '../../worker/core/tenancy/read-home.ts'
import { HomePage } from './home-page.tsx'

afterEach(cleanup)

const log = { size: 218_904, verifiedTo: 218_904, brokenAt: null, refusal: null, signedTo: 218_900, signedAt: 0, days: [{ day: '2026-11-21', count: 40 }, { day: '2026-11-22', count: 12 }] } as const
const owner: HomeView = {
  name: 'Harbor FMO',
  members: 4,
  figures: { people: 4, invitations: 1, documents: 6, deadLetters: 2 },
  log,
  checks: [{ label: 'Protect your own sign-in', done: false, href: '/profile/security', hint: 'h' }, { label: 'Invite a colleague', done: true, href: '/people', hint: 'h' }],
  recent: [{ n: 218_904, name: 'core.member.invited', subject: 'inv_1', at: 0 }],
}
const says = { 'core.member.invited': 'Somebody was invited to a role.' }

test('every number on the first page leads to the rows that it counts', () => {
  render(<HomePage home={owner} says={says} />)
  const strip = within(screen.getByRole('region', { name: 'This tenant in figures' }))
  expect(strip.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['4', '/people'], ['1', '/people#invitations'], ['6', '/documents'], ['2', '/delivery?state=dead'], ['12', '/audit?from=2026-11-22'],
  ])
  expect(screen.getByRole('link', { name: '40', hidden: true }).getAttribute('href')).toBe('/audit?from=2026-11-21&to=2026-11-21')
  expect(screen.getByRole('link', { name: 'No. 218,904' }).getAttribute('href')).toBe('/audit/218904')
  expect(screen.getByText('log verified to 218,900')).toBeTruthy()
})

test('who may not open a page sees no number of it, and is led nowhere that is closed', () => {
  render(<HomePage home={{ ...owner, figures: { people: 4, invitations: null, documents: 6, deadLetters: null }, log: null }} says={says} />)
  expect(screen.getAllByRole('link').map((link) => link.getAttribute('href'))).toEqual(['/people', '/documents', '/profile/security'])
  expect(screen.getByText(/Somebody was invited to a role/)).toBeTruthy()
})

test('what is still to do stands first and goes away when it is done', () => {
  render(<HomePage home={owner} says={says} />)
  expect(screen.getByText('1 of 2 done')).toBeTruthy()
  cleanup()
  render(<HomePage home={{ ...owner, checks: owner.checks.map((check) => ({ ...check, done: true })) }} says={says} />)
  expect(screen.queryByText('To begin with')).toBeNull()
})
