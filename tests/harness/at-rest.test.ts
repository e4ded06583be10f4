import { createHash } from 'node:crypto'
import { setTimeout as wait } from 'node:timers/promises'
import { Secret as Base32 } from 'otpauth'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { advance, confirmed, linkIn, mailedLinks, pdfSaying, post, uploaded } from './acts.ts'
import { callSteps } from './call-acts.ts'
import { carrierSteps } from './carrier-acts.ts'
import { canaries, neverMade, type Made, withoutCanary, words } from './canaries.ts'
import { evidence } from '../support/evidence.ts'
import { codeAt, withAuthenticator, withPasskey } from './factor-acts.ts'
import { filesByKind, filesHolding, seeker, type Secret, spellings } from './on-disk.ts'
import { producerOf, producerSteps } from './producer-acts.ts'
import { Person, seeded, type SignIn } from './person.ts'
import { Server } from './server.ts'

const scene = {} as { server: Server; owner: SignIn; admin: SignIn; member: SignIn; maria: SignIn }
/** Everybody who ever signed in, for the secrets of their sessions. */
const browsers: Person[] = []
const made: Record<Made, Secret[]> = { 'authenticator secret': [], 'recovery code': [], 'session secret': [], 'API key': [], 'mailed token': [], 'digest of a file': [], 'webhook secret': [] }

beforeAll(async () => {
  const server = await Server.make(inject('demoState'))
  await server.start()
  const people = await seeded(server.origin)
  const of = (role: string) => people.find((each) => each.role === role && each.tenant === 'Harbor FMO') as SignIn // `as`: the seed has one of each role
  Object.assign(scene, { server, owner: of('owner'), admin: of('admin'), member: of('member'), maria: producerOf(people, 'Maria Alvarez') })
}, 600_000)
afterAll(() => scene.server?.remove(), 60_000)

/** Nothing typed and nothing made may lie in the state folder or have been said by the server. The bundle that lies beside is not state. */
async function plaintext({ running = true } = {}): Promise<string[]> {
  made['session secret'] = browsers.flatMap(({ sessionSecrets }) => sessionSecrets)
  // `id.secret.mac` after the last slash: what is secret of a link, or the whole of one that has no parts.
  if (running) made['mailed token'] = (await mailedLinks(scene.server.origin)).map((link) => link.split('/').at(-1) ?? '').map((token) => token.split('.')[1] ?? token).filter((token) => token.length > 20)
  const find = seeker({ ...Object.fromEntries(Object.entries(words).map(([name, word]) => [name, [word]])), ...made })
  return [...filesHolding(scene.server.state, find, (file) => file.startsWith('bundle')), ...find(Buffer.from(scene.server.said)).map((name) => `the server said ${name}`)]
}

async function signedIn({ email, password }: SignIn, userAgent = 'harness'): Promise<Person> {
  const person = new Person(scene.server.origin, { 'User-Agent': userAgent, 'CF-Connecting-IP': words.address })
  browsers.push(person)
  await person.signIn(email, password)
  return person
}

/** Somebody new behind a mailed link: an account under a name of its own. */
async function acceptedAnew(link: string): Promise<Response> {
  const browser = new Person(scene.server.origin)
  browsers.push(browser)
  await (await browser.fetch(link, { headers: { Accept: 'text/html' } })).arrayBuffer()
  return post(browser, link, { name: words.invitedProducer, password: words.signUpPassword })
}

/** A key, and what is secret of it. */
const inKey = (token: string): Secret[] => [token, token.slice(-87, -44)]

/** A secret of Standard Webhooks: as it is shown, and the bytes that sign. */
const inHookSecret = (secret: string): Secret[] => [secret.replace('whsec_', ''), Uint8Array.from(Buffer.from(secret.replace('whsec_', ''), 'base64'))]

async function signUp(fields: { name: string; email: string; tenantName: string }): Promise<Response> {
  const browser = new Person(scene.server.origin)
  await (await browser.fetch('/sign-up', { headers: { Accept: 'text/html' } })).arrayBuffer()
  return post(browser, '/sign-up', { ...fields, password: words.signUpPassword, kind: 'agency', preset: 'combined' })
}

test('the search finds a word in each of its spellings, wherever it begins, and bytes that the product made', () => {
  const key = Uint8Array.from({ length: 20 }, (_, index) => 251 - index * 7)
  const find = seeker({ word: ['Zylphia'], key: [key] })
  for (const text of ['Zylphia', 'xZylphia', 'xyZylphia Quortannis, and more']) {
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('base64')), Buffer.from(Buffer.from(text).toString('hex'))]) {
      expect(spellings('Zylphia').some((spelling) => bytes.includes(spelling))).toBe(true)
      expect(find(bytes)).toEqual(['word'])
    }
  }
  for (const text of ['', 'x', 'xy']) {
    const bytes = Buffer.concat([Buffer.from(text), key])
    for (const spelled of [bytes, ...(['base64', 'base64url', 'hex'] as const).map((way) => Buffer.from(bytes.toString(way)))]) expect(find(spelled)).toEqual(['key'])
  }
  expect(find(Buffer.from('Zylphi and nothing else'))).toEqual([])
})

test('for each thing that a sealed field is said to hold something is typed or made here', async () => {
  const { sealedFields } = (await (await fetch(`${scene.server.origin}/trust.json`)).json()) as { sealedFields: { name: string; holds: string[] }[] } // `as`: our own document
  expect(withoutCanary(sealedFields)).toEqual([])
  expect(Object.keys(canaries).filter((name) => !sealedFields.some((field) => field.name === name))).toEqual([])
  expect(withoutCanary([{ name: 'core.member.contact', holds: ['name', 'telephone number'] }])).toHaveLength(1)
})

test('nothing that was typed into a sensitive field, nothing of an uploaded document and no secret that the product made lies on the disk or was said: at any time', async () => {
  const { server, owner, admin, member, maria } = scene
  const { origin } = server
  const dana = await signedIn(owner, words.userAgent)
  const steps: Record<string, () => Promise<Response | undefined>> = {
    'an invitation': () => confirmed(dana, owner.password, () => dana.call('/api/v1/invitations', { email: words.invitedAddress, name: words.invitedName, role: 'member' })),
    'its mail': async () => void (await linkIn(origin, words.invitedAddress, /invited/i)),
    'a document': async () => {
      made['digest of a file'].push(createHash('sha256').update(pdfSaying(words.documentText)).digest())
      await uploaded(dana, `${words.documentName}.pdf`, words.documentText)
      return undefined
    },
    'an API key': async () => {
      const issued = await confirmed(dana, owner.password, () => dana.call('/api/v1/api-keys', { label: 'at rest', scopes: ['members.read'], days: 1 }, 'a key for a key'))
      const { token } = (await issued.clone().json()) as { token: string } // `as`: the route's own answer
      made['API key'].push(...inKey(token))
      return issued
    },
    'a name of one’s own': async () => post(await signedIn(member), '/profile', { intent: 'name', name: words.memberName }),
    'a new address': async () => {
      const priya = await signedIn(member)
      return confirmed(priya, member.password, () => post(priya, '/profile', { intent: 'email', email: words.newAddress }))
    },
    'a new address, confirmed': async () => {
      const link = await linkIn(origin, words.newAddress, /./)
      return post(await signedIn(member), link)
    },
    'a password': async () => {
      const priya = await signedIn({ ...member, email: words.newAddress })
      return confirmed(priya, member.password, () => post(priya, '/profile/password', { current: member.password, password: words.password }))
    },
    'an authenticator': async () => {
      const priya = await signedIn({ ...member, email: words.newAddress, password: words.password })
      const { secret, codes } = await withAuthenticator(origin, priya, words.password)
      made['authenticator secret'].push(secret, new Uint8Array(Base32.fromBase32(secret).buffer))
      made['recovery code'].push(...codes, ...codes.map((code) => code.replaceAll('-', '')))
      return undefined
    },
    'a recovery code used': async () => {
      const priya = await signedIn({ ...member, email: words.newAddress, password: words.password })
      return post(priya, '/sign-in/second-factor', { kind: 'recovery_code', code: String(made['recovery code'][0]) })
    },
    'an authenticator used': async () => {
      const priya = await signedIn({ ...member, email: words.newAddress, password: words.password })
      return post(priya, '/sign-in/second-factor', { kind: 'totp', code: codeAt(String(made['authenticator secret'][0]), await advance(origin, 60)) })
    },
    'a passkey': async () => void (await withPasskey(origin, await signedIn(admin), words.passkeyName, admin.password)),
    'a wrong password': async () => {
      const browser = new Person(origin, { 'User-Agent': words.userAgent, 'CF-Connecting-IP': words.address })
      await (await browser.fetch('/sign-in', { headers: { Accept: 'text/html' } })).arrayBuffer()
      return post(browser, '/sign-in', { email: words.signUpAddress, password: `${words.password} almost` })
    },
    'a sign-up': () => signUp({ name: words.signUpName, email: words.signUpAddress, tenantName: words.tenantName }),
    'another, confirmed': async () => {
      const browser = new Person(origin)
      browsers.push(browser)
      await (await signUp({ name: words.openedName, email: words.openedAddress, tenantName: 'A tenant' })).arrayBuffer()
      const link = await linkIn(origin, words.openedAddress, /./)
      await (await browser.fetch(link, { headers: { Accept: 'text/html' } })).arrayBuffer()
      return post(browser, link)
    },
    'an answer kept for a repeat': () => dana.call('/api/v1/documents', { name: `${words.documentName} again.pdf`, category: 'other', phi_ack: true }, 'the same key'),
  }
  const parties = { origin, fmo: dana, producer: await signedIn(maria, words.userAgent), passwords: { fmo: owner.password, producer: maria.password }, nameOfProducer: 'Maria Alvarez' }
  const hookSecretMade = (secret: string) => void made['webhook secret'].push(...inHookSecret(secret))
  const acts = [
    ...Object.entries(steps),
    ...Object.entries(producerSteps({ ...parties, accept: acceptedAnew })),
    ...Object.entries(carrierSteps({ ...parties, keyIssued: (token) => made['API key'].push(...inKey(token)), hookSecretMade })),
    ...Object.entries(callSteps({ ...parties, hookSecretMade })),
  ]
  for (const [step, act] of acts) {
    const answer = await act()
    const said = (await answer?.text()) ?? ''
    expect([step, answer && answer.status >= (step === 'a wrong password' ? 402 : 400) ? `${answer.status} ${said}` : 'done']).toEqual([step, 'done'])
    expect([step, await plaintext()]).toEqual([step, []])
  }
  await wait(1500) // drains, mails and their writes
  expect(await plaintext()).toEqual([])
  expect(neverMade(made)).toEqual([])
  const files = filesByKind(server.state)
  expect(files['sqlite']).toBeGreaterThan(5)
  expect(files['wal']).toBeGreaterThan(0)

  await server.kill()
  expect(await plaintext({ running: false })).toEqual([])
  await server.start()
  await advance(origin, 60)
  expect(await plaintext()).toEqual([])
  evidence('G16', 'words and secrets looked for on the disk and in what the server said', { words: Object.keys(words).length, 'secrets made': Object.values(made).flat().length, searches: acts.length + 3, found: 0, ...files })
}, 600_000)
