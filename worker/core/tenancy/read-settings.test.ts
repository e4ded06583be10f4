import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, failureOf } from '../../../tests/support/scene.ts'
import { changePolicy } from './change-policy.ts'
import { readSettings } from './read-settings.ts'
import { renameTenant } from './rename-tenant.ts'

test('settings are the tenant’s own as they stand now, with what the reader may do', async () => {
  const [tenant, other] = [await newTenant(), await newTenant({ preset: 'cliniq', name: 'Clinic' })]
  const owner = await asOwner(tenant)
  await owner.run((ctx) => renameTenant(ctx, 'Harbor'))
  await owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'session.idle_days': 2 } }))
  expect(await owner.run(readSettings)).toMatchObject({ tenantId: tenant.id, name: 'Harbor', version: 2, policy: { 'session.idle_days': 2 }, mayRequireMfa: true, mayClose: true })
  expect(await (await asAdmin(tenant)).run(readSettings)).toMatchObject({ mayRequireMfa: false, mayClose: false })
  expect(await (await asAdmin(other)).run(readSettings)).toMatchObject({ name: 'Clinic', preset: 'cliniq', version: 1, mayRequireMfa: true, mayClose: false })
})

test('members have no settings to open, and an old proof is asked for again', async () => {
  const tenant = await newTenant()
  expect(await failureOf((await asMember(tenant)).run(readSettings))).toMatchObject({ code: 'role_required' })
  expect(await failureOf((await asOwner(tenant, { proven: false })).run(readSettings))).toMatchObject({ code: 'step_up_required' })
})
