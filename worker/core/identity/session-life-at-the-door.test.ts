import { afterEach, expect, test } from 'vitest'
import { authLogOf, DAY, linkTo, MINUTE, PASSWORD, personWithPassword } from '../../../tests/support/account-scene.ts'
import { clock, testClock } from '../../../tests/support/clock.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { codeOf, Person } from '../../../tests/support/person-scene.ts'
import { asMember, asOwner, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { signedInAs, Somewhere } from '../../../tests/support/somewhere.ts'
import { sha256Hex } from '../vault/digest.ts'

/** These tests go through the Worker's own fetch, under a clock that moves. */

afterEach(() => {
  clock.aheadMs = 0
})

test('[IFD-54][CAL-73] seven idle days end a session, sliding: used on day 6.9 it lives on, left for seven days and a minute it is over', async () => {
  const mine = await signedInAs((await personWithPassword()).email)
  for (let n = 0; n < 2; n += 1) {
    clock.aheadMs += 6.9 * DAY
    expect(await mine.isIn()).toBe(true)
  }
  clock.aheadMs += 7 * DAY + MINUTE
  const refused = await mine.get('/sessions')
  expect([refused.status, refused.headers.get('Location')]).toEqual([302, '/sign-in?then=%2Fsessions'])
})

test('no session outlives thirty days, however busy', async () => {
  const mine = await signedInAs((await personWithPassword()).email)
  for (let n = 0; n < 5; n += 1) {
    clock.aheadMs += 5.9 * DAY
    expect(await mine.isIn()).toBe(true)
  }
  clock.aheadMs += 0.5 * DAY + MINUTE
  expect(await mine.isIn()).toBe(false)
})

test('[CAL-66] the hundred-and-first request of a person in a minute is refused with when to come back; another person is not, and the next minute is new', async () => {
  const tenant = await newTenant()
  const [owner, member] = [await asOwner(tenant), await asMember(tenant)]
  const ask = (who: typeof owner) => who.call('/api/v1/members')
  const answers = []
  for (let n = 0; n < 100; n += 1) answers.push((await ask(owner)).status)
  expect(answers.every((status) => status === 200)).toBe(true)
  const refused = await ask(owner)
  expect(refused.status).toBe(429)
  expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0)
  expect((await ask(member)).status).toBe(200)
  clock.aheadMs += MINUTE
  expect((await ask(owner)).status).toBe(200)
})

test('a secret that falls due in the very request that is refused for its rate is handed out with the refusal', async () => {
  const { accountId, email } = await personWithPassword()
  const mine = await signedInAs(email)
  const [, sid = '', secret = ''] = /__Host-session=[^.]+\.([^.]+)\.([^.]+)\./.exec(mine.browser.cookies) ?? []
  clock.aheadMs += DAY - MINUTE / 2
  const presented = { sid, secretHash: await sha256Hex(secret), nextSecretHash: await sha256Hex('none'), now: await testClock(), counts: true }
  for (let n = 0; n < 100; n += 1) expect(await (await reachNow()).guards.of(accountId).present(presented)).toMatchObject({ ok: true, rotated: false })
  clock.aheadMs += MINUTE / 2
  expect((await mine.browser.call('/api/v1/members')).status).toBe(429)
  clock.aheadMs += 2 * MINUTE
  expect(await mine.isIn()).toBe(true)
})

test('[IFD-104] a failed sign-in, a failed second factor, a lock and a reset each leave their row in the platform log', async () => {
  const { accountId, email } = await personWithPassword()
  const person = new Person(await signedIn({ accountId }, null), accountId, await testClock())
  await person.enrolTotp()
  const half = new Somewhere()
  await half.signIn(email, PASSWORD)
  const wrong = String((Number(codeOf(person.secret, await testClock())) + 7) % 1_000_000).padStart(6, '0')
  await half.get('/sign-in/second-factor')
  await half.post('/sign-in/second-factor', { kind: 'totp', code: wrong })
  for (let n = 0; n < 10; n += 1) await new Somewhere().signIn(email, 'wrong password here')
  const forgetful = new Somewhere()
  await forgetful.get('/forgot-password')
  await forgetful.post('/forgot-password', { email: email })
  const path = await linkTo(email, 'password_reset')
  await forgetful.get(path)
  await forgetful.post(path, { password: 'amber kettle by the canal' })
  const found = Object.groupBy(await authLogOf(email), (kind) => kind)
  expect([found['wrong_password']?.length, found['wrong_factor']?.length, found['locked']?.length, found['reset']?.length]).toEqual([10, 1, 1, 1])
})
