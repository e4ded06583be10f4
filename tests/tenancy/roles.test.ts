import { expect, test } from 'vitest'
import { members } from '../../db/schema/tenancy.ts'
import { manifests } from '../../worker/modules.ts'
import type { Role } from '../../worker/core/module.ts'
import { mayAs } from '../../worker/core/rights.ts'
import { presets } from '../../worker/core/tenancy/contract.ts'
import { TenantDb } from '../../worker/core/tenancy/tenant-db.ts'
import { newTenant, type TestTenant } from '../support/new-tenant.ts'
import { asAdmin, asMember, asOwner, asViewer, failureOf, signedIn, type Browser } from '../support/scene.ts'
import { changePolicy } from '../../worker/core/tenancy/change-policy.ts'
import { createTenant } from '../../worker/core/tenancy/create-tenant.ts'
import { inviteMember } from '../../worker/core/tenancy/invite-member.ts'
import { removeMember } from '../../worker/core/tenancy/remove-member.ts'
import { issueApiKey } from '../../worker/core/api/issue-api-key.ts'
import { jobVisit } from '../../worker/core/job.ts'
import { testParts } from '../support/new-tenant.ts'

/** These tests go through the Worker's own fetch: pages as a browser asks for them, and the API. */

const pageOf = async (browser: Browser, path: string): Promise<string> => (await browser.page(path)).text()
const choices = (html: string, name: string): string[] => [...html.matchAll(new RegExp(`<(?:input|option)[^>]*name="${name}"[^>]*value="([a-z]+)"|<(?:input|option)[^>]*value="([a-z]+)"[^>]*name="${name}"`, 'g'))].map((match) => match[1] ?? match[2] ?? '')

test('[CIQ-41] a role is checked on the screen, in the API, in the verb and behind it', async () => {
  const tenant = await newTenant()
  const [owner, admin, member] = [await asOwner(tenant), await asAdmin(tenant), await asMember(tenant)]
  const { memberId } = await tenant.newSomeone('member')
  const actions: { shown: Browser; hidden: Browser; page: string; control: string; call: [string, { method?: string; json?: unknown; headers?: Record<string, string> }]; verb: (browser: Browser) => Promise<unknown> }[] = [
    { shown: admin, hidden: member, page: '/people', control: 'href="/people/invite"', call: ['/api/v1/invitations', { json: { email: 'a@people.test', name: 'A', role: 'member' } }], verb: (browser) => browser.run((ctx) => inviteMember(ctx, { email: 'a@people.test', name: 'A', role: 'member' })) },
    { shown: admin, hidden: member, page: `/people/${memberId}`, control: `href="/people/${memberId}/removal"`, call: [`/api/v1/members/${memberId}`, { method: 'DELETE' }], verb: (browser) => browser.run((ctx) => removeMember(ctx, memberId)) },
    { shown: owner, hidden: admin, page: '/policy', control: 'name="doc.trash_days"', call: ['/api/v1/policy', { method: 'PATCH', json: { 'doc.trash_days': 3 }, headers: { 'If-Match': '"1"' } }], verb: (browser) => browser.run((ctx) => changePolicy(ctx, { version: 1, values: { 'doc.trash_days': 3 } })) },
    { shown: owner, hidden: admin, page: '/api-keys', control: 'name="label"', call: ['/api/v1/api-keys', { json: { label: 'K', scopes: ['members.read'], days: 1 } }], verb: (browser) => browser.run((ctx) => issueApiKey(ctx, { label: 'K', scopes: ['members.read'], days: 1 })) },
  ]
  for (const { shown, hidden, page, control, call, verb } of actions) {
    expect(await pageOf(shown, page), `${page} shows ${control}`).toContain(control)
    expect(await pageOf(hidden, page), `${page} hides ${control}`).not.toContain(control)
    expect((await hidden.call(...call)).status, call[0]).toBe(403)
    expect(await failureOf(verb(hidden)), call[0]).toMatchObject({ code: 'role_required' })
  }
  const unscoped = Object.create(TenantDb.prototype) as TenantDb // `as`: that is the attempt
  expect(() => unscoped.find(members)).toThrow(TypeError)
})

test('[CAL-36] what is the admins’ refuses an agent, asks an admin for a proof of the last fifteen minutes, and opens with it', async () => {
  const tenant = await newTenant({ preset: 'callintel' })
  const [agent, unproven, proven] = [await asMember(tenant), await asAdmin(tenant, { proven: false }), await asAdmin(tenant)]
  for (const path of ['/api/v1/policy', '/api/v1/api-keys']) {
    expect(await (await agent.call(path)).json(), path).toMatchObject({ status: 403, code: 'role_required' })
    expect(await (await unproven.call(path)).json(), path).toMatchObject({ status: 403, code: 'step_up_required', mode: 'recent' })
    expect((await proven.call(path)).status, path).toBe(200)
  }
  for (const path of ['/policy', '/keys', '/api-keys']) {
    expect((await agent.page(path)).status, path).toBe(403)
    const asked = await unproven.page(path)
    expect([asked.status, asked.headers.get('Location')], path).toEqual([302, `/step-up?then=${encodeURIComponent(path)}`])
    expect((await proven.page(path)).status, path).toBe(200)
  }
})

test('[CLN-20] a viewer reads what viewers may and writes nothing; a member cannot read what is the admins’', async () => {
  const tenant = await newTenant()
  const [viewer, member] = [await asViewer(tenant), await asMember(tenant)]
  const { memberId } = await tenant.newSomeone('member')
  expect((await viewer.page('/')).status).toBe(200)
  const writes: [string, { method?: string; json?: unknown; headers?: Record<string, string> }][] = [
    ['/api/v1/invitations', { json: { email: 'b@people.test', name: 'B', role: 'member' } }],
    [`/api/v1/members/${memberId}`, { method: 'DELETE' }],
    [`/api/v1/members/${memberId}/role`, { method: 'PUT', json: { role: 'admin' }, headers: { 'If-Match': '"1"' } }],
    ['/api/v1/policy', { method: 'PATCH', json: { 'doc.trash_days': 3 }, headers: { 'If-Match': '"1"' } }],
    ['/api/v1/api-keys', { json: { label: 'K', scopes: ['members.read'], days: 1 } }],
    ['/api/v1/documents', { json: { name: 'a.pdf', category: 'agreement', phi_ack: true } }],
  ]
  for (const [path, init] of writes) expect((await viewer.call(path, init)).status, path).toBe(403)
  expect((await member.call('/api/v1/members')).status).toBe(200)
  for (const path of ['/api/v1/invitations', '/api/v1/policy', '/api/v1/api-keys', '/api/v1/audit-entries']) expect((await member.call(path)).status, path).toBe(403)
})

test('[IFD-20] one account works in two tenants, one at a time; a tenant without a seat is not there', async () => {
  const [first, other] = [await newTenant({ name: 'First of two' }), await newTenant({ name: 'Not mine' })]
  const second = await createTenant(jobVisit(await testParts(), 'test'), { name: 'Second of two', kind: 'agency', preset: 'combined', owner: first.owner })
  await first.someone('member')
  const browser = await signedIn(first.owner, first.id)
  const listed = async () => ((await (await browser.call('/api/v1/members')).json()) as { members: { name: string }[] }).members.map(({ name }) => name)
  expect(await listed()).toEqual(['Olga Owner', 'Mila Member'])
  expect((await browser.call('/tenant-switch', { form: { tenant: second } })).status).toBe(302)
  expect(await listed()).toEqual(['Olga Owner'])
  expect((await browser.call('/tenant-switch', { form: { tenant: other.id } })).status).toBe(404)
  expect((await browser.call('/tenant-switch', { form: { tenant: 'ten_01h455vb4pex5vsknk084sn02q' } })).status).toBe(404)
  expect(await browser.run(async (ctx) => ctx.tenant.id)).toBe(second)
})

test('[IFD-66][SPO-35] presets with three roles offer no viewer anywhere: admin and member in the invitation, owner by handing over', async () => {
  for (const preset of ['inforcedesk', 'spartan'] as const) {
    const tenant = await newTenant({ preset })
    const owner = await asOwner(tenant)
    expect(choices(await pageOf(owner, '/people/invite'), 'role').toSorted(), preset).toEqual(['admin', 'member'])
    const { memberId } = await tenant.someone('member')
    expect(choices(await pageOf(owner, `/people/${memberId}`), 'role').toSorted(), preset).toEqual(['admin', 'member'])
    expect((await owner.page(`/people/${memberId}/ownership`)).status, preset).toBe(200)
    expect((await owner.call('/api/v1/invitations', { json: { email: 'v@people.test', name: 'V', role: 'viewer' } })).status).toBe(422)
  }
})

test('[CAL-35] owner, admin, agent and viewer are four roles with four sets of rights', async () => {
  const tenant = await newTenant({ preset: 'callintel' })
  expect(choices(await pageOf(await asOwner(tenant), '/people/invite'), 'role').toSorted()).toEqual(['admin', 'member', 'viewer'])
  expect(await pageOf(await asMember(tenant), '/people')).toMatch(/agent/i)
  const rights = manifests.flatMap((manifest) => manifest.rights)
  const held = (role: Role) => rights.filter((right) => mayAs(role, right, presets.callintel)).length
  expect(held('viewer')).toBeGreaterThan(0)
  expect(held('viewer')).toBeLessThan(held('member'))
  expect(held('member')).toBeLessThan(held('admin'))
  expect(held('admin')).toBeLessThan(held('owner'))
  const status = async (browser: Browser, path: string) => (await browser.call(path)).status
  const reads = ['/api/v1/members', '/api/v1/policy', '/api/v1/api-keys']
  const matrix: [(tenant: TestTenant) => Promise<Browser>, number[]][] = [[asViewer, [403, 403, 403]], [asMember, [200, 403, 403]], [asAdmin, [200, 200, 200]], [asOwner, [200, 200, 200]]]
  for (const [as, expected] of matrix) {
    const browser = await as(tenant)
    expect(await Promise.all(reads.map((path) => status(browser, path)))).toEqual(expected)
  }
})
