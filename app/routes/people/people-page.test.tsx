import { cleanup, render, screen, within } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { InvitationView, MemberView } from '../../../worker/core/tenancy/contract.ts'
import type { PeopleView } from '../../../worker/core/tenancy/read-people.ts'
import { CsrfProvider } from '../../shell/post-form.tsx'
import { ToastRegion } from '../../ui/toasts.tsx'
import { InvitePage } from './invite-page.tsx'
import { PeoplePage } from './people-page.tsx'

afterEach(cleanup)

const dana: MemberView = { id: 'mem_a', accountId: 'acc_a', name: 'Dana Whitlock', email: 'dana@harbor.test', role: 'owner', joinedAt: 0, you: true }
const open: InvitationView = { id: 'inv_a', name: 'Ravi Menon', email: 'ravi@harbor.test', role: 'member', state: 'open', createdAt: 0, expiresAt: 86_400_000 }
const alone: PeopleView = { preset: 'spartan', members: [dana], nextMembers: null, counts: { owner: 1, admin: 0, member: 0, viewer: 0 }, invitations: [], nextInvitations: null, mayInvite: true }
const nowhere = { members: null, invitations: null }
const view = (people: Partial<PeopleView>, more: Partial<Parameters<typeof PeoplePage>[0]> = {}) =>
  render(
    <CsrfProvider value="token">
      <ToastRegion>
        <PeoplePage people={{ ...alone, ...people }} role={null} place={nowhere} {...more} />
      </ToastRegion>
    </CsrfProvider>,
  )

test('a tenant of one says what to do first, and the way there is a link', () => {
  view({})
  expect(screen.getByText('Nobody has been invited yet')).toBeTruthy()
  expect(screen.getAllByRole('link', { name: /Invite/ }).map((link) => link.getAttribute('href'))).toEqual(['/people/invite', '/people/invite'])
})

test('an open invitation can be taken back by a POST with the token; one that grew too old is offered again, an accepted one neither', () => {
  view({ invitations: [open, { ...open, id: 'inv_b', name: 'Grace Liu', state: 'expired' }, { ...open, id: 'inv_c', name: 'Tom Okafor', state: 'accepted' }] })
  const form = screen.getByRole('button', { name: /^Take back.*Ravi Menon$/ }).closest('form')
  expect(form?.method).toBe('post')
  expect(form?.querySelector<HTMLInputElement>('input[name=csrf]')?.value).toBe('token')
  const again = screen.getByRole('button', { name: /^Invite again.*Grace Liu$/ })
  expect(Object.fromEntries(new FormData(again.closest('form') ?? undefined, again))).toEqual({ csrf: 'token', intent: 'again', invitation: 'inv_b' })
  expect(screen.queryByRole('button', { name: /Tom Okafor/ })).toBeNull()
})

test('taking an invitation back is told with its Undo, until they are invited again', () => {
  const revoked: InvitationView = { ...open, state: 'revoked' }
  view({ invitations: [revoked] }, { revoked: open.id })
  expect(screen.getByRole('button', { name: 'Undo' })).toBeTruthy()
  cleanup()
  view({ invitations: [{ ...open, id: 'inv_b' }, revoked] }, { revoked: open.id })
  expect(screen.queryByRole('button', { name: 'Undo' })).toBeNull()
})

test('whoever may not invite sees neither the button nor the invitations', () => {
  view({ invitations: null, mayInvite: false })
  expect(screen.queryByRole('link', { name: /Invite/ })).toBeNull()
  expect(screen.queryByText('Invitations')).toBeNull()
})

test('roles are tabs with their counts; a filter that finds nobody says so and can be left', () => {
  view({ counts: { owner: 1, admin: 0, member: 2, viewer: 0 }, members: [] }, { role: 'admin' })
  const tabs = within(screen.getByRole('navigation', { name: 'People by role' }))
  expect(tabs.getAllByRole('link').map((link) => [link.textContent, link.getAttribute('href')])).toEqual([
    ['Everyone3', '/people'],
    ['Owner1', '/people?role=owner'],
    ['Admins0', '/people?role=admin'],
    ['Agents2', '/people?role=member'],
  ])
  expect(screen.getByText('No admins here')).toBeTruthy()
})

test('a refused invitation keeps what was typed and says why beside its field', () => {
  const refused = { problem: { title: 'Something needs another look', detail: '', code: 'invalid', errors: [{ pointer: '/email', detail: 'This person works here already.' }] }, typed: { name: 'Nora', email: 'nora@harbor.test', role: 'admin' } }
  render(<InvitePage inviting={{ preset: 'spartan', roles: ['admin', 'member'], days: 7 }} refused={refused} />)
  const email = screen.getByRole<HTMLInputElement>('textbox', { name: 'E-mail address' })
  expect([email.value, email.getAttribute('aria-invalid')]).toEqual(['nora@harbor.test', 'true'])
  expect(document.getElementById(`${email.id}-error`)?.textContent).toBe('This person works here already.')
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Admin/ }).checked).toBe(true)
  expect(screen.getAllByRole('radio').map((radio) => radio.getAttribute('value'))).toEqual(['admin', 'member'])
})
