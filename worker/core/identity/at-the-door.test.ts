import { expect, test } from 'vitest'
import { DAY, freshIp, linkTo, MINUTE, PASSWORD, personWithPassword } from '../../../tests/support/account-scene.ts'
import { clock } from '../../../tests/support/clock.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { Browser, asStranger, drained } from '../../../tests/support/scene.ts'
import { wake } from '../../wake.ts'
import { PLATFORM } from '../reach.ts'

/** These tests go through the Worker's own fetch: the pages as a browser without scripts uses them. */

const html = { Accept: 'text/html' }
const fresh = 'amber kettle by the canal'

/** A browser somewhere, on a page with a form. */
class Somewhere {
  readonly browser: Browser = asStranger()
  readonly ip = freshIp()

  get(path: string): Promise<Response> {
    return this.browser.call(path, { headers: { ...html, 'CF-Connecting-IP': this.ip } })
  }

  post(path: string, form: Record<string, string>): Promise<Response> {
    return this.browser.call(path, { form, headers: { ...html, 'CF-Connecting-IP': this.ip } })
  }

  async signIn(email: string, password = PASSWORD): Promise<Response> {
    await this.get('/sign-in')
    return this.post('/sign-in', { email, password })
  }

  /** Where a page leads somebody who may see it: 200; where it does not: to the sign-in page. */
  async isIn(): Promise<boolean> {
    return (await this.get('/sessions')).status === 200
  }
}

async function signedIn(email: string, password?: string): Promise<Somewhere> {
  const somewhere = new Somewhere()
  expect((await somewhere.signIn(email, password)).status).toBe(302)
  return somewhere
}

/** The sids on a sessions page, this browser's first. */
const sidsOn = (page: string): string[] => [...page.matchAll(/value="(ses_[0-9a-z]{26})"/g)].map(([, sid = '']) => sid)

test('[CIQ-46] a page of a signed-in person sends a stranger to sign in and back', async () => {
  const { email } = await personWithPassword()
  const somewhere = new Somewhere()
  const refused = await somewhere.get('/sessions')
  expect([refused.status, refused.headers.get('Location')]).toEqual([302, '/sign-in?then=%2Fsessions'])
  await somewhere.get('/sign-in?then=%2Fsessions')
  const welcomed = await somewhere.post('/sign-in', { email, password: PASSWORD, then: '/sessions' })
  expect([welcomed.status, welcomed.headers.get('Location')]).toEqual([302, '/sessions'])
  expect(await somewhere.isIn()).toBe(true)
})

test('the session cookie is bound to this host, to HTTPS, and closed to scripts', async () => {
  const { email } = await personWithPassword()
  const line = (await new Somewhere().signIn(email)).headers.getSetCookie().find((each) => each.startsWith('__Host-session='))
  for (const part of ['Path=/', 'Secure', 'HttpOnly', 'SameSite=Lax']) expect(line).toContain(part)
  expect(line).not.toContain('Domain')
})

test('a wrong password answers 401 and the same page for a known and an unknown address', async () => {
  const { email } = await personWithPassword()
  const pageFor = async (address: string) => {
    const answer = await new Somewhere().signIn(address, 'wrong password here')
    const text = (await answer.text()).replaceAll(address, 'address').replaceAll(/nonce="[^"]*"|value="[\w.-]{40,}"|[\w-]{16}\.[\w-]{43}/g, '')
    return [answer.status, text]
  }
  const [known, unknown] = [await pageFor(email), await pageFor(`${email.replace('@', '.x@')}`)]
  expect(known[0]).toBe(401)
  expect(unknown).toEqual(known)
})

test('what was typed stays in the form, the password never', async () => {
  const { email } = await personWithPassword()
  const page = await (await new Somewhere().signIn(email, 'canary-password-typed')).text()
  expect(page).toContain(email)
  expect(page).not.toContain('canary-password-typed')
})

test('[IFD-56] tries from one address over many accounts, and from many addresses on one account, are both cut off', async () => {
  const people = await Promise.all(Array.from({ length: 21 }, () => personWithPassword()))
  const one = new Somewhere()
  const codes: number[] = []
  for (const { email } of people) codes.push((await one.signIn(email, 'wrong password here')).status)
  expect(codes.slice(0, 20).every((code) => code === 401)).toBe(true)
  expect(codes[20]).toBe(429)
  const victim = people[20]?.email ?? ''
  for (let n = 0; n < 10; n += 1) expect((await new Somewhere().signIn(victim, 'wrong password here')).status).toBe(401)
  expect((await new Somewhere().signIn(victim)).status).toBe(423)
})

test('a refusal for too many tries says when to come back', async () => {
  const somewhere = new Somewhere()
  for (let n = 0; n < 20; n += 1) await somewhere.signIn(`${crypto.randomUUID()}@people.test`, 'wrong password here')
  const answer = await somewhere.signIn(`${crypto.randomUUID()}@people.test`, 'wrong password here')
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(answer.headers.get('RateLimit-Policy')).toContain('"sign_in.ip";q=20;w=300')
})

test('[IFD-55] signing out kills the session: the cookie that was is worth nothing', async () => {
  const { email } = await personWithPassword()
  const [mine, other] = [await signedIn(email), await signedIn(email)]
  const before = mine.browser.cookies
  expect((await mine.post('/sign-out', {})).headers.get('Location')).toBe('/sign-in')
  const replay = await asStranger().call('/sessions', { headers: { ...html, Cookie: before } })
  expect(replay.headers.get('Location')).toContain('/sign-in')
  expect(await other.isIn()).toBe(true)
})

test('looking at the sign-out page signs nobody out', async () => {
  const { email } = await personWithPassword()
  const mine = await signedIn(email)
  expect((await mine.get('/sign-out')).status).toBe(200)
  expect(await mine.isIn()).toBe(true)
})

test('[CIQ-48][CAL-103] the sessions page shows browser, address and when; ending one there ends it', async () => {
  const { email } = await personWithPassword()
  const [mine, phone] = [await signedIn(email), await signedIn(email)]
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
  const [mine, theirs] = [await signedIn(one.email), await signedIn(other.email)]
  const [sid = ''] = sidsOn(await (await theirs.get('/sessions')).text())
  expect((await mine.post('/sessions', { session: sid })).status).toBe(404)
  expect(await theirs.isIn()).toBe(true)
})

test('[SPO-98] "end the others" keeps this session and no other', async () => {
  const { email } = await personWithPassword()
  const [mine, phone, work] = [await signedIn(email), await signedIn(email), await signedIn(email)]
  expect(await (await mine.get('/sessions')).text()).toContain('this one')
  await mine.post('/sessions', { intent: 'others' })
  expect([await mine.isIn(), await phone.isIn(), await work.isIn()]).toEqual([true, false, false])
})

test('[SPO-34] a password change ends every session; the one it was made in goes on under a new cookie', async () => {
  const { email } = await personWithPassword()
  const [mine, phone, work] = [await signedIn(email), await signedIn(email), await signedIn(email)]
  const old = mine.browser.cookies
  await mine.get('/profile/password')
  expect((await mine.post('/profile/password', { current: 'not my password', password: fresh })).status).toBe(422)
  expect([await phone.isIn(), await work.isIn()]).toEqual([true, true])
  expect((await mine.post('/profile/password', { current: PASSWORD, password: fresh })).status).toBe(200)
  expect([await mine.isIn(), await phone.isIn(), await work.isIn()]).toEqual([true, false, false])
  expect((await asStranger().call('/sessions', { headers: { ...html, Cookie: old } })).status).toBe(302)
  await signedIn(email, fresh)
  expect((await new Somewhere().signIn(email)).status).toBe(401)
})

test('[CAL-74] after a day the browser is handed a new secret, the old one dies a minute later, and an open form still works', async () => {
  const { email } = await personWithPassword()
  const mine = await signedIn(email)
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

test('whoever comes back with a session that is over can sign in at once', async () => {
  const { email } = await personWithPassword()
  const [mine, phone] = [await signedIn(email), await signedIn(email)]
  await phone.post('/sessions', { intent: 'others' })
  expect(await mine.isIn()).toBe(false)
  expect((await mine.signIn(email)).status).toBe(302)
  expect(await mine.isIn()).toBe(true)
})

test('[IFD-65] a form needs its token, of this session, in cookie and form alike, and our own Origin', async () => {
  const { email } = await personWithPassword()
  const [mine, other] = [await signedIn(email), await signedIn(email)]
  const name = { intent: 'name', name: 'Somebody Else' }
  const send = (form: Record<string, string>, headers: Record<string, string> = {}) => mine.browser.call('/profile', { form, headers: { ...html, 'CF-Connecting-IP': mine.ip, ...headers } })
  const { csrf } = mine.browser
  const flipped = `${csrf.slice(0, -1)}${csrf.endsWith('A') ? 'B' : 'A'}`
  const refusals = [
    await send({ ...name, csrf: '' }),
    await send({ ...name, csrf: other.browser.csrf }),
    await send({ ...name, csrf: other.browser.csrf }, { Cookie: mine.browser.cookies.replace(csrf, other.browser.csrf) }),
    await send({ ...name, csrf: flipped }),
    await send(name, { Origin: 'https://evil.example' }),
    await send(name, { Cookie: mine.browser.cookies.replace(/__Host-csrf=[^;]*;? ?/, '') }),
  ]
  expect(refusals.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
  expect(await (await mine.get('/profile')).text()).not.toContain('Somebody Else')
  expect((await send(name)).status).toBe(200)
  expect(await (await mine.get('/profile')).text()).toContain('Somebody Else')
})

test('[CLN-23] a role sent along with a profile changes nothing but the name', async () => {
  const tenant = await newTenant()
  const person = await personWithPassword()
  const own = await newTenant({ owner: person })
  const mine = await signedIn(person.email)
  await mine.get('/profile')
  expect((await mine.post('/profile', { intent: 'name', name: 'Perhaps Owner', role: 'owner', tenant: tenant.id, email: 'other@people.test' })).status).toBe(200)
  const guard = (await testParts()).reach.guards.of(person.accountId)
  expect((await guard.recall()).seats.map(({ tenantId, role }) => [tenantId, role])).toEqual([[own.id, 'owner']])
  expect(await (await mine.get('/profile')).text()).toContain(person.email)
})

test('switching to a tenant one works in is allowed; any other is not found, and the session stays where it was', async () => {
  const person = await personWithPassword()
  const [first, second, foreign] = [await newTenant({ owner: person, name: 'First Firm' }), await newTenant({ owner: person, name: 'Second Firm' }), await newTenant({ name: 'Foreign Firm' })]
  const mine = await signedIn(person.email)
  const active = async () => ((await (await mine.get('/')).text()).match(/(First|Second|Foreign) Firm/) ?? [])[0]
  expect(await active()).toBe('First Firm')
  const before = mine.browser.cookies
  expect((await mine.post('/tenant-switch', { tenant: second.id })).status).toBe(302)
  expect(await active()).toBe('Second Firm')
  expect(mine.browser.cookies).not.toBe(before)
  for (const tenant of [foreign.id, 'ten_00000000000000000000000000', '', `${first.id}'`]) expect((await mine.post('/tenant-switch', { tenant })).status).toBe(404)
  expect(await active()).toBe('Second Firm')
})

test('a mailed link changes nothing when it is looked at, and everything when its button is pressed', async () => {
  const { email } = await personWithPassword()
  const mine = await signedIn(email)
  const path = await linkTo(email, 'new_device')
  const scanner = new Somewhere()
  expect((await scanner.get(path)).status).toBe(200)
  expect((await scanner.get(path)).status).toBe(200)
  expect(await mine.isIn()).toBe(true)
  expect((await scanner.post(path, {})).status).toBe(200)
  expect(await mine.isIn()).toBe(false)
  expect((await scanner.post(path, {})).status).toBe(410)
})

test('somebody signs up, confirms by mail and stands in a tenant of its own', async () => {
  const mine = new Somewhere()
  const email = `new.${crypto.randomUUID()}@people.test`
  await mine.get('/sign-up')
  const asked = await mine.post('/sign-up', { name: 'Nora New', email, password: fresh, tenantName: 'New Firm', kind: 'agency', preset: 'combined' })
  expect(asked.status).toBe(200)
  expect(await asked.text()).toContain('Look in your inbox')
  const path = await linkTo(email, 'sign_up_confirm')
  expect(await (await mine.get(path)).text()).toContain('New Firm')
  expect((await mine.post(path, {})).status).toBe(302)
  expect(await (await mine.get('/')).text()).toContain('New Firm')
})

test('a password that is too short is refused beside its field, and the rest of the form is kept', async () => {
  const mine = new Somewhere()
  await mine.get('/sign-up')
  const answer = await mine.post('/sign-up', { name: 'Nora New', email: 'nora@people.test', password: 'short-canary', tenantName: 'New Firm', kind: 'agency', preset: 'combined' })
  const page = await answer.text()
  expect(answer.status).toBe(422)
  expect(page).toContain('at least 15 characters')
  expect(page).toContain('nora@people.test')
  expect(page).not.toContain('short-canary')
})

test('events of a sign-in reach the tenant’s own log where its policy wants them', async () => {
  const person = await personWithPassword()
  const tenant = await newTenant({ owner: person })
  await signedIn(person.email)
  const parts = await testParts()
  await wake(parts, 'drain-guard', `account:${person.accountId}`)
  const { entries } = await parts.reach.chain.query(tenant.id, { name: 'core.session.opened' }, null, 10)
  expect(entries).toHaveLength(1)
})
