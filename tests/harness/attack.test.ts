import { afterAll, beforeAll, expect, test } from 'vitest'
import { advance, atOnce, confirmed, linkIn, post, tally, uploaded } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { isFull, randomFrom, seed } from '../support/figures.ts'
import { Person, seeded, type SignIn } from './person.ts'
import { Server } from './server.ts'

const scene = {} as { server: Server; origin: string; people: SignIn[] }

beforeAll(async () => {
  const server = await Server.make()
  await server.start()
  Object.assign(scene, { server, origin: server.origin, people: await seeded(server.origin) })
}, 600_000)
afterAll(() => scene.server?.remove(), 60_000)

const signInOf = (role: string, tenant = 'Harbor FMO'): SignIn => {
  const found = scene.people.find((each) => each.role === role && each.tenant === tenant)
  if (!found) throw new Error(`the seed has no ${role} of ${tenant}`)
  return found
}

async function signedIn({ email, password }: SignIn): Promise<Person> {
  const person = new Person(scene.origin)
  await person.signIn(email, password)
  return person
}

/** A browser that never signed in, with a form's token. */
async function stranger(): Promise<Person> {
  const person = new Person(scene.origin)
  await (await person.fetch('/sign-in', { headers: { Accept: 'text/html' } })).arrayBuffer()
  return person
}

test('a session that is ended, a member that is removed and a key that is revoked open nothing from the answer on', async () => {
  const requests = 1000
  const owner = signInOf('owner')
  const dana = await signedIn(owner)
  const accepted: Record<string, number> = {}
  const hammered = async (name: string, send: () => Promise<Response>): Promise<void> => {
    expect([name, (await send()).status]).toEqual([name, 200])
  }
  const after = async (name: string, send: () => Promise<Response>): Promise<void> => {
    accepted[name] = (await atOnce(requests, send)).filter((status) => status < 400).length
  }

  const leaving = await signedIn(signInOf('owner', 'Anchor Agency'))
  const cookies = leaving.cookies
  const asLeaver = () => fetch(`${scene.origin}/api/v1/members`, { headers: { Cookie: cookies, 'User-Agent': 'harness' } })
  await hammered('signed out', asLeaver)
  await (await post(leaving, '/sign-out')).arrayBuffer()
  await after('signed out', asLeaver)

  const issued = await confirmed(dana, owner.password, () => dana.call('/api/v1/api-keys', { label: 'hammer', scopes: ['members.read'], days: 1 }))
  const { key, token } = (await issued.json()) as { key: { id: string }; token: string } // `as`: the route's own answer
  const asKey = () => fetch(`${scene.origin}/api/v1/members`, { headers: { Authorization: `Bearer ${token}` } })
  await hammered('key revoked', asKey)
  const revoked = await confirmed(dana, owner.password, () => dana.call(`/api/v1/api-keys/${key.id}/revocation`, {}))
  expect(revoked.status).toBe(201)
  await after('key revoked', asKey)

  const removed = signInOf('member')
  const priya = await signedIn(removed)
  const asRemoved = () => priya.fetch('/api/v1/members')
  await hammered('member removed', asRemoved)
  const { members } = (await (await dana.fetch('/api/v1/members?limit=100')).json()) as { members: { id: string; email: string }[] } // `as`: likewise
  const gone = await confirmed(dana, owner.password, () => dana.fetch(`/api/v1/members/${members.find(({ email }) => email === removed.email)?.id}`, { method: 'DELETE', headers: { 'X-CSRF-Token': dana.csrf } }))
  expect(gone.status).toBe(204)
  await after('member removed', asRemoved)

  expect(accepted).toEqual({ 'signed out': 0, 'key revoked': 0, 'member removed': 0 })
  evidence('G17', 'accepted after the end', { 'requests each': requests, ...accepted })
}, 300_000)

test('a download link that is changed in any way, or brought by anybody else, opens nothing', async () => {
  const tries = isFull ? 2000 : 300
  const random = randomFrom(seed)
  const marcus = await signedIn(signInOf('admin'))
  const document = await uploaded(marcus, 'link.pdf', 'linked')
  const other = await uploaded(marcus, 'other.pdf', 'other')
  const { url } = (await (await marcus.call(`/api/v1/documents/${document}/links`, {})).json()) as { url: string } // `as`: the route's own answer
  const path = url.slice(scene.origin.length)
  expect((await marcus.fetch(path)).status).toBe(200)

  const alphabet = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.~%/?&='
  const pick = (from: string): string => from[Math.floor(random() * from.length)] ?? 'x'
  const mutated = (): string => {
    const at = '/documents/file/'.length + Math.floor(random() * (path.length - 16))
    const way = random()
    if (way < 0.4) return `${path.slice(0, at)}${pick(alphabet.replace(path[at] ?? '', ''))}${path.slice(at + 1)}`
    if (way < 0.6) return path.slice(0, at)
    if (way < 0.75) return `${path.slice(0, at)}${pick(alphabet)}${path.slice(at)}`
    return [`${path}?x=1`, `${path}/`, `${path}%00`, path.replace(document, other), path.replace('/file/', '/file//'), path.replace('/file/', '/file/../file/x/../'), `${path}${path.slice(15)}`, path.toUpperCase(), path.replace(/\d(?=\/[^/]+$)/, '9')][Math.floor(random() * 9)] ?? ''
  }
  const opened: string[] = []
  const sent = await atOnce(tries, async (index) => {
    const changed = mutated()
    // A person may send a hundred requests a minute: most go without a session, which no link needs to open nothing.
    const answer = index % 10 === 0 && index < 900 ? await marcus.fetch(changed) : await fetch(`${scene.origin}${changed}`, { redirect: 'manual' })
    if (answer.headers.get('Content-Type') === 'application/pdf') opened.push(changed)
    return answer
  })
  expect(opened).toEqual([])
  expect(sent.filter((status) => status >= 500)).toEqual([])

  const dana = await signedIn(signInOf('owner'))
  const refused: Record<string, number> = {}
  for (const [who, send] of Object.entries({
    'another member': () => dana.fetch(path),
    'a stranger': () => fetch(`${scene.origin}${path}`, { redirect: 'manual' }),
    HEAD: () => marcus.fetch(path, { method: 'HEAD' }),
    POST: () => post(marcus, path),
  })) refused[who] = (await send()).status
  expect(Object.values(refused).every((status) => status >= 400 && status < 500)).toBe(true)
  await (await post(marcus, '/sign-out')).arrayBuffer()
  expect((await marcus.fetch(path)).status).toBe(403)
  evidence('G20', 'links changed', { tried: tries, opened: 0, ...refused })
}, 300_000)

test('of two hundred at once, exactly one takes up an invitation, and exactly one resets a password', async () => {
  const rounds = isFull ? 20 : 1
  const parallel = 200
  const owner = signInOf('owner')
  const elena = await signedIn(signInOf('owner', 'Anchor Agency'))
  let dana = await signedIn(owner)
  for (let round = 0; round < rounds; round += 1) {
    const email = `race.${round}@harbor.example`
    const invited = await confirmed(dana, owner.password, () => dana.call('/api/v1/invitations', { email, name: 'Rae Race', role: 'viewer' }))
    expect(invited.status).toBe(201)
    const invitation = await linkIn(scene.origin, email, /invited/i)
    const joined = await atOnce(parallel, () => post(elena, invitation))
    expect(tally(joined.filter((status) => status < 400))).toEqual({ 302: 1 })

    const tom = signInOf('viewer')
    const forgetful = await stranger()
    await (await post(forgetful, '/forgot-password', { email: tom.email })).arrayBuffer()
    const reset = await linkIn(scene.origin, tom.email, /new password/i)
    const set = await atOnce(parallel, () => post(forgetful, reset, { password: `a newer long password ${round}` }))
    expect(set.filter((status) => status < 400)).toHaveLength(1)
    await signedIn({ ...tom, password: `a newer long password ${round}` })
    evidence('G8', 'redeemed at once', { round, parallel, 'invitations taken up': 1, 'passwords reset': 1 })
    if (round + 1 < rounds) {
      await advance(scene.origin, 3700)
      dana = await signedIn(owner)
    }
  }
}, 1_200_000)

test('known and unknown addresses are answered alike at every form that takes one', async () => {
  const pairs = isFull ? 50 : 5
  const person = await stranger()
  const known = signInOf('admin').email
  const seen = async (path: string, fields: Record<string, string>, ip: string) => {
    const answer = await post(person, path, fields, { 'CF-Connecting-IP': ip })
    const text = (await answer.text()).replaceAll(/nonce(-|=\\?"|\\?":\\?"|\\?",\\?")[A-Za-z0-9_-]{16,}/g, 'nonce').replaceAll(fields['email'] ?? '', 'ADDRESS').replaceAll(/\b1[6-9]\d{11}\b/g, 'MOMENT')
    return { status: answer.status, text, headers: [...answer.headers].filter(([name]) => !['date', 'set-cookie', 'content-security-policy', 'ratelimit'].includes(name)) }
  }
  for (let pair = 0; pair < pairs; pair += 1) {
    const ip = `198.51.${pair}.7`
    const forms: Record<string, Record<string, string>> = { '/sign-in': { password: 'not the password of anybody' }, '/forgot-password': {} }
    for (const [path, fields] of Object.entries(forms)) {
      expect(await seen(path, { ...fields, email: `nobody.${pair}@harbor.example` }, ip)).toEqual(await seen(path, { ...fields, email: known }, ip))
    }
    if (pair % 4 === 3) await advance(scene.origin, 3700)
  }
  evidence('G18', 'known and unknown answered alike', { pairs: pairs * 2 })
}, 600_000)

test('of a thousand wrong passwords at once at most ten reach the hash; the right one waits for the lock’s end, save from a browser of old', async () => {
  const priya = signInOf('member', 'Anchor Agency')
  const known = await signedIn(priya)
  await (await post(known, '/sign-out')).arrayBuffer()
  await (await known.fetch('/sign-in', { headers: { Accept: 'text/html' } })).arrayBuffer()
  const attacker = await stranger()
  const spellings = [priya.email, priya.email.toUpperCase(), ` ${priya.email} `, priya.email.replace(/^./, (first) => first.toUpperCase())]
  const statuses = await atOnce(1000, (index) => post(attacker, '/sign-in', { email: spellings[index % 4] ?? '', password: `wrong password number ${index}` }, { 'CF-Connecting-IP': `198.51.100.${index % 100}` }))
  const reached = statuses.filter((status) => status === 401).length
  expect(reached).toBeGreaterThan(0)
  expect(reached).toBeLessThanOrEqual(10)
  expect(statuses.filter((status) => status < 400 || status >= 500)).toEqual([])

  const anew = await stranger()
  const right = { email: priya.email, password: priya.password }
  expect((await post(anew, '/sign-in', right, { 'CF-Connecting-IP': '198.51.100.200' })).status).toBeGreaterThanOrEqual(400)
  expect((await post(known, '/sign-in', right, { 'CF-Connecting-IP': '198.51.100.201' })).status).toBe(302)
  await signedIn(signInOf('owner'))
  await advance(scene.origin, 3700)
  expect((await post(anew, '/sign-in', right, { 'CF-Connecting-IP': '198.51.100.202' })).status).toBe(302)
  evidence('G7', 'wrong passwords at once', { sent: 1000, addresses: 100, spellings: 4, 'reached the hash': reached, ...tally(statuses) })
}, 600_000)
