import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, asViewer, drained } from '../../../tests/support/scene.ts'
import { inviteMember } from './invite-member.ts'
import { readHome } from './read-home.ts'

const open = async (browser: Awaited<ReturnType<typeof asOwner>>) => (await browser.run(readHome)).checks.map(({ href, done }) => [href, done])

test('home begins with what this person may do here, and nobody is sent to a page that is closed to it', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  expect(await open(owner)).toEqual([['/profile/security', false], ['/people', false], ['/policy', false]])
  await owner.run((ctx) => inviteMember(ctx, { email: 'ivy@example.test', name: 'Ivy', role: 'member' }))
  expect(await open(owner)).toContainEqual(['/people', true])
  expect(await open(await asOwner(other))).toContainEqual(['/people', false])
  for (const browser of [await asMember(tenant), await asViewer(tenant)]) expect(await open(browser)).toEqual([['/profile/security', false]])
})

test('what one did last is one’s own, in one’s own tenant', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  await owner.run((ctx) => inviteMember(ctx, { email: 'ivy@example.test', name: 'Ivy', role: 'member' }))
  for (const { id } of [tenant, other]) await drained(id)
  expect((await owner.run(readHome)).recent.map(({ name }) => name)).toContain('core.member.invited')
  for (const browser of [await asMember(tenant), await asOwner(other)]) expect((await browser.run(readHome)).recent.map(({ name }) => name)).not.toContain('core.member.invited')
})
