import { expect, test } from 'vitest'
import { DAY, MINUTE, PASSWORD, personWithPassword } from '../../../tests/support/account-scene.ts'
import { clock } from '../../../tests/support/clock.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asOwner, asStranger, drained } from '../../../tests/support/scene.ts'
import { html, signedInAs, Somewhere } from '../../../tests/support/somewhere.ts'
import { wake } from '../../wake.ts'
import { PLATFORM } from '../reach.ts'
import { changeRole } from '../tenancy/change-role.ts'

/** These tests go through the Worker's own fetch: the pages as a browser without scripts uses them. */

const fresh = 'amber kettle by the canal'

/** The sids on a sessions page, this browser's first. */
const sidsOn = (page: string): string[] => [...page.matchAll(/value="(ses_[0-9a-z]{26})"/g)].map(([, sid = '']) => sid)

test('[IFD-55] signing out kills the session: the cookie that was is worth nothing', async () => {
  const { email } = await personWithPassword()
  const [mine, other] = [await signedInAs(email), await signedInAs(email)]
  const before = mine.browser.cookies
  expect((await mine.post('/sign-out', {})).headers.get('Location')).toBe('/sign-in')
  const replay = await asStranger().call('/sessions', { headers: { ...html, Cookie: before } })
  expect(replay.headers.get('Location')).toContain('/sign-in')
  expect(await other.isIn()).toBe(true)
})

test('looking at the sign-out page signs nobody out', async () => {
  const { email } = await personWithPassword()
  const mine = await signedInAs(email)
  expect((await mine.get('/sign-out')).status).toBe(200)
  expect(await mine.isIn()).toBe(true)
})

test('[CIQ-48][CAL-103] the sessions page shows browser, address and when; ending one there ends it', async () => {
  const { email } = await personWithPassword()
  const [mine, phone] = [await signedInAs(email), await signedInAs(email)]
  const page = await (await mine.get('/sessions')).text()
  expect(page).toContain(mine.ip)
  expect(page).toContain(phone.ip)
  expect(page).toContain('a test')
  const sids = sidsOn(page)
  expect(sids).toHaveLength(2)
  await mine.post('/sessions', { session: sids[1] ?? '' })
  expect(await phone.isIn()).toBe(false)
  expect(await mine.isIn()).toBe(true)
})

test('nobody ends another person’s session', async () => {
  const [one, other] = [await personWithPassword(), await personWithPassword()]
  const [mine, theirs] = [await signedInAs(one.email), await signedInAs(other.email)]
  const [sid = ''] = sidsOn(await (await theirs.get('/sessions')).text())
  expect((await mine.post('/sessions', { session: sid })).status).toBe(404)
  expect(await theirs.isIn()).toBe(true)
})

test('[SPO-98] "end the others" keeps this session and no other', async () => {
  const { email } = await personWithPassword()
  const [mine, phone, work] = [await signedInAs(email), await signedInAs(email), await signedInAs(email)]
  expect(await (await mine.get('/sessions')).text()).toContain('this one')
  await mine.post('/sessions', { intent: 'others' })
  expect([await mine.isIn(), await phone.isIn(), await work.isIn()]).toEqual([true, false, false])
})

test('[SPO-34] a password change ends every session; the one it was made in goes on under a new cookie', async () => {
  const { email } = await personWithPassword()
  const [mine, phone, work] = [await signedInAs(email), await signedInAs(email), await signedInAs(email)]
  const old = mine.browser.cookies
  await mine.get('/profile/password')
  expect((await mine.post('/profile/password', { current: 'not my password', password: fresh })).status).toBe(422)
  expect([await phone.isIn(), await work.isIn()]).toEqual([true, true])
  expect((await mine.post('/profile/password', { current: PASSWORD, password: fresh })).status).toBe(200)
  expect([await mine.isIn(), await phone.isIn(), await work.isIn()]).toEqual([true, false, false])
  expect((await asStranger().call('/sessions', { headers: { ...html, Cookie: old } })).status).toBe(302)
  await signedInAs(email, fresh)
  expect((await new Somewhere().signIn(email)).status).toBe(401)
})

test('[CAL-74] after a day the browser is handed a new secret, the old one dies a minute later, and an open form still works', async () => {
  const { email } = await personWithPassword()
  const mine = await signedInAs(email)
  await mine.get('/profile')
  const [oldCookies, token] = [mine.browser.cookies, mine.browser.csrf]
  try {
    clock.aheadMs += DAY
    await drained(PLATFORM)
    expect((await mine.get('/sessions')).headers.getSetCookie().some((line) => line.startsWith('__Host-session='))).toBe(true)
    expect(mine.browser.csrf).toBe(token)
    expect((await mine.post('/profile', { intent: 'name', name: 'Renamed Person' })).status).toBe(200)
    clock.aheadMs += 2 * MINUTE
    expect((await asStranger().call('/sessions', { headers: { ...html, Cookie: oldCookies } })).status).toBe(302)
    expect(await mine.isIn()).toBe(true)
  } finally {
    clock.aheadMs = 0
  }
})

test('[CAL-74] signing in anew and another role each bring a session under another name; the one before is worth nothing', async () => {
  const person = await personWithPassword()
  const tenant = await newTenant()
  const { memberId } = await tenant.newSomeone('member', person)
  const mine = await signedInAs(person.email)
  const valueOf = (cookies: string) => /__Host-session=([^;]+)/.exec(cookies)?.[1] ?? ''
  const dead = async (cookies: string) => (await asStranger().call('/api/v1/members', { headers: { Cookie: cookies } })).status
  const first = mine.browser.cookies
  expect(await dead(first)).toBe(200)
  expect((await mine.signIn(person.email)).status).toBe(302)
  const second = mine.browser.cookies
  expect(valueOf(second)).not.toBe(valueOf(first))
  expect(await dead(first)).toBe(401)
  await (await asOwner(tenant)).run((ctx) => changeRole(ctx, { memberId, role: 'admin' }))
  expect((await mine.get('/people')).status).toBe(200)
  expect(valueOf(mine.browser.cookies)).not.toBe(valueOf(second))
  clock.aheadMs += 2 * MINUTE
  try {
    expect(await dead(second)).toBe(401)
    expect(await dead(mine.browser.cookies)).toBe(200)
  } finally {
    clock.aheadMs = 0
  }
})

test('whoever comes back with a session that is over can sign in at once', async () => {
  const { email } = await personWithPassword()
  const [mine, phone] = [await signedInAs(email), await signedInAs(email)]
  await phone.post('/sessions', { intent: 'others' })
  expect(await mine.isIn()).toBe(false)
  expect((await mine.signIn(email)).status).toBe(302)
  expect(await mine.isIn()).toBe(true)
})

test('switching to a tenant one works in is allowed; any other is not found, and the session stays where it was', async () => {
  const person = await personWithPassword()
  const [first, second, foreign] = [await newTenant({ owner: person, name: 'First Firm' }), await newTenant({ owner: person, name: 'Second Firm' }), await newTenant({ name: 'Foreign Firm' })]
  const mine = await signedInAs(person.email)
  const active = async () => ((await (await mine.get('/')).text()).match(/(First|Second|Foreign) Firm/) ?? [])[0]
  expect(await active()).toBe('First Firm')
  const before = mine.browser.cookies
  expect((await mine.post('/tenant-switch', { tenant: second.id })).status).toBe(302)
  expect(await active()).toBe('Second Firm')
  expect(mine.browser.cookies).not.toBe(before)
  for (const tenant of [foreign.id, 'ten_00000000000000000000000000', '', `${first.id}'`]) expect((await mine.post('/tenant-switch', { tenant })).status).toBe(404)
  expect(await active()).toBe('Second Firm')
})

test('events of a sign-in reach the tenant’s own log where its policy wants them', async () => {
  const person = await personWithPassword()
  const tenant = await newTenant({ owner: person })
  await signedInAs(person.email)
  const parts = await testParts()
  await wake(parts, 'drain-guard', `account:${person.accountId}`)
  const { entries } = await parts.reach.chain.query(tenant.id, { name: 'core.session.opened' }, null, 10)
  expect(entries).toHaveLength(1)
})
