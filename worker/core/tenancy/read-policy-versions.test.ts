import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, failureOf } from '../../../tests/support/scene.ts'
import { changePolicy } from './change-policy.ts'
import { readPolicyVersions } from './read-policy-versions.ts'

test('every version says who changed which value from what to what; another tenant’s history is its own', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const owner = await asOwner(tenant)
  await owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'auth.lockout.threshold': 5, 'perm.export': 'owner' } }))
  await owner.run((ctx) => changePolicy(ctx, { version: 2, values: { 'auth.lockout.threshold': 8 } }))
  const { versions, mayChange } = await owner.run(readPolicyVersions)
  expect(mayChange).toBe(true)
  expect(versions.map(({ version, by, changes }) => ({ version, by, changes }))).toEqual([
    { version: 3, by: 'Olga Owner', changes: [{ key: 'auth.lockout.threshold', from: 5, to: 8 }] },
    { version: 2, by: 'Olga Owner', changes: [{ key: 'auth.lockout.threshold', from: 10, to: 5 }, { key: 'perm.export', from: 'owner_admin', to: 'owner' }] },
    { version: 1, by: 'Olga Owner', changes: [] },
  ])
  expect((await (await asOwner(other)).run(readPolicyVersions)).versions).toHaveLength(1)
})

test('admins read the history but may not change it; members are refused', async () => {
  const tenant = await newTenant()
  expect(await (await asAdmin(tenant)).run(readPolicyVersions)).toMatchObject({ mayChange: false, versions: [{ version: 1 }] })
  expect(await failureOf((await asMember(tenant)).run(readPolicyVersions))).toMatchObject({ code: 'role_required' })
})
