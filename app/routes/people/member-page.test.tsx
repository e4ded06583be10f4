import { cleanup, render, screen } from '@testing-library/react'
import { afterEach, expect, test } from 'vitest'
import type { MemberDetail } from '../../../worker/core/tenancy/read-member.ts'
import { MemberPage } from './member-page.tsx'

afterEach(cleanup)

const priya: MemberDetail = {
  member: { id: 'mem_p', accountId: 'acc_p', name: 'Priya Nair', email: 'priya@harbor.test', role: 'member', joinedAt: 0, you: false },
  preset: 'combined', mayChangeRole: true, mayRemove: true, mayBecomeOwner: true, mayLeave: false, mayReadLog: true, roles: ['admin', 'member', 'viewer'],
}
const view = (detail: Partial<MemberDetail>) => render(<MemberPage detail={{ ...priya, ...detail }} refused={null} changed={false} />)
const hrefs = () => screen.queryAllByRole('link').map((link) => link.getAttribute('href'))

test('an owner finds the role, the history, and the ways to hand over and to remove, each on a page of its own', () => {
  view({})
  expect(hrefs()).toEqual(['/audit?actor=acc_p', '/people/mem_p/ownership', '/people/mem_p/removal'])
  expect(screen.getByRole<HTMLInputElement>('radio', { name: /^Member/ }).checked).toBe(true)
})

test('a colleague sees who it is and nothing to press', () => {
  view({ mayChangeRole: false, mayRemove: false, mayBecomeOwner: false, mayReadLog: false })
  expect(hrefs()).toEqual([])
  expect(screen.queryAllByRole('button')).toEqual([])
  expect(screen.getByText('priya@harbor.test')).toBeTruthy()
})

test('oneself one may leave; the owner is told how ownership goes on', () => {
  view({ member: { ...priya.member, you: true }, mayLeave: true, mayChangeRole: false, mayRemove: false, mayBecomeOwner: false, mayReadLog: false })
  expect(hrefs()).toEqual(['/people/leave'])
  cleanup()
  view({ member: { ...priya.member, role: 'owner', you: true }, mayChangeRole: false, mayRemove: false, mayBecomeOwner: false, mayReadLog: false })
  expect(screen.getByText(/exactly one/)).toBeTruthy()
})
