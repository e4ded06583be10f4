import { expect, test } from 'vitest'
import { newTenant, testParts, newAccount } from '../../tests/support/new-tenant.ts'
import { asOwner, signedIn } from '../../tests/support/scene.ts'

test('a form drawn in one tenant does nothing in another that its person has switched to meanwhile', async () => {
  const owner = await newAccount('Olga Owner', await testParts())
  const drawnIn = await newTenant({ owner, name: 'Drawn In Agency' })
  const switchedTo = await newTenant({ owner, name: 'Switched To Agency' })
  const browser = await signedIn(owner, switchedTo.id)
  const form = { name: 'Renamed by mistake', intent: 'rename' }

  const refused = await browser.call('/security', { form: { ...form, seen_tenant: drawnIn.id }, headers: { Accept: 'text/html' } })
  expect(refused.status).toBe(409)
  expect(await refused.text()).toContain('You have switched to another tenant')
  const page = await (await browser.page('/security')).text()
  expect(page).toContain('Switched To Agency')
  expect(page).not.toContain('Renamed by mistake')
})

test('a form says which tenant it was drawn in', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const page = await (await (await asOwner(tenant)).page('/people/invite')).text()
  expect(page).toContain(`name="seen_tenant" value="${tenant.id}"`)
  expect(page).not.toContain(other.id)
})
