import { readdirSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { advance, confirmed, linkIn, post, uploaded } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { filesByKind, filesHolding, spellings } from './on-disk.ts'
import { Person, seeded, type SignIn } from './person.ts'
import { Server } from './server.ts'

/** Typed into every field that the manifests call sensitive; nobody else would ever type them. */
const words = {
  invitedName: 'Zylphia Quortannis', invitedAddress: 'zylphia.quortannis', memberName: 'Brontavius Ekelwhit', newAddress: 'brontavius.ekelwhit', documentName: 'Wexlorthian agreement', documentText: 'Kravendil owes nothing to Umberlaith',
  password: 'gossamer-vexillum-thornback-9', signUpName: 'Thessaly Umbrickson', signUpAddress: 'thessaly.umbrickson', signUpPassword: 'umbrickson-lantern-quay-77', userAgent: 'Harnesszilla/6.6 (Quibberton)', address: '198.51.100.137', tenantName: 'Quaverlode Holdings',
}
const scene = {} as { server: Server; owner: SignIn; member: SignIn }

beforeAll(async () => {
  const server = await Server.make()
  await server.start()
  const people = await seeded(server.origin)
  const of = (role: string) => people.find((each) => each.role === role && each.tenant === 'Harbor FMO') as SignIn // `as`: the seed has one of each role
  Object.assign(scene, { server, owner: of('owner'), member: of('member') })
}, 600_000)
afterAll(() => scene.server?.remove(), 60_000)

/** Nothing typed may lie in the state folder or have been said by the server. The bundle that lies beside is not state. */
function plaintext(): string[] {
  const sought = Object.values(words)
  const said = sought.flatMap((word) => spellings(word).filter((spelling) => Buffer.from(scene.server.said).includes(spelling)).map(() => `the server said ${word}`))
  return [...filesHolding(scene.server.state, sought, (file) => file.startsWith('bundle')), ...said]
}

async function signedIn({ email, password }: SignIn, userAgent = 'harness'): Promise<Person> {
  const person = new Person(scene.server.origin, { 'User-Agent': userAgent, 'CF-Connecting-IP': words.address })
  await person.signIn(email, password)
  return person
}

test('the search finds a word in each of its spellings, wherever it begins', () => {
  for (const text of ['Zylphia', 'xZylphia', 'xyZylphia Quortannis, and more']) {
    for (const bytes of [Buffer.from(text), Buffer.from(text, 'utf16le'), Buffer.from(Buffer.from(text).toString('base64')), Buffer.from(Buffer.from(text).toString('hex'))]) {
      expect(spellings('Zylphia').some((spelling) => bytes.includes(spelling))).toBe(true)
    }
  }
})

test('nothing that was typed into a sensitive field, and nothing of an uploaded document, lies on the disk or was said: at any time', async () => {
  const { origin } = scene.server
  const dana = await signedIn(scene.owner, words.userAgent)
  const steps: Record<string, () => Promise<Response | undefined>> = {
    'an invitation': () => confirmed(dana, scene.owner.password, () => dana.call('/api/v1/invitations', { email: `${words.invitedAddress}@harbor.example`, name: words.invitedName, role: 'member' })),
    'its mail': async () => void (await linkIn(origin, `${words.invitedAddress}@harbor.example`, /invited/i)),
    'a document': async () => void (await uploaded(dana, `${words.documentName}.pdf`, words.documentText)),
    'a name of one’s own': async () => post(await signedIn(scene.member), '/profile', { intent: 'name', name: words.memberName }),
    'a new address': async () => {
      const priya = await signedIn(scene.member)
      return confirmed(priya, scene.member.password, () => post(priya, '/profile', { intent: 'email', email: `${words.newAddress}@harbor.example` }))
    },
    'a password': async () => {
      const priya = await signedIn(scene.member)
      return confirmed(priya, scene.member.password, () => post(priya, '/profile/password', { current: scene.member.password, password: words.password }))
    },
    'a wrong password': async () => {
      const browser = new Person(origin, { 'User-Agent': words.userAgent, 'CF-Connecting-IP': words.address })
      await (await browser.fetch('/sign-in', { headers: { Accept: 'text/html' } })).arrayBuffer()
      return post(browser, '/sign-in', { email: `${words.signUpAddress}@harbor.example`, password: `${words.password} almost` })
    },
    'a sign-up': async () => {
      const browser = new Person(origin)
      await (await browser.fetch('/sign-up', { headers: { Accept: 'text/html' } })).arrayBuffer()
      return post(browser, '/sign-up', { name: words.signUpName, email: `${words.signUpAddress}@quaver.example`, password: words.signUpPassword, tenantName: words.tenantName, kind: 'agency', preset: 'combined' })
    },
    'an answer kept for a repeat': () => dana.call('/api/v1/documents', { name: `${words.documentName} again.pdf`, category: 'other', phi_ack: true }, 'the same key'),
  }
  for (const [step, act] of Object.entries(steps)) {
    const answer = await act()
    expect([step, answer === undefined || answer.status < 402]).toEqual([step, true])
    await answer?.arrayBuffer()
    expect([step, plaintext()]).toEqual([step, []])
  }
  await wait(1500) // drains, mails and their writes
  expect(plaintext()).toEqual([])
  const files = filesByKind(scene.server.state)
  expect(files['sqlite']).toBeGreaterThan(5)
  expect(files['wal']).toBeGreaterThan(0)

  await scene.server.kill()
  expect(plaintext()).toEqual([])
  await scene.server.start()
  await advance(origin, 60)
  expect(plaintext()).toEqual([])
  evidence('G16', 'words looked for on the disk', { words: Object.keys(words).length, searches: Object.keys(steps).length + 3, found: 0, ...files })
}, 600_000)

test('what was deleted is gone from every list and cannot be opened once its time is over', async () => {
  const { origin } = scene.server
  const dana = await signedIn(scene.owner)
  const blobs = (): string[] => readdirSync(path.join(scene.server.state, 'v3/r2/countersign-documents/blobs'))
  const before = blobs()
  const doomed = await uploaded(dana, `${words.documentName} doomed.pdf`, words.documentText)
  const itsBlobs = blobs().filter((name) => !before.includes(name))
  expect(itsBlobs).toHaveLength(1)
  expect((await dana.call(`/api/v1/documents/${doomed}/trash`, {})).status).toBe(201)
  for (const days of [29, 2]) await advance(origin, days * 86_400)
  const again = await signedIn(scene.owner)
  expect((await again.fetch(`/api/v1/documents/${doomed}`)).status).toBe(404)
  const trashed = (await (await again.fetch('/api/v1/documents?state=trashed&limit=100')).json()) as { documents: { id: string }[] } // `as`: likewise
  expect(trashed.documents.map(({ id }) => id)).not.toContain(doomed)
  await scene.server.kill()
  expect(blobs().filter((name) => itsBlobs.includes(name))).toEqual([])
  expect(plaintext()).toEqual([])
  evidence('G16', 'a purged document', { 'readable after its time': 0, 'plaintext on the disk': 0 })
}, 600_000)
