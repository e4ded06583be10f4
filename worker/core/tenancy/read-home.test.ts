import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, asOwner, asViewer, drained } from '../../../tests/support/scene.ts'
import { inviteMember } from './invite-member.ts'
import { readHome } from './read-home.ts'

const open = async (browser: Awaited<ReturnType<typeof asOwner>>) => (await browser.run(readHome)).checks.map(({ href, done }) => [href, done])

test('home begins with what this person may do here, and nobody is sent to a page that is closed to it', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  expect(await open(owner)).toEqual([['/profile/security', false], ['/people', false], ['/documents', false], ['/policy', false]])
  await owner.run((ctx) => inviteMember(ctx, { email: 'ivy@example.test', name: 'Ivy', role: 'member' }))
  expect(await open(owner)).toContainEqual(['/people', true])
  expect(await open(await asOwner(other))).toContainEqual(['/people', false])
  expect(await open(await asMember(tenant))).toEqual([['/profile/security', false], ['/documents', false]])
  expect(await open(await asViewer(tenant))).toEqual([['/profile/security', false]])
})

test('a number stands on home only for whoever may open its rows, and counts its own tenant alone', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  await owner.run((ctx) => inviteMember(ctx, { email: 'ivy@example.test', name: 'Ivy', role: 'member' }))
  for (const { id } of [tenant, other]) await drained(id)
  const home = await owner.run(readHome)
  expect(home.figures).toEqual({ people: 1, invitations: 1, documents: 0, deadLetters: 0 })
  expect(home.log?.days).toHaveLength(14)
  expect(home.log?.days.at(-1)?.count).toBe(home.log?.size)
  expect((await (await asOwner(other)).run(readHome)).figures.invitations).toBe(0)
  expect(await (await asMember(tenant)).run(readHome)).toMatchObject({ figures: { people: 2, invitations: null, documents: 0, deadLetters: null }, log: null })
  expect((await (await asViewer(tenant)).run(readHome)).figures).toEqual({ people: null, invitations: null, documents: null, deadLetters: null })
})

test('what one did last is one’s own, in one’s own tenant', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  await owner.run((ctx) => inviteMember(ctx, { email: 'ivy@example.test', name: 'Ivy', role: 'member' }))
  for (const { id } of [tenant, other]) await drained(id)
  expect((await owner.run(readHome)).recent.map(({ name }) => name)).toContain('core.member.invited')
  for (const browser of [await asMember(tenant), await asOwner(other)]) expect((await browser.run(readHome)).recent.map(({ name }) => name)).not.toContain('core.member.invited')
})
