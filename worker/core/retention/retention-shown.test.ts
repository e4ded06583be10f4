import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, asStranger, drained } from '../../../tests/support/scene.ts'
import { manifests } from '../../modules.ts'
import { changePolicy } from '../tenancy/change-policy.ts'

test('[CAL-62] how long audit entries are kept stands on the policy page: the preset’s value at first, the tenant’s own afterwards', async () => {
  const tenant = await newTenant({ preset: 'callintel' })
  const owner = await asOwner(tenant)
  const shown = async () => {
    const page = await (await owner.page('/policy')).text()
    const field = /<(?:input|select)[^>]*name="audit\.retention_years"[^>]*>/.exec(page)?.[0] ?? ''
    expect(page).toContain('Audit entries are kept')
    return /value="(\d+)"/.exec(field)?.[1]
  }
  expect(await shown()).toBe('7')
  await owner.run((ctx) => changePolicy(ctx, { version: 1, values: { 'audit.retention_years': 12 } }))
  await drained(tenant.id)
  expect(await shown()).toBe('12')
})

test('the public schedule tells every rule that is enforced, from the declaration that enforces it', async () => {
  const answer = await asStranger().call('/trust.json')
  expect(answer.status).toBe(200)
  const text = await answer.text()
  for (const { name, what } of manifests.flatMap(({ retention }) => retention)) expect(text, name).toContain(what)
})
