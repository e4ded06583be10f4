import { expect, test } from 'vitest'
import { personWithPassword } from '../../../tests/support/account-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { drained, signedIn } from '../../../tests/support/scene.ts'
import { PLATFORM } from '../reach.ts'
import { listMembers } from '../tenancy/list-members.ts'
import { readProfile } from './read-profile.ts'
import { updateProfile } from './update-profile.ts'

test('a person reads its own name and address and changes its own name', async () => {
  const [one, other] = [await personWithPassword({ name: 'Before' }), await personWithPassword({ name: 'Untouched' })]
  const mine = await signedIn(one, null)
  await mine.runAsAccount((account) => updateProfile(account, { name: 'After' }))
  expect(await mine.runAsAccount(readProfile)).toEqual({ accountId: one.accountId, name: 'After', email: one.email })
  expect(await (await signedIn(other, null)).runAsAccount(readProfile)).toMatchObject({ name: 'Untouched' })
})

test('the tenants of a person learn its new name, and only theirs do', async () => {
  const person = await personWithPassword({ name: 'Before Follow' })
  const [one, two, foreign] = [await newTenant({ owner: person }), await newTenant({ owner: person }), await newTenant()]
  await (await signedIn(person, null)).runAsAccount((account) => updateProfile(account, { name: 'After Follow' }))
  await drained(PLATFORM)
  const names = (tenant: typeof one) => tenant.asJob(async (ctx) => JSON.stringify(await listMembers(ctx, { limit: 25 })))
  expect(await names(one)).toContain('After Follow')
  expect(await names(two)).toContain('After Follow')
  expect(await names(foreign)).not.toContain('After Follow')
})
