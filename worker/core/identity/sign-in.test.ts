import { expect, test } from 'vitest'
import { authLogOf, DAY, freshIp, HOUR, mailsTo, MINUTE, PASSWORD, passwordHash, personWithPassword, visitAt } from '../../../tests/support/account-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { asOwner, drained, failureOf, reachNow } from '../../../tests/support/scene.ts'
import { toWire } from '../failure.ts'
import { PLATFORM } from '../reach.ts'
import { changePolicy } from '../tenancy/change-policy.ts'
import { refreshSeats } from './seats.ts'
import { signIn } from './sign-in.ts'

const now = await testClock()
type From = { now?: number; ip?: string; userAgent?: string; browser?: string }

/** One try from somewhere; a fresh place and an unknown browser unless told. */
async function tryIn(email: string, password: string, from: From = {}) {
  return signIn(await visitAt({ now, ...from }), { email, password }, from.browser ?? crypto.randomUUID())
}
const refusal = async (email: string, password: string, from: From = {}) => failureOf(tryIn(email, password, from))

test('the right password opens a session that the guard knows; a wrong one opens none', async () => {
  const { email, accountId } = await personWithPassword()
  const { session, owesFactor } = await tryIn(email, PASSWORD)
  expect(session.accountId).toBe(accountId)
  expect(owesFactor).toBe(false)
  expect(await (await reachNow()).guards.of(accountId).listSessions(now)).toHaveLength(1)
  expect(await refusal(email, `${PASSWORD}!`)).toMatchObject({ code: 'wrong_credentials' })
  expect(await (await reachNow()).guards.of(accountId).listSessions(now)).toHaveLength(1)
})

test('the address is the same however it is spelled, and somebody else’s is not', async () => {
  const [one, other] = [await personWithPassword(), await personWithPassword()]
  const { session } = await tryIn(`  ${one.email.toUpperCase()} `, PASSWORD)
  expect(session.accountId).toBe(one.accountId)
  expect((await tryIn(other.email, PASSWORD)).session.accountId).toBe(other.accountId)
})

test('a new sid and a new secret with every sign-in', async () => {
  const { email } = await personWithPassword()
  const [first, second] = [await tryIn(email, PASSWORD), await tryIn(email, PASSWORD)]
  expect(first.session.sid).not.toBe(second.session.sid)
  expect(first.session.secret).not.toBe(second.session.secret)
})

test('[IFD-57] ten wrong passwords in a row lock the account for an hour: the right one is refused until then', async () => {
  const { email } = await personWithPassword()
  for (let n = 0; n < 10; n += 1) expect(await refusal(email, 'wrong password here')).toMatchObject({ code: 'wrong_credentials' })
  expect(await refusal(email, PASSWORD)).toMatchObject({ code: 'locked', until: now + HOUR })
  expect(await refusal(email, PASSWORD, { now: now + 59 * MINUTE })).toMatchObject({ code: 'locked', until: now + HOUR })
  await expect(tryIn(email, PASSWORD, { now: now + 61 * MINUTE })).resolves.toBeDefined()
})

test('[IFD-57] nine wrong ones and a right one begin the count anew', async () => {
  const { email } = await personWithPassword()
  for (let n = 0; n < 9; n += 1) await refusal(email, 'wrong password here')
  await tryIn(email, PASSWORD)
  const later = { now: now + 16 * MINUTE }
  for (let n = 0; n < 9; n += 1) expect(await refusal(email, 'wrong password here', later)).toMatchObject({ code: 'wrong_credentials' })
  await expect(tryIn(email, PASSWORD, later)).resolves.toBeDefined()
})

test('[SPO-32] under the spartan preset the lock lasts fifteen minutes', async () => {
  const person = await personWithPassword({ hashing: 'bcrypt12' })
  await newTenant({ preset: 'spartan', owner: person })
  for (let n = 0; n < 10; n += 1) await refusal(person.email, 'wrong password here')
  expect(await refusal(person.email, PASSWORD)).toMatchObject({ code: 'locked' })
  expect(await refusal(person.email, PASSWORD, { now: now + 14 * MINUTE })).toMatchObject({ code: 'locked' })
  await expect(tryIn(person.email, PASSWORD, { now: now + 16 * MINUTE })).resolves.toBeDefined()
})

test('tries during a lock do not make it longer', async () => {
  const { email } = await personWithPassword()
  for (let n = 0; n < 10; n += 1) await refusal(email, 'wrong password here')
  for (let n = 0; n < 5; n += 1) expect(await refusal(email, 'wrong password here', { now: now + 50 * MINUTE })).toMatchObject({ code: 'locked', until: now + HOUR })
})

test('a lock by strangers leaves the browser that signed in before its own ten tries', async () => {
  const { email } = await personWithPassword()
  const browser = crypto.randomUUID()
  await tryIn(email, PASSWORD, { browser })
  for (let n = 0; n < 10; n += 1) await refusal(email, 'wrong password here')
  expect(await refusal(email, PASSWORD)).toMatchObject({ code: 'locked' })
  for (let n = 0; n < 9; n += 1) expect(await refusal(email, 'wrong password here', { browser })).toMatchObject({ code: 'wrong_credentials' })
  await expect(tryIn(email, PASSWORD, { browser })).resolves.toBeDefined()
  for (let n = 0; n < 10; n += 1) expect(await refusal(email, 'wrong password here', { browser })).toMatchObject({ code: 'wrong_credentials' })
  expect(await refusal(email, PASSWORD, { browser })).toMatchObject({ code: 'locked' })
})

/** A person whose tenant locks after `tries` for `minutes`, by its preset or by a policy of its own. */
const underPolicy = {
  inforcedesk: async () => newTenantOf('inforcedesk'),
  spartan: async () => newTenantOf('spartan'),
  'three tries, a day': async () => {
    const person = await newTenantOf('combined', { 'auth.lockout.threshold': 3, 'auth.lockout.minutes': 1440 })
    expect((await (await reachNow()).guards.of(person.accountId).recall()).terms).toMatchObject({ lockAfter: 3, lockMs: DAY })
    return person
  },
}
async function newTenantOf(preset: 'inforcedesk' | 'spartan' | 'combined', values: Record<string, number> = {}) {
  const person = await personWithPassword({ hashing: preset === 'spartan' ? 'bcrypt12' : 'scrypt' })
  const tenant = await newTenant({ preset, owner: person })
  await newTenant({ owner: await personWithPassword() })
  if (Object.keys(values).length > 0) await (await asOwner(tenant)).run((ctx) => changePolicy(ctx, { version: 1, values }))
  await refreshSeats(await reachNow(), person.accountId)
  return person
}

test.each(Object.entries(underPolicy))('an address without an account is refused, counted and locked exactly like one under %s, try by try', async (_, made) => {
  const { email } = await made()
  const unknown = `nobody.${crypto.randomUUID()}@people.test`
  const answers = async (address: string) => {
    const seen: unknown[] = []
    for (const at of [...Array.from({ length: 11 }, () => 0), 14, 16, 59, 61])
      seen.push([at, toWire((await refusal(address, 'wrong password here', { now: now + at * MINUTE })) ?? { code: 'not_found' })])
    return seen
  }
  const [known, nobody] = [await answers(email), await answers(unknown)]
  expect(nobody).toEqual(known)
  expect(known[10]).toMatchObject([0, { status: 423, problem: { until: new Date(now + HOUR).toISOString() } }])
})

test('a policy that locks sooner and longer holds against the right password too, and says so only to a browser that signed in before', async () => {
  const { email } = await underPolicy['three tries, a day']()
  const browser = crypto.randomUUID()
  await tryIn(email, PASSWORD, { browser })
  for (let n = 0; n < 3; n += 1) await refusal(email, 'wrong password here')
  expect(await refusal(email, PASSWORD)).toEqual({ code: 'wrong_credentials' })
  expect(await refusal(email, PASSWORD, { now: now + DAY - 1 })).toEqual({ code: 'wrong_credentials' })
  await expect(tryIn(email, PASSWORD, { now: now + DAY })).resolves.toBeDefined()
  for (let n = 0; n < 3; n += 1) await refusal(email, 'wrong password here', { browser })
  expect(await refusal(email, PASSWORD, { browser })).toMatchObject({ code: 'locked', until: now + DAY })
})

test('that a change of address was disputed is told to the right password only', async () => {
  const { email, accountId } = await personWithPassword()
  const guard = (await reachNow()).guards.of(accountId)
  await guard.mintToken({ hash: 'd', kind: 'dispute_email', now, expiresAt: now + DAY, payload: { change: 'emc_1' } })
  const cell = { sealed: '', sealVersion: 1 }
  await guard.beginEmail({ change: { id: 'emc_1', oldIndex: 'o', oldContact: cell, newIndex: 'n', newAddress: cell }, now, events: [] })
  await guard.disputeEmail({ hash: 'd', now, lockMs: 7 * DAY, events: [] })
  expect(await refusal(email, 'wrong password here')).toEqual({ code: 'wrong_credentials' })
  expect(await refusal(email, PASSWORD)).toEqual({ code: 'locked', until: now + 7 * DAY })
})

test('[IFD-58][IFD-59] a sign-in from an unseen place mails its person; the same place again does not, until 90 days passed unused', async () => {
  const { email } = await personWithPassword({ now: now - 400 * DAY })
  const home = { ip: freshIp(), userAgent: 'home' }
  const deviceMails = async () => (await mailsTo(email)).filter(({ template }) => template === 'new_device').length
  await tryIn(email, PASSWORD, { ...home })
  expect(await deviceMails()).toBe(1)
  await tryIn(email, PASSWORD, { ...home })
  expect(await deviceMails()).toBe(1)
  await tryIn(email, PASSWORD, { ...home, userAgent: 'another browser' })
  expect(await deviceMails()).toBe(2)
  await tryIn(email, PASSWORD, { ...home, now: now + 89 * DAY })
  expect(await deviceMails()).toBe(2)
  await tryIn(email, PASSWORD, { ...home, now: now + (89 + 91) * DAY })
  expect(await deviceMails()).toBe(3)
})

test('the one who is locked out is told once, and only one who exists', async () => {
  const { email } = await personWithPassword()
  for (let n = 0; n < 12; n += 1) await refusal(email, 'wrong password here')
  expect((await mailsTo(email)).map(({ template }) => template)).toEqual(['account_locked'])
})

test('[CIQ-49][SPO-33] fifty accounts tried from one address are noted as an attack, throttled whichever of its /64 speaks, and their people told by mail once a day', async () => {
  const bystander = await personWithPassword()
  await refusal(bystander.email, 'wrong password here')
  const victims = await Promise.all(Array.from({ length: 7 }, () => personWithPassword()))
  const attacked = [...victims.map(({ email }) => email), ...Array.from({ length: 43 }, () => `nobody.${crypto.randomUUID()}@people.test`)]
  const attack = async (addresses: readonly string[], prefix: string) => {
    const seen: string[] = []
    for (const [n, email] of addresses.entries()) seen.push((await refusal(email, 'wrong password here', { ip: `${prefix}::${n + 1}` }))?.code ?? 'in')
    await drained(PLATFORM)
    return seen
  }
  const seen = await attack(attacked, freshIp().replace('::1', ''))
  expect([seen.slice(0, 20), seen.slice(20)].map((codes) => [...new Set(codes)])).toEqual([['wrong_credentials'], ['rate_limited']])
  const kinds = (await Promise.all(attacked.slice(0, 21).map(authLogOf))).flat()
  expect(kinds.filter((kind) => kind === 'many_accounts')).toHaveLength(1)
  expect(kinds.filter((kind) => kind === 'throttled')).toHaveLength(1)
  const told = async (people: readonly { email: string }[]) => (await Promise.all(people.map(({ email }) => mailsTo(email)))).map((mails) => mails.filter(({ template }) => template === 'account_tried').length)
  expect(await told([...victims, bystander])).toEqual([1, 1, 1, 1, 1, 1, 1, 0])
  await attack(attacked.slice(0, 7), freshIp().replace('::1', ''))
  expect(await told(victims)).toEqual([1, 1, 1, 1, 1, 1, 1])
  expect(await refusal(attacked[0] ?? '', PASSWORD)).toBeNull() // from anywhere else the account is open
})

test('right passwords do not use up an address: a firm behind one IP can sign in all day', async () => {
  const { email } = await personWithPassword()
  const ip = freshIp()
  for (let n = 0; n < 22; n += 1) await expect(tryIn(email, PASSWORD, { ip, browser: 'office' })).resolves.toBeDefined()
})

test('a password hashed under another policy is hashed anew when it is next right', async () => {
  const person = await personWithPassword({ hashing: 'bcrypt12' })
  const guard = (await reachNow()).guards.of(person.accountId)
  const hashNow = async () => {
    const asked = await guard.passwordForCheck({ now: now + DAY, browser: 'x', device: 'x' })
    return asked.state === 'go' ? asked.hash : null
  }
  expect(await hashNow()).toBe(await passwordHash('bcrypt12'))
  await refusal(person.email, 'wrong password here')
  expect(await hashNow()).toBe(await passwordHash('bcrypt12'))
  await tryIn(person.email, PASSWORD)
  expect(await hashNow()).toMatch(/^\$scrypt\$ln=4,r=8,p=1\$/)
  await expect(tryIn(person.email, PASSWORD)).resolves.toBeDefined()
})
