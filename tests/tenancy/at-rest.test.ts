import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { beforeAll, expect, test, vi } from 'vitest'
import { handlersOf } from '../../worker/entry.ts'
import { fromBase64, toBase64, toBase64Url } from '../../worker/core/vault/bytes.ts'
import { must } from '../../worker/core/vault/fault.ts'
import { readKeks } from '../../worker/core/vault/kek.ts'
import { rootPath } from '../../worker/core/vault/key-path.ts'
import { parseWrapped, ROOTS, unwrapRoot } from '../../worker/core/vault/wrap.ts'
import { newIsolate, reachOf } from '../../worker/core/reach.ts'
import { liesInObject } from '../../worker/core/module.ts'
import { manifests, probes } from '../../worker/modules.ts'
import { wake } from '../../worker/wake.ts'
import { linkTo, PASSWORD, personWithPassword } from '../support/account-scene.ts'
import { cheapHashes } from '../support/cheap-hashes.ts'
import { testClock } from '../support/clock.ts'
import { upload } from '../support/document-scene.ts'
import { newTenant, platform, testParts } from '../support/new-tenant.ts'
import { Person } from '../support/person-scene.ts'
import { pdf } from '../support/sample-files.ts'
import { bindings, drained, isolate, reachNow, replaced, signedIn } from '../support/scene.ts'
import { Somewhere } from '../support/somewhere.ts'
import { holding, stored, storedIn, type Stored } from '../support/stored.ts'

/** What somebody typed, and nobody else ever would. */
const typed = {
  invitedName: 'Zylphia Quortannis', invitedAddress: 'zylphia.quortannis@people.test', ownName: 'Brontavius Ekelwhit', newAddress: 'brontavius.ekelwhit@people.test',
  signUpName: 'Thessaly Umbrickson', signUpAddress: 'thessaly.umbrickson@people.test', signedOutAddress: 'nobody.ekelwhit@people.test', userAgent: 'Quibberton Browser/6.6', documentName: 'Wexlorthian agreement.pdf', documentText: 'Kravendil owes nothing to Umberlaith',
}
/** What opens something. */
const secrets = { password: 'gossamer vexillum thornback', wrong: 'gossamer vexillum thornbock', signUpPassword: 'umbrickson lantern quay', totp: '', key: '', session: '', code: '' }

const scene = { places: [] as Stored[], printed: '', tenantId: '', read: '' }

beforeAll(async () => {
  const said = (['log', 'info', 'warn', 'error', 'debug'] as const).map((level) => vi.spyOn(console, level).mockImplementation(() => undefined))
  try {
    await flow()
    scene.printed = said.flatMap((spy) => spy.mock.calls.map((call) => call.map((part) => (part instanceof Error ? `${part.stack}` : String(part))).join(' '))).join('\n')
  } finally {
    vi.restoreAllMocks()
  }
}, 60_000)

/** A person's day: everything that can be typed, uploaded or got wrong, through the pages and the API. */
async function flow(): Promise<void> {
  const paula = await personWithPassword()
  const tenant = await newTenant({ owner: paula })
  scene.tenantId = tenant.id
  const mine = new Somewhere()
  const act = (path: string, form: Record<string, string>) => mine.browser.call(path, { form, headers: { Accept: 'text/html', 'User-Agent': typed.userAgent, 'CF-Connecting-IP': mine.ip } })
  const api = (path: string, json: unknown) => mine.browser.call(path, { json, headers: { 'User-Agent': typed.userAgent } })
  await mine.get('/sign-in')
  await act('/sign-in', { email: typed.signedOutAddress, password: secrets.wrong })
  await act('/sign-in', { email: paula.email, password: PASSWORD })
  await act('/profile/password', { current: secrets.wrong, password: secrets.password })
  await act('/profile/password', { current: PASSWORD, password: secrets.password })
  await act('/profile', { intent: 'name', name: typed.ownName })
  const asked = await act('/profile', { intent: 'email', email: typed.newAddress })
  await confirmed(mine, asked, () => act('/profile', { intent: 'email', email: typed.newAddress }))
  expect((await api('/api/v1/invitations', { name: typed.invitedName, email: typed.invitedAddress, role: 'member' })).status).toBe(201)
  expect((await api('/api/v1/invitations', { name: typed.invitedName, email: typed.invitedAddress, role: 'member' })).status).toBe(422)
  await upload(mine.browser, { name: typed.documentName, bytes: pdf(typed.documentText) })
  const wanted = { label: 'Nightly export', scopes: ['members.read'], days: 1 }
  const key = await confirmed(mine, await api('/api/v1/api-keys', wanted), () => api('/api/v1/api-keys', wanted))
  secrets.key = (await key.json<{ token: string }>()).token.slice(-40) // the end of the secret: it may hold what separates its parts
  secrets.session = /__Host-session=[^;]*?\.[^.;]*\.([^.;]+)\./.exec(mine.browser.cookies)?.[1] ?? ''

  scene.read = await (await mine.get('/people')).text()
  await failing(mine)

  const stranger = new Somewhere()
  await stranger.get('/sign-up')
  await stranger.post('/sign-up', { name: typed.signUpName, email: typed.signUpAddress, password: secrets.signUpPassword, tenantName: 'Quaverlode', kind: 'agency', preset: 'combined' })
  await linkTo(typed.signUpAddress, 'sign_up_confirm')
  const person = new Person(await signedIn(paula, tenant.id), paula.accountId, await testClock())
  const codes = await person.enrolTotp()
  Object.assign(secrets, { totp: person.secret.replaceAll(' ', ''), code: codes[0] ?? '' })
  await wake(await testParts(), 'drain-guard', `account:${paula.accountId}`)
  for (const log of [tenant.id, platform]) await drained(log)
  await (await reachNow()).chain.checkpoint(tenant.id, await testClock()) // its entries go to the bucket
  const objects = [storedIn(bindings.ACCOUNT_GUARD, paula.accountId), storedIn(bindings.AUDIT_CHAIN, tenant.id), storedIn(bindings.AUDIT_CHAIN, platform), storedIn(bindings.TIMERS, tenant.id), storedIn(bindings.TIMERS, platform)]
  const shared = [...Array.from({ length: 64 }, (_, n) => storedIn(bindings.RATE_LIMITER, `limit-${n}`))]
  scene.places = [...(await stored()), ...(await Promise.all([...objects, ...shared]))]
}

/** Confirms what an answer asks for and does it again. */
async function confirmed(mine: Somewhere, first: Response, again: () => Promise<Response>): Promise<Response> {
  const ticket = /tkt_[0-9a-z]{26}/.exec(`${first.headers.get('Location')} ${await first.clone().text()}`)?.[0] ?? ''
  await mine.get(`/step-up?then=%2F&ticket=${ticket}`)
  await mine.post(`/step-up?then=%2F&ticket=${ticket}`, { kind: 'password', password: secrets.password })
  return again()
}

/** A database that fails in the middle of a request, quoting what it was handed. */
async function failing(mine: Somewhere): Promise<void> {
  const quoting = () => Promise.reject(new Error(`D1_ERROR: near "${typed.invitedName}" <${typed.invitedAddress}> 123-45-6789`))
  const broken = (d1: D1Database) => replaced(d1, 'batch', quoting as never)
  const env = { ...bindings, SHARD_1: broken(bindings.SHARD_1), SHARD_2: broken(bindings.SHARD_2) }
  const real = mine.browser.through
  mine.browser.through = async (request) => {
    const context = createExecutionContext()
    const answer = await handlersOf({ isolate: newIsolate(cheapHashes()), clock: testClock }).fetch!(request as Request<unknown, IncomingRequestCfProperties>, env, context) // `as`: a test has no edge in front of it
    const text = await answer.text()
    await waitOnExecutionContext(context)
    return new Response(text, answer)
  }
  const answer = await mine.browser.call('/api/v1/members')
  const page = await mine.get(`/people?about=${encodeURIComponent(typed.invitedAddress)}`)
  mine.browser.through = real
  expect([answer.status, page.status]).toEqual([503, 503])
  expect(holding([{ place: 'the answer', text: `${await answer.text()} ${await page.text()}` }], [typed.invitedName, '123-45-6789'])).toEqual([])
}

test('what was typed was kept: its person reads it, and every database and bucket was looked through', () => {
  for (const word of [typed.invitedName, typed.ownName]) expect(scene.read).toContain(word)
  for (const beginning of ['DIRECTORY.accounts', 'DIRECTORY.sign_ups', 'DOCUMENTS/', 'AUDIT/', 'KEYS/', 'an object acc_', 'an object ten_']) {
    expect(scene.places.some(({ place, text }) => place.startsWith(beginning) && text.length > 0), beginning).toBe(true)
  }
  expect(scene.places.filter(({ place, text }) => /^SHARD_\d\.members$/.test(place) && text.includes(scene.tenantId))).toHaveLength(1)
  expect(holding([{ place: 'here', text: `x${btoa(`yz${typed.invitedName}`)}` }], [typed.invitedName])).toHaveLength(1)
  for (const secret of Object.values(secrets)) expect(secret.length).toBeGreaterThan(10)
})

// CIQ-19 asks that cipher columns carry a version prefix, IFD-38 that the stored value begin with its nonce. Both hold: the
// version is a column beside the value, `seal_version`, and the value opens under no other.
test('[CIQ-19] nothing typed into a sensitive field lies in clear anywhere, and every sealed column of a row has its version beside it', async () => {
  expect(holding(scene.places, Object.values(typed))).toEqual([])
  const columns = manifests.flatMap(({ sealedFields }) => sealedFields).filter((field) => !liesInObject(field))
  const looked = new Set<string>()
  for (const [name, scope] of [['DIRECTORY', 'platform'], ['SHARD_1', 'tenant'], ['SHARD_2', 'tenant']] as const) {
    for (const { table, column } of columns.filter((field) => field.scope === scope && !(field.table === 'outbox'))) {
      const { results } = await bindings[name].prepare(`SELECT "${column}" AS cell, seal_version AS version FROM "${table}" WHERE "${column}" IS NOT NULL`).all<{ cell: string; version: number }>()
      for (const { cell, version } of results) {
        const bytes = fromBase64(cell)
        expect([table, bytes.ok && bytes.value.length >= 28, version >= 1]).toEqual([table, true, true])
        looked.add(`${table}.${column}`)
      }
    }
  }
  for (const column of ['accounts.contact', 'sign_ups.content', 'platform_auth_log.origin', 'members.contact', 'invitations.contact', 'documents.content', 'document_keys.content']) expect([...looked]).toContain(column)
})

test('[IFD-37][CAL-30] no secret of a person, a program or the deployment stands in a database, a bucket or an object, nor in what the Worker printed', async () => {
  const places = [...scene.places, { place: 'what was printed', text: scene.printed }]
  expect(holding(places, Object.values(secrets))).toEqual([])
  const roots = await Promise.all(ROOTS.map(async (root) => {
    const id = { tenant: scene.tenantId, root, version: 1 } as const
    return must(await unwrapRoot(await readKeks(bindings), id, must(parseWrapped((await (await bindings.KEYS.get(rootPath(id)))?.text()) ?? ''))))
  }))
  const spelled = roots.flatMap((root) => [toBase64(root), toBase64Url(root), [...root].map((byte) => byte.toString(16).padStart(2, '0')).join('')])
  for (const secret of [...spelled, bindings.KEK_1, bindings.SESSION_MAC_KEY, bindings.AUDIT_SIGNING_KEY]) expect(places.filter(({ text }) => text.includes(secret)).map(({ place }) => place)).toEqual([])
  // Kept all the same: the person's guard knows the authenticator's secret, sealed under a key of 256 bits.
  expect(scene.places.find(({ place }) => place.startsWith('an object acc_'))?.text).toMatch(/[A-Za-z0-9+/]{40,}={0,2}/)
})

test('[CAL-76] nothing a person typed was printed, not even by a request that failed while it held it', () => {
  expect(scene.printed).toContain('"where":"request"')
  expect(holding([{ place: 'what was printed', text: scene.printed }], [...Object.values(typed), ...Object.values(secrets), '123-45-6789'])).toEqual([])
})

test('[CAL-25] encryption stands at every layer: old TLS is refused, the host’s own layer is named as the host’s, and the probe of our fields finds ciphertext', async () => {
  const served = handlersOf({ isolate, clock: testClock })
  const context = createExecutionContext()
  const old = await served.fetch!(new Request(`${bindings.ORIGIN}/`, { cf: { tlsVersion: 'TLSv1.1' } } as RequestInit) as Request<unknown, IncomingRequestCfProperties>, bindings, context) // `as`: the DOM's RequestInit does not know `cf`
  expect(old.status).toBe(426)
  const reach = await reachOf(bindings, isolate)
  const cells = probes.find(({ id }) => id === 'vault.cells')
  const reading = await cells?.measure({ reach, now: await testClock(), later: () => undefined, sealedFields: manifests.flatMap(({ sealedFields }) => sealedFields), knock: async () => new Response() })
  expect(reading).toMatchObject({ passed: true })
  const { controls } = await (await new Somewhere().browser.call('/trust.json')).json<{ controls: { id: string; status: string; evidence: { checked: string } | null }[] }>()
  for (const id of ['provider.tls', 'provider.at_rest']) expect(controls.find((control) => control.id === id)).toMatchObject({ status: 'provider', evidence: { checked: expect.stringMatching(/^\d{4}-/) } })
})
