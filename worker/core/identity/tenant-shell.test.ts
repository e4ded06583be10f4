import { expect, test } from 'vitest'
import { newAccount, newTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, signedIn, type Browser } from '../../../tests/support/scene.ts'
import { tenantShell } from './tenant-shell.ts'

async function shellOf(browser: Browser) {
  const { door } = await browser.door()
  const account = await door.account()
  const { seats, active, signedIn: presented } = await door.seats()
  return tenantShell(account, seats, active, presented)
}

test('the navigation leads nobody to a page that its role does not open', async () => {
  const [tenant, spartan] = [await newTenant(), await newTenant({ preset: 'spartan' })]
  const all = ['people', 'documents', 'audit', 'policy', 'keys', 'apiKeys', 'delivery', 'security']
  expect((await shellOf(await asOwner(tenant))).places).toEqual(all)
  expect((await shellOf(await asAdmin(tenant))).places).toEqual(all)
  expect((await shellOf(await asAdmin(spartan))).places).not.toContain('audit')
  expect((await shellOf(await asMember(tenant))).places).toEqual(['people', 'documents'])
  expect((await shellOf(await asViewer(tenant))).places).toEqual([])
})

test('a role is called what its preset calls it; without a tenant there is none, and nowhere to go', async () => {
  expect((await shellOf(await asMember(await newTenant({ preset: 'spartan' })))).roleLabel).toBe('agent')
  expect((await shellOf(await asMember(await newTenant()))).roleLabel).toBe('member')
  expect(await shellOf(await signedIn(await newAccount('Nobody Yet'), null))).toMatchObject({ personName: 'Nobody Yet', roleLabel: 'no seat yet', places: [], tenants: [] })
})
