import { expect, test } from 'vitest'
import { copiedTo, invitedBy, newFmo, newInvitee, newLinked } from '../../../tests/support/link-scene.ts'
import { asAdmin, asOwner, drained } from '../../../tests/support/scene.ts'
import { Somewhere } from '../../../tests/support/somewhere.ts'
import { issueCredential } from './issue-credential.ts'

/** These tests go through the Worker's own fetch: pages as a browser without scripts uses them, and the API. */

const PASSWORD = 'amber kettle by the canal'
const newcomer = () => ({ name: 'Nora New', email: `nora-${crypto.randomUUID()}@people.test` })

test('[CIQ-14] a mailed invitation opens a page; its button makes the account, a tenant of its own and the link, and a second use answers 410', async () => {
  const fmo = await newFmo('Harbour & Sons')
  const path = `/producer-invitation/${await invitedBy(fmo, newcomer())}`
  const somewhere = new Somewhere()
  const page = await somewhere.get(path)
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Harbour &amp; Sons')])
  const admin = await asAdmin(fmo)
  expect(await (await admin.call('/api/v1/producers')).json()).toMatchObject({ producers: [] }) // looking changed nothing, as often as a scanner looks
  const joined = await somewhere.post(path, { name: 'Nora New', password: PASSWORD })
  expect([joined.status, joined.headers.get('Location')]).toEqual([302, '/fmos'])
  expect(await (await somewhere.get('/fmos')).text()).toContain('Harbour &amp; Sons')
  expect(await (await admin.call('/api/v1/producers')).json()).toMatchObject({ producers: [{ name: 'Nora New', state: 'active', passport: null }] })
  for (const again of [await new Somewhere().get(path), await somewhere.post(path, {})]) expect(again.status).toBe(410)
})

test('an altered link answers 400 to a look and to the button; a member’s invitation is none here', async () => {
  const fmo = await newFmo()
  const token = await invitedBy(fmo, newcomer())
  for (const text of [token.slice(0, -2), token.replace('piv_', 'inv_'), 'cs_piv_x']) {
    const somewhere = new Somewhere()
    await somewhere.get('/sign-in')
    expect((await somewhere.get(`/producer-invitation/${text}`)).status).toBe(400)
    expect((await somewhere.post(`/producer-invitation/${text}`, { name: 'Nora', password: PASSWORD })).status).toBe(400)
  }
})

test('who has an account accepts with it and works on in its own tenant; the FMO’s is not among its tenants', async () => {
  const [fmo, person] = [await newFmo(), await newInvitee()]
  const path = `/producer-invitation/${await invitedBy(fmo, newcomer())}`
  const accepted = await person.browser.call(path, { form: {}, headers: { Accept: 'text/html' } })
  expect([accepted.status, accepted.headers.get('Location')]).toEqual([302, '/fmos'])
  expect(await person.browser.run(async (ctx) => [ctx.tenant.kind, ctx.tenant.name])).toEqual(['producer', 'My passport'])
  expect((await person.browser.page('/producers')).status).toBe(404)
})

test('[CIQ-01][CIQ-13] an FMO’s staff and a producer each open their own pages and reach nothing of the other’s', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  await copiedTo(fmo, linked)
  const [admin, producer] = [await asAdmin(fmo), linked.browser]
  const theirs = ['/producers', `/producers/${linked.linkId}`, '/producers/invite', '/producers/import', '/producers/invitations', '/releases', '/audit']
  for (const path of theirs) expect([path, (await admin.page(path)).status]).toEqual([path, 200])
  for (const path of ['/fmos', `/fmos/${linked.linkId}`, '/releases', '/audit']) expect([path, (await producer.page(path)).status]).toEqual([path, 200])
  for (const path of theirs.slice(0, 5)) expect([path, (await producer.page(path)).status]).toEqual([path, 404])
  expect((await admin.page(`/fmos/${linked.linkId}`)).status).toBe(404)
  const nav = async (browser: typeof admin) => [...(await (await browser.page('/')).text()).matchAll(/href="(\/producers|\/fmos|\/releases)"/g)].map(([, href]) => href)
  expect([new Set(await nav(admin)), new Set(await nav(producer))]).toEqual([new Set(['/producers', '/releases']), new Set(['/fmos'])])
})

test('[CIQ-44] one FMO’s ids open nothing for another, on any page and any route', async () => {
  const [harbor, anchor] = [await newFmo(), await newFmo('Anchor FMO')]
  const linked = await newLinked(harbor)
  const { linkId } = linked
  await copiedTo(harbor, linked)
  const { id } = await harbor.asJob((ctx) => issueCredential(ctx, linkId, { kind: 'writing_number', label: 'Summit', value: 'SM-99120', password: '' }))
  const stranger = await asOwner(anchor)
  for (const path of [`/producers/${linkId}`, `/producers/${linkId}/release`, `/api/v1/producers/${linkId}`, `/fmos/${linkId}`]) expect([path, (await stranger.page(path)).status]).toEqual([path, 404])
  const posts: [string, unknown][] = [[`/api/v1/producers/${linkId}/openings`, { purpose: 'review', reason: 'Curious' }], [`/api/v1/links/${linkId}/releases`, { reason: 'Go away' }], [`/api/v1/credentials/${id}/revocation`, undefined], [`/api/v1/producers/${linkId}/credentials`, { kind: 'writing_number', label: 'X', value: 'ABCD' }]]
  for (const [path, json] of posts) expect([path, (await stranger.call(path, { method: 'POST', ...(json === undefined ? {} : { json }) })).status]).toEqual([path, 404])
  expect(await (await stranger.page('/producers')).text()).not.toContain('Maria')
})

test('what was opened stands in that one answer and in no address; a credential likewise', async () => {
  const fmo = await newFmo()
  const linked = await newLinked(fmo)
  await copiedTo(fmo, linked)
  const admin = await asAdmin(fmo)
  const path = `/producers/${linked.linkId}`
  expect(await (await admin.page(path)).text()).not.toContain('555-0147')
  const opened = await (await admin.call(path, { form: { intent: 'open', purpose: 'review', reason: 'Calling them back' }, headers: { Accept: 'text/html' } })).text()
  expect(opened).toContain('555-0147')
  expect(opened).not.toMatch(/123-?45-?6789|121000021/)
  expect(await (await admin.page(path)).text()).not.toContain('555-0147')
  const refused = await (await admin.call(path, { form: { intent: 'issue', kind: 'portal_login', label: '', secret: 'maria.secret1', password: 'gossamer vexillum' }, headers: { Accept: 'text/html' } })).text()
  expect(refused).not.toMatch(/maria\.secret1|gossamer/)

  await admin.run((ctx) => issueCredential(ctx, linked.linkId, { kind: 'portal_login', label: 'Summit', value: 'maria.user77', password: 'gossamer vexillum' }))
  await drained(fmo.id)
  const [, id = ''] = /\/credentials\/(crd_[0-9a-z]{26})/.exec(await (await linked.browser.page(`/fmos/${linked.linkId}`)).text()) ?? []
  const asked = await linked.browser.call(`/credentials/${id}`, { form: {}, headers: { Accept: 'text/html' } })
  const ticket = /tkt_[0-9a-z]{26}/.exec(asked.headers.get('Location') ?? '')?.[0] ?? ''
  await linked.browser.confirm(ticket)
  expect(await (await linked.browser.call(`/credentials/${id}`, { form: {}, headers: { Accept: 'text/html' } })).text()).toContain('gossamer vexillum')
  expect(await (await linked.browser.page(`/credentials/${id}`)).text()).not.toContain('gossamer')
})
