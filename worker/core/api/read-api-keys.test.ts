import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, failureOf } from '../../../tests/support/scene.ts'
import { issueApiKey } from './issue-api-key.ts'
import { readApiKeys } from './read-api-keys.ts'

test('owner and admins see their own tenant’s keys, and only the owner is offered to issue one', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  await owner.runConfirmed((ctx) => issueApiKey(ctx, { label: 'Nightly', scopes: ['members.read'], days: 1 }))
  expect(await owner.run((ctx) => readApiKeys(ctx, { limit: 5 }))).toMatchObject({ keys: [{ label: 'Nightly' }], mayIssue: true })
  expect(await (await asAdmin(tenant)).run((ctx) => readApiKeys(ctx, { limit: 5 }))).toMatchObject({ keys: [{ label: 'Nightly' }], mayIssue: false })
  expect(await (await asOwner(other)).run((ctx) => readApiKeys(ctx, { limit: 5 }))).toMatchObject({ keys: [] })
  expect(await failureOf((await asMember(tenant)).run((ctx) => readApiKeys(ctx, { limit: 5 })))).toMatchObject({ code: 'role_required' })
})
