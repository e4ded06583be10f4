import { expect, test } from 'vitest'
import { clock } from '../../../tests/support/clock.ts'
import { newAccount, newTenant, platform, type TestTenant } from '../../../tests/support/new-tenant.ts'
import { asAdmin, asOwner, bindings, drained, signedIn } from '../../../tests/support/scene.ts'
import { Somewhere } from '../../../tests/support/somewhere.ts'
import { mintInvitation } from './invitation-token.ts'
import { inviteMember } from './invite-member.ts'
import { listInvitations } from './list-invitations.ts'

/** These tests go through the Worker's own fetch: the page as a browser without scripts uses it. */

const PASSWORD = 'amber kettle by the canal'

async function invited(tenant: TestTenant, role: 'admin' | 'member' | 'viewer' = 'member'): Promise<{ path: string; id: string }> {
  const admin = await asAdmin(tenant)
  return admin.run(async (ctx) => {
    const { id } = await inviteMember(ctx, { email: `nora-${ctx.newId('inv')}@people.test`, name: 'Nora New', role })
    return { id, path: `/invitation/${await mintInvitation(ctx.vault, id)}` }
  })
}

const roleOf = async (tenant: TestTenant, id: string): Promise<string | null> =>
  bindings[tenant.shard as 'SHARD_1'].prepare('select r.role from user_roles r join invitations i on i.tenant_id = r.tenant_id and i.accepted_by = r.account_id where i.tenant_id = ? and i.id = ?').bind(tenant.id, id).first<string>('role')

test('a mailed invitation opens a page; its button makes the account, the seat and the session', async () => {
  const [tenant, other] = [await newTenant({ name: 'Harbour & Sons' }), await newTenant()]
  const { path, id } = await invited(tenant)
  const somewhere = new Somewhere()
  const page = await somewhere.get(path)
  expect(page.status).toBe(200)
  expect(await page.text()).toContain('Harbour &amp; Sons')
  expect(await roleOf(tenant, id)).toBeNull() // looking changed nothing, as often as a scanner looks
  const joined = await somewhere.post(path, { name: 'Nora New', password: PASSWORD })
  expect([joined.status, joined.headers.get('Location')]).toEqual([302, '/'])
  const people = await (await somewhere.get('/people')).text()
  expect(people).toContain('Nora New')
  expect(people).not.toContain(other.name)
})

test('[SPO-14] an owner invites by mail; whoever accepts has the role that was offered, and an agent invites nobody', async () => {
  const [tenant, other] = [await newTenant({ preset: 'spartan' }), await newTenant()]
  const owner = await asOwner(tenant)
  const email = `nora-${crypto.randomUUID()}@people.test`
  for (const [role, mayInvite] of [['member', 403], ['admin', 201]] as const) {
    const asked = await owner.call('/api/v1/invitations', { json: { email: `${role}.${email}`, name: 'Nora New', role } })
    expect(asked.status).toBe(201)
    const { id } = (await asked.json()) as { id: string } // `as`: the route's own answer
    await drained(tenant.id)
    const mailed = await bindings[tenant.shard as 'SHARD_1'].prepare("SELECT count(*) AS n FROM deliveries WHERE tenant_id = ? AND template = 'invitation'").bind(tenant.id).first<number>('n')
    expect(mailed).toBe(role === 'member' ? 1 : 2)
    const somewhere = new Somewhere()
    const path = await tenant.asJob(async (ctx) => `/invitation/${await mintInvitation(ctx.vault, id)}`)
    await somewhere.get(path)
    expect((await somewhere.post(path, { name: 'Nora New', password: PASSWORD })).status).toBe(302)
    expect(await roleOf(tenant, id)).toBe(role)
    const invites = await somewhere.browser.call('/api/v1/invitations', { json: { email: `third.${role}.${email}`, name: 'Third', role: 'member' } })
    expect(invites.status).toBe(mayInvite)
    if (role === 'member') expect((await somewhere.get('/people/invite')).status).toBe(403)
  }
  expect(await (await (await asOwner(other)).call('/api/v1/invitations')).text()).not.toContain('Nora New')
})

test('[CLN-31] an altered link answers 400, wherever it was altered, to a look and to the button', async () => {
  const tenant = await newTenant()
  const { path, id } = await invited(tenant)
  const person = await signedIn(await newAccount('Mallory'), null)
  for (const at of [20, 45, 70, path.length - 10, path.length - 1]) {
    const altered = `${path.slice(0, at)}${path[at] === '2' ? '3' : '2'}${path.slice(at + 1)}`
    expect((await person.page(altered)).status, `altered at ${at}`).toBe(400)
    expect((await person.call(altered, { form: {} })).status, `altered at ${at}`).toBe(400)
  }
  expect(await roleOf(tenant, id)).toBeNull()
})

test('a link that names a key version which never was is damaged like any other, and no fault of ours', async () => {
  const { path } = await invited(await newTenant())
  for (const version of ['2', '999999']) expect((await new Somewhere().get(path.replace(/_1_([\w-]{43})$/, `_${version}_$1`))).status).toBe(400)
})

test('[CLN-32] a second use answers 410', async () => {
  const { path } = await invited(await newTenant())
  const [first, second] = [await signedIn(await newAccount('One'), null), await signedIn(await newAccount('Two'), null)]
  expect((await first.call(path, { form: {} })).status).toBe(302)
  expect((await second.page(path)).status).toBe(410)
  expect((await second.call(path, { form: {} })).status).toBe(410)
})

test('[CLN-33] past its lifetime the link answers 410 and the list says expired', async () => {
  const tenant = await newTenant()
  const { path, id } = await invited(tenant)
  const person = await newAccount('Late')
  for (const log of [tenant.id, platform]) await drained(log)
  clock.aheadMs += 7 * 86_400_000 + 1000
  try {
    const late = await signedIn(person, null)
    expect((await late.call(path, { form: {} })).status).toBe(410)
    const { invitations } = await (await asAdmin(tenant)).run((ctx) => listInvitations(ctx, { limit: 10 }))
    expect(invitations.find((each) => each.id === id)?.state).toBe('expired')
  } finally {
    clock.aheadMs = 0
  }
})

test('[CLN-23] a role, tenant or address sent along with the button changes nothing', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const { path, id } = await invited(tenant, 'viewer')
  const person = await signedIn(await newAccount('Climber'), null)
  await person.call(`${path}?role=owner`, { form: { role: 'owner', tenant: other.id, tenantId: other.id, email: other.owner.email }, headers: { 'X-Role': 'owner' } })
  expect(await roleOf(tenant, id)).toBe('viewer')
  const rows = await bindings[other.shard as 'SHARD_1'].prepare('select count(*) as n from members where tenant_id = ?').bind(other.id).first<number>('n')
  expect(rows).toBe(1)
})

test('whoever has an account already is told to sign in first, and joins with it', async () => {
  const tenant = await newTenant()
  const known = await newAccount('Known')
  const admin = await asAdmin(tenant)
  const path = await admin.run(async (ctx) => `/invitation/${await mintInvitation(ctx.vault, (await inviteMember(ctx, { email: known.email, name: 'Known', role: 'member' })).id)}`)
  const somewhere = new Somewhere()
  await somewhere.get(path)
  const refused = await somewhere.post(path, { name: 'Known', password: PASSWORD })
  expect(refused.status).toBe(409)
  expect(await refused.text()).toContain('has an account already')
  const browser = await signedIn(known, null)
  expect((await browser.call(path, { form: {} })).status).toBe(302)
  expect(await browser.run(async (ctx) => ctx.tenant.id)).toBe(tenant.id)
})
