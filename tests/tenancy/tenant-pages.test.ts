import { expect, test } from 'vitest'
import { inviteMember } from '../../worker/core/tenancy/invite-member.ts'
import { newTenant } from '../support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, drained, type Browser } from '../support/scene.ts'

/** The tenant's own pages through the Worker's own fetch, as a browser without scripts uses them. */

const sent = async (browser: Browser, path: string, form: Record<string, string>) => {
  const answer = await browser.call(path, { form, headers: { Accept: 'text/html' } })
  return { status: answer.status, location: answer.headers.get('Location') ?? '', html: await answer.text() }
}

test('an invitation refused comes back with its sentence and what was typed; one sent is listed here and nowhere else', async () => {
  const [tenant, other] = [await newTenant({ name: 'Harbor' }), await newTenant()]
  const { email } = await tenant.someone('member')
  const admin = await asAdmin(tenant)
  const refused = await sent(admin, '/people/invite', { name: 'Nora Quist', email, role: 'admin' })
  expect([refused.status, refused.html.includes('This person works here already.'), refused.html.includes('value="Nora Quist"')]).toEqual([422, true, true])
  const ok = await sent(admin, '/people/invite', { name: 'Nora Quist', email: 'nora.quist@people.test', role: 'member' })
  expect([ok.status, ok.location]).toEqual([302, expect.stringMatching(/^\/people\?invited=inv_/)])
  const listed = await (await admin.page(ok.location)).text()
  expect(listed).toContain('The invitation for Nora Quist is on its way')
  expect(await (await (await asOwner(other)).page('/people')).text()).not.toContain('Nora Quist')
  expect(await (await (await asMember(tenant)).page('/people')).text()).not.toContain('Nora Quist')
})

test('an invitation is taken back from the list, once', async () => {
  const tenant = await newTenant()
  const owner = await asOwner(tenant)
  const { id } = await owner.run((ctx) => inviteMember(ctx, { email: 'ivy@people.test', name: 'Ivy', role: 'member' }))
  const { status, location } = await sent(owner, '/people', { invitation: id })
  expect([status, location]).toEqual([302, `/people?revoked=${id}`])
  expect(await (await owner.page(location)).text()).toContain('The invitation for Ivy was taken back')
  expect((await sent(owner, '/people', { invitation: id })).status).toBe(409)
})

test('the policy form refuses below the preset’s floor beside the field, and two people never overwrite each other', async () => {
  const tenant = await newTenant({ preset: 'spartan' })
  const owner = await asOwner(tenant)
  const loose = await sent(owner, '/policy', { version: '1', 'perm.export': 'owner_admin', 'auth.lockout.minutes': '15' })
  expect([loose.status, loose.html.includes('Not looser than &quot;owner&quot; under this preset.')]).toEqual([422, true])
  expect(await sent(owner, '/policy', { version: '1', 'auth.lockout.minutes': '60' })).toMatchObject({ status: 302, location: '/policy?saved=1' })
  expect((await sent(owner, '/policy', { version: '1', 'auth.lockout.minutes': '90' })).status).toBe(412)
  const versions = await (await owner.page('/policy/versions')).text()
  expect(versions).toMatch(/15 minutes.*60 minutes/)
  expect((await sent(owner, '/policy/versions', { version: '2', back: '1' })).status).toBe(302)
  await drained(tenant.id)
  expect(await (await owner.page('/policy')).text()).toMatch(/name="auth.lockout.minutes"[^>]*value="15"/)
})

test('closing takes the name and a proof for it; afterwards its owner alone finds the way back', async () => {
  const [tenant, other] = [await newTenant({ name: 'Harbor' }), await newTenant()]
  const [owner, admin, stranger] = [await asOwner(tenant), await asAdmin(tenant), await asOwner(other)]
  expect((await admin.page('/security/close')).status).toBe(403)
  const wrong = await sent(owner, '/security/close', { name: 'Harbour' })
  expect([wrong.status, wrong.html.includes('value="Harbour"')]).toEqual([422, true])
  const asked = await sent(owner, '/security/close', { name: 'Harbor' })
  const ticket = new URL(asked.location, 'https://x').searchParams.get('ticket') ?? ''
  expect([asked.status, asked.location.startsWith('/step-up?then=%2Fsecurity%2Fclose')]).toEqual([302, true])
  await owner.confirm(ticket)
  expect(await sent(owner, '/security/close', { name: 'Harbor' })).toMatchObject({ status: 302, location: '/security/closings' })
  await drained(tenant.id)
  expect(await (await owner.page('/security/closings')).text()).toContain('Call it off')
  for (const browser of [admin, stranger]) expect(await (await browser.page('/security/closings')).text()).not.toContain('Harbor')
  expect(await (await owner.page('/')).text()).toContain('Harbor stands closed')
})

test('settings open by role: everybody their own, members the people, admins the tenant, and what is closed says whom to ask', async () => {
  const tenant = await newTenant()
  const own = ['/profile', '/profile/security', '/sessions']
  const rows: [Browser, string[], string[]][] = [
    [await asViewer(tenant), own, ['/people', '/policy', '/keys', '/security', '/api-keys']],
    [await asMember(tenant), [...own, '/people'], ['/people/invite', '/policy', '/keys', '/security', '/api-keys']],
    [await asAdmin(tenant), [...own, '/people', '/people/invite', '/policy', '/policy/versions', '/keys', '/security', '/api-keys'], ['/security/close', '/keys/compromised']],
    [await asOwner(tenant), [...own, '/people', '/people/invite', '/policy', '/policy/versions', '/keys', '/keys/compromised', '/security', '/security/close', '/api-keys'], []],
  ]
  for (const [browser, open, closed] of rows) {
    for (const path of open) expect([path, (await browser.page(path)).status]).toEqual([path, 200])
    for (const path of closed) {
      const answer = await browser.page(path)
      expect([path, answer.status, (await answer.text()).includes('Ask an owner of this tenant')]).toEqual([path, 403, true])
    }
  }
})
