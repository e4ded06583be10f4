import { runInDurableObject } from 'cloudflare:test'
import { expect, test } from 'vitest'
import { authLogOf, linkTo, PASSWORD, personWithPassword, visitAt } from '../../../tests/support/account-scene.ts'
import { newTenant, testParts } from '../../../tests/support/new-tenant.ts'
import { asStranger, bindings, signedIn } from '../../../tests/support/scene.ts'
import { html, signedInAs, Somewhere } from '../../../tests/support/somewhere.ts'
import { newTrace } from '../../../tests/support/watched-env.ts'
import { traced } from '../../../tests/tenancy/traced.ts'
import { addressIndex } from './address.ts'
import { standIn } from './sign-in-try.ts'

/** These tests go through the Worker's own fetch: the pages as a browser without scripts uses them. */

const fresh = 'amber kettle by the canal'

test('a page of a signed-in person sends a stranger to sign in and back', async () => {
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
  const locked = await new Somewhere().signIn(victim)
  expect(locked.status).toBe(423)
  expect(await locked.text()).toMatch(/Locked until <time dateTime="20\d\d-/)
})

test('[IFD-103] a failed sign-in with an address nobody has stands in the platform log, and asks no tenant’s database for anything', async () => {
  const trace = newTrace()
  const somewhere = new Somewhere()
  const unknown = `nobody.${crypto.randomUUID()}@people.test`
  await somewhere.get('/sign-in')
  somewhere.browser.through = (request) => traced(request, trace)
  expect((await somewhere.post('/sign-in', { email: unknown, password: 'wrong password here' })).status).toBe(401)
  expect(await authLogOf(unknown)).toEqual(['wrong_password'])
  expect(trace.batches.flatMap(({ statements }) => statements).some(({ sql }) => sql.includes('platform_auth_log'))).toBe(true)
  // A tenant's log is fed from its shard's outbox and from the guards of accounts; this try had neither.
  expect([...new Set(trace.batches.map(({ database }) => database))]).toEqual(['DIRECTORY'])
  const nobody = bindings.ACCOUNT_GUARD.get(bindings.ACCOUNT_GUARD.idFromName(standIn(await addressIndex(await visitAt(), unknown))))
  const waiting = await runInDurableObject(nobody, (_, { storage: { sql } }) => sql.exec('SELECT * FROM outbox').toArray())
  expect(waiting).toEqual([])
})

test('a refusal for too many tries says when to come back', async () => {
  const somewhere = new Somewhere()
  for (let n = 0; n < 20; n += 1) await somewhere.signIn(`${crypto.randomUUID()}@people.test`, 'wrong password here')
  const answer = await somewhere.signIn(`${crypto.randomUUID()}@people.test`, 'wrong password here')
  expect(answer.status).toBe(429)
  expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect(answer.headers.get('RateLimit-Policy')).toContain('"sign_in.ip";q=20;w=300')
})

test('[IFD-65] a form needs its token, of this session, in cookie and form alike, and our own Origin', async () => {
  const { email } = await personWithPassword()
  const [mine, other] = [await signedInAs(email), await signedInAs(email)]
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
  const mine = await signedInAs(person.email)
  await mine.get('/profile')
  expect((await mine.post('/profile', { intent: 'name', name: 'Perhaps Owner', role: 'owner', tenant: tenant.id, email: 'other@people.test' })).status).toBe(200)
  const guard = (await testParts()).reach.guards.of(person.accountId)
  expect((await guard.recall()).seats.map(({ tenantId, role }) => [tenantId, role])).toEqual([[own.id, 'owner']])
  expect(await (await mine.get('/profile')).text()).toContain(person.email)
})

test('[CLN-23] a sign-up that names a role and somebody’s tenant makes the owner of its own tenant and nothing there', async () => {
  const victim = await newTenant({ name: 'Somebody Else’s' })
  const mine = new Somewhere()
  const email = `climber.${crypto.randomUUID()}@people.test`
  const climbing = { role: 'owner', tenant: victim.id, tenantId: victim.id, tenant_id: victim.id }
  await mine.get('/sign-up')
  expect((await mine.post(`/sign-up?role=owner&tenant=${victim.id}`, { name: 'Climber', email, password: fresh, tenantName: 'Own Firm', kind: 'agency', preset: 'combined', ...climbing })).status).toBe(200)
  const path = await linkTo(email, 'sign_up_confirm')
  await mine.get(path)
  expect((await mine.post(path, climbing)).status).toBe(302)
  const { results } = await bindings.DIRECTORY.prepare('SELECT t.tenant_id AS id FROM account_tenants t JOIN accounts a ON a.id = t.account_id WHERE a.email_index = ?').bind(await addressIndex(await visitAt(), email)).all<{ id: string }>()
  expect(results).toHaveLength(1)
  expect(results[0]?.id).not.toBe(victim.id)
  expect(await bindings[victim.shard as 'SHARD_1'].prepare('SELECT count(*) FROM user_roles WHERE tenant_id = ?').bind(victim.id).first('count(*)')).toBe(1)
})

test('[CLN-23] a cookie that was tampered with makes nobody more than it was: a changed one is nobody’s, and an added one is not read', async () => {
  const tenant = await newTenant()
  const member = await tenant.someone('member')
  const mine = await signedIn(member, tenant.id)
  const status = async (cookies: string) => (await asStranger().call('/api/v1/policy', { headers: { Cookie: cookies } })).status
  const [account = '', sid = '', secret = '', mac = ''] = /__Host-session=([^;]+)/.exec(mine.cookies)?.[1]?.split('.') ?? []
  const owner = await signedIn(tenant.owner, tenant.id)
  expect(await status(owner.cookies)).toBe(200)
  expect(await status(mine.cookies)).toBe(403)
  for (const forged of [[tenant.owner.accountId, sid, secret, mac], [account, owner.session?.sid, secret, mac], [account, sid, secret, `${mac.slice(0, -1)}${mac.endsWith('A') ? 'B' : 'A'}`], [tenant.owner.accountId, owner.session?.sid, secret, mac]])
    expect(await status(`__Host-session=${forged.join('.')}`)).toBe(401)
  for (const added of ['role=owner', `tenant=${tenant.id}`, '__Host-role=owner', `account=${tenant.owner.accountId}`]) expect(await status(`${added}; ${mine.cookies}; ${added}`)).toBe(403)
  expect(await mine.run(async (ctx) => ctx.actor.kind === 'member' && ctx.actor.role)).toBe('member')
})

test('a mailed link changes nothing when it is looked at, and everything when its button is pressed', async () => {
  const { email } = await personWithPassword()
  const mine = await signedInAs(email)
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
