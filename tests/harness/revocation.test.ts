import { expect, test } from 'vitest'
import { advance, atOnce, confirmed, post, serverNow, tally } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { isFull } from '../support/figures.ts'
import { codeAt, withAuthenticator } from './factor-acts.ts'
import type { Person } from './person.ts'
import { servedProduct } from './served-product.ts'

const product = servedProduct()
const REQUESTS = isFull ? 1000 : 200

/** What somebody may do until `end` has been answered, and never after. Answers the statuses of the requests that came then. */
async function endsWith(name: string, send: () => Promise<Response>, end: () => Promise<Response>): Promise<number[]> {
  expect([name, (await send()).status]).toEqual([name, 200])
  const ended = await end()
  expect([name, ended.status < 400, ended.headers.get('Location')?.startsWith('/step-up') ?? false]).toEqual([name, true, false])
  await ended.arrayBuffer()
  return atOnce(REQUESTS, send)
}

test('what is ended, removed, revoked or changed opens nothing from the answer on', async () => {
  const { origin } = product
  const [owner, admin, member, viewer] = [product.as('owner'), product.as('admin'), product.as('member'), product.as('viewer')]
  const answers: Record<string, number[]> = {}
  const dana = await product.signedIn(owner)
  const members = (person: Person) => () => person.fetch('/api/v1/members')
  const idOf = async (email: string): Promise<string> => {
    const list = (await (await dana.fetch('/api/v1/members?limit=100')).json()) as { members: { id: string; email: string }[] } // `as`: the route's own answer
    return list.members.find((each) => each.email === email)?.id ?? ''
  }

  const leaving = await product.signedIn(product.as('owner', 'Anchor Agency'))
  const { cookies } = leaving
  answers['signed out'] = await endsWith('signed out', () => fetch(`${origin}/api/v1/members`, { headers: { Cookie: cookies, 'User-Agent': 'harness' } }), () => post(leaving, '/sign-out'))

  const issued = await confirmed(dana, owner.password, () => dana.call('/api/v1/api-keys', { label: 'hammer', scopes: ['members.read'], days: 1 }))
  const { key, token } = (await issued.json()) as { key: { id: string }; token: string } // `as`: likewise
  answers['key revoked'] = await endsWith('key revoked', () => fetch(`${origin}/api/v1/members`, { headers: { Authorization: `Bearer ${token}` } }), () => confirmed(dana, owner.password, () => dana.call(`/api/v1/api-keys/${key.id}/revocation`, {})))

  const marcus = await product.signedIn(admin)
  answers['other sessions ended'] = await endsWith('other sessions ended', members(await product.signedIn(admin)), () => post(marcus, '/sessions', { intent: 'others' }))
  expect((await members(marcus)()).status).toBe(200)

  const changing = await product.signedIn(viewer)
  const other = await product.signedIn(viewer)
  answers['password changed'] = await endsWith('password changed', () => other.fetch('/profile', { headers: { Accept: 'text/html' } }), () => confirmed(changing, viewer.password, () => post(changing, '/profile/password', { current: viewer.password, password: 'a meadow under nine bridges' })))

  const priya = await product.signedIn(member)
  const without = await product.signedIn(member)
  const turnedOn = { secret: '' }
  answers['factor added'] = await endsWith('factor added', members(without), async () => {
    turnedOn.secret = (await withAuthenticator(origin, priya, member.password)).secret
    return new Response()
  })
  await advance(origin, 61)
  const second = await product.signedIn(member)
  await (await post(second, '/sign-in/second-factor', { kind: 'totp', code: codeAt(turnedOn.secret, await serverNow(origin)) })).arrayBuffer()
  const later = await advance(origin, 31)
  answers['factor removed'] = await endsWith('factor removed', members(second), () => confirmed(priya, { kind: 'totp', code: codeAt(turnedOn.secret, later) }, () => post(priya, '/profile/security', { intent: 'disable-totp' })))

  await advance(origin, 61)
  const marcusId = await idOf(admin.email)
  const version = (await dana.fetch(`/api/v1/members/${marcusId}`)).headers.get('ETag') ?? ''
  answers['role demoted'] = await endsWith('role demoted', () => marcus.fetch('/api/v1/invitations'), () => confirmed(dana, owner.password, () => dana.fetch(`/api/v1/members/${marcusId}/role`, { method: 'PUT', headers: { 'X-CSRF-Token': dana.csrf, 'Content-Type': 'application/json', 'If-Match': version }, body: '{"role":"viewer"}' })))

  const stays = await product.signedIn(member)
  const priyaId = await idOf(member.email)
  answers['member removed'] = await endsWith('member removed', members(stays), () => confirmed(dana, owner.password, () => dana.fetch(`/api/v1/members/${priyaId}`, { method: 'DELETE', headers: { 'X-CSRF-Token': dana.csrf } })))

  const accepted = Object.fromEntries(Object.entries(answers).map(([name, statuses]) => [name, statuses.filter((status) => status < 300).length]))
  expect(accepted).toEqual(Object.fromEntries(Object.keys(answers).map((name) => [name, 0])))
  expect(Object.values(answers).flat().filter((status) => status >= 500)).toEqual([])
  evidence('G17', 'accepted after the end', { 'requests each': REQUESTS, ...accepted, answered: JSON.stringify(tally(Object.values(answers).flat())) })
}, 600_000)

test('a session has another secret and another name after signing in than before', async () => {
  const person = await product.stranger()
  const before = person.cookies
  const elena = product.as('owner', 'Anchor Agency')
  await person.signIn(elena.email, elena.password)
  await (await post(person, '/sign-out')).arrayBuffer()
  await person.signIn(elena.email, elena.password)
  expect(before).not.toContain('__Host-session')
  expect(new Set(person.sessionSecrets).size).toBe(2)
})
