import { scrypt } from '@noble/hashes/scrypt.js'
import { compare } from 'bcryptjs'
import { createExecutionContext, runInDurableObject, waitOnExecutionContext } from 'cloudflare:test'
import { expect, test, vi } from 'vitest'
import { linkTo, PASSWORD, personWithPassword, visitAt } from '../../../tests/support/account-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { bindings } from '../../../tests/support/scene.ts'
import { Somewhere } from '../../../tests/support/somewhere.ts'
import { newIsolate } from '../reach.ts'
import { addressIndex } from './address.ts'
import { accountByEmail } from './store.ts'

/** Everything in an account's guard, as its SQLite holds it. */
async function guardDump(accountId: string): Promise<{ hash: string; everything: string }> {
  const guard = bindings.ACCOUNT_GUARD.get(bindings.ACCOUNT_GUARD.idFromName(accountId))
  return runInDurableObject(guard, (_, { storage: { sql } }) => {
    const tables = sql.exec<{ name: string }>("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'").toArray()
    const rows = tables.map(({ name }) => JSON.stringify(sql.exec(`SELECT * FROM "${name}"`).toArray()))
    return { hash: sql.exec<{ hash: string }>('SELECT hash FROM password').one().hash, everything: rows.join('\n') }
  })
}

async function directoryDump(): Promise<string> {
  const { results } = await bindings.DIRECTORY.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\'").all<{ name: string }>()
  const tables = await Promise.all(results.map(({ name }) => bindings.DIRECTORY.prepare(`SELECT * FROM "${name}"`).all()))
  return JSON.stringify(tables.map(({ results: rows }) => rows))
}

async function accountIdOf(email: string): Promise<string> {
  const visit = await visitAt()
  return (await visit.directory.read(accountByEmail(visit.directory, await addressIndex(visit, email))))?.id ?? ''
}

await visitAt() // the deployment's own roots exist before the first request

async function signUp(password: string, preset = 'combined', somewhere = new Somewhere()): Promise<{ email: string; somewhere: Somewhere }> {
  const email = `rest.${crypto.randomUUID()}@people.test`
  await somewhere.get('/sign-up')
  await somewhere.post('/sign-up', { name: 'Rita Rest', email, password, tenantName: 'At Rest', kind: 'agency', preset })
  const path = await linkTo(email, 'sign_up_confirm')
  await somewhere.get(path)
  expect((await somewhere.post(path, {})).status).toBe(302)
  return { email, somewhere }
}

test('[IFD-47][CAL-89] what is kept of a password is a scrypt PHC string that an independent scrypt verifies', async () => {
  const { email } = await signUp('amber kettle by the canal')
  const { hash } = await guardDump(await accountIdOf(email))
  const [, ln, r, p, salt = '', key = ''] = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]{22})\$([A-Za-z0-9+/]{43})$/.exec(hash) ?? []
  const derived = (password: string) => Buffer.from(scrypt(password, Buffer.from(salt, 'base64'), { N: 2 ** Number(ln), r: Number(r), p: Number(p), dkLen: 32 })).toString('base64').replace('=', '')
  expect(derived('amber kettle by the canal')).toBe(key)
  expect(derived('amber kettle by the canals')).not.toBe(key)
})

test('[IFD-48][SPO-29] no password that was ever typed stands in the guard, the directory, a mail, or what the Worker printed, refused forms included', async () => {
  const said = ['log', 'info', 'warn', 'error', 'debug'].map((level) => vi.spyOn(console, level as 'log').mockImplementation(() => undefined)) // `as`: each is a method of console
  const canaries = { signUp: 'CANARY-amber-kettle-1', wrong: 'CANARY-wrong-tram-2', weak: 'CANARY-weak', changed: 'CANARY-violet-canal-3', reset: 'CANARY-gravel-ox-4' }
  const { email, somewhere } = await signUp(canaries.signUp)
  await new Somewhere().signIn(email, canaries.wrong)
  await somewhere.get('/profile/password')
  expect((await somewhere.post('/profile/password', { current: canaries.signUp, password: canaries.weak })).status).toBe(422)
  expect((await somewhere.post('/profile/password', { current: canaries.wrong, password: canaries.changed })).status).toBe(422)
  expect((await somewhere.post('/profile/password', { current: canaries.signUp, password: canaries.changed })).status).toBe(200)
  const forgetful = new Somewhere()
  await forgetful.get('/forgot-password')
  await forgetful.post('/forgot-password', { email })
  const path = await linkTo(email, 'password_reset')
  await forgetful.get(path)
  expect((await forgetful.post(path, { password: canaries.reset })).status).toBe(200)
  expect((await new Somewhere().signIn(email, canaries.reset)).status).toBe(302)
  const printed = said.flatMap((spy) => spy.mock.calls.map((call) => call.map(String).join(' '))).join('\n')
  vi.restoreAllMocks()
  const { everything } = await guardDump(await accountIdOf(email))
  const directory = await directoryDump()
  expect(everything).toContain('$scrypt$')
  for (const place of [everything, directory, printed]) {
    expect(place).not.toContain('CANARY')
    expect(place).not.toContain(email)
  }
})

test('[SPO-28] under the spartan preset it is bcrypt of cost 12 from the first moment, by a reading of bcrypt that knows its published vectors', async () => {
  const somewhere = new Somewhere()
  somewhere.browser.through = atFullCost
  const { email } = await signUp('amber kettle by the canal', 'spartan', somewhere)
  const { hash } = await guardDump(await accountIdOf(email))
  expect(hash).toMatch(/^\$2b\$12\$[./A-Za-z0-9]{53}$/)
  for (const [password, kept] of publishedVectors) {
    expect(await compare(password, kept)).toBe(true)
    expect(await compare(`${password}x`, kept)).toBe(false)
  }
  expect(await compare('amber kettle by the canal', hash)).toBe(true)
  expect(await compare('amber kettle by the canals', hash)).toBe(false)
})

/** Of crypt_blowfish's and jBCrypt's own tests. */
const publishedVectors = [
  ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
  ['U*U*U', '$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a'],
  ['a', '$2a$06$m0CrhHm10qJ3lXRY.5zDGO3rS2KdeeWLuGmsfGlMfOxih58VYVfxe'],
  ['abcdefghijklmnopqrstuvwxyz', '$2a$06$.rCVZVOThsIa97pEDOxvGuRRgzG64bvtJ0938xuqzv18d3ZpQhstC'],
] as const

/** The product at production's own cost of a hash; the Worker under test spends less. */
async function atFullCost(request: Request): Promise<Response> {
  const { handlersOf } = await import('../../entry.ts')
  const context = createExecutionContext()
  const answer = await handlersOf({ isolate: newIsolate(), clock: testClock }).fetch!(request as Request<unknown, IncomingRequestCfProperties>, bindings, context) // `as`: a test has no edge in front of it
  const body = await answer.arrayBuffer()
  await waitOnExecutionContext(context)
  return new Response(body, answer)
}

test('tokens that were mailed are kept as hashes only', async () => {
  const { email, accountId } = await personWithPassword()
  const somewhere = new Somewhere()
  await somewhere.signIn(email, PASSWORD)
  const link = await linkTo(email, 'new_device')
  const [, secret = 'none'] = (link.split('/').at(-1) ?? '').split('.')
  const { everything } = await guardDump(accountId)
  expect(secret).toHaveLength(43)
  expect(everything).not.toContain(secret)
  expect(somewhere.browser.cookies).toContain(accountId)
  for (const part of somewhere.browser.cookies.split(/[.;=]/).filter((each) => each.length === 43)) expect(everything).not.toContain(part)
})
