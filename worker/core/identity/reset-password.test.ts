import { expect, test } from 'vitest'
import { authLogOf, HOUR, mailsTo, MINUTE, PASSWORD, personWithPassword, tokenTo, visitAt } from '../../../tests/support/account-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { failureOf, signedIn } from '../../../tests/support/scene.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resetPassword } from './reset-password.ts'
import { signIn } from './sign-in.ts'

const now = await testClock()
const fresh = 'amber kettle by the canal'
const tryIn = async (email: string, password: string, at = now) => signIn(await visitAt({ now: at }), { email, password }, crypto.randomUUID())
const ask = async (email: string, at = now) => requestPasswordReset(await visitAt({ now: at }), email)
const reset = async (token: string, password = fresh, at = now) => resetPassword(await visitAt({ now: at }), { token, password })

test('[IFD-64] a reset by mail: the new password works, the old one does not, every session is gone, the link is spent', async () => {
  const person = await personWithPassword()
  const browser = await signedIn(person, null, { now })
  await ask(person.email)
  const token = await tokenTo(person.email, 'password_reset', now)
  await reset(token)
  await expect(tryIn(person.email, fresh)).resolves.toBeDefined()
  expect(await failureOf(tryIn(person.email, PASSWORD))).toMatchObject({ code: 'wrong_credentials' })
  expect(await failureOf(browser.runAsAccount(async () => undefined, now))).toMatchObject({ code: 'unauthenticated' })
  expect(await failureOf(reset(token, 'yet another one of those'))).toMatchObject({ code: 'gone' })
})

test('[IFD-64] asking answers alike for an address nobody has, which gets no mail', async () => {
  const unknown = `nobody.${crypto.randomUUID()}@people.test`
  const { email } = await personWithPassword()
  expect(await failureOf(ask(unknown))).toBeNull()
  expect(await failureOf(ask(email))).toBeNull()
  expect(await mailsTo(unknown)).toEqual([])
  expect(await authLogOf(unknown)).toEqual(await authLogOf(email))
})

test('[IFD-64] the link lives one hour', async () => {
  const { email } = await personWithPassword()
  await ask(email)
  const token = await tokenTo(email, 'password_reset', now)
  expect(await failureOf(reset(token, fresh, now + HOUR + 1))).toMatchObject({ code: 'gone' })
  expect(await failureOf(reset(token, fresh, now))).toMatchObject({ code: 'gone' })
})

test('a token that was altered, or made for another kind of link or another person, wakes nobody', async () => {
  const [one, other] = [await personWithPassword(), await personWithPassword()]
  await ask(one.email)
  const token = await tokenTo(one.email, 'password_reset', now)
  const [, secret = '', mac = ''] = token.split('.')
  for (const forged of [`${other.accountId}.${secret}.${mac}`, `${one.accountId}.${secret}x.${mac}`, `${one.accountId}.${secret}.${mac.slice(1)}`, 'nonsense', '..', ''])
    expect(await failureOf(reset(forged))).toMatchObject({ code: 'malformed' })
  await expect(reset(token)).resolves.toBeUndefined()
})

test('of many resets with one link exactly one succeeds, and using one link voids the others', async () => {
  const { email } = await personWithPassword()
  await ask(email)
  const [token, second] = [await tokenTo(email, 'password_reset', now), await tokenTo(email, 'password_reset', now)]
  const visit = await visitAt({ now })
  const answers = await Promise.all(Array.from({ length: 8 }, () => failureOf(resetPassword(visit, { token, password: fresh }))))
  expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  expect(await failureOf(reset(second))).toMatchObject({ code: 'gone' })
})

test('a reset clears the lock of wrong passwords', async () => {
  const { email } = await personWithPassword()
  for (let n = 0; n < 10; n += 1) await failureOf(tryIn(email, 'wrong password here'))
  expect(await failureOf(tryIn(email, PASSWORD))).toMatchObject({ code: 'locked' })
  await ask(email)
  await reset(await tokenTo(email, 'password_reset', now))
  await expect(tryIn(email, fresh)).resolves.toBeDefined()
})

test('a weak new password is refused beside its field and leaves the link as it was', async () => {
  const person = await personWithPassword()
  await ask(person.email)
  const token = await tokenTo(person.email, 'password_reset', now)
  expect(await failureOf(reset(token, 'too short'))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/password' }] })
  expect(await failureOf(reset(token, `${person.name} ${person.email}`))).toMatchObject({ code: 'invalid' })
  await expect(reset(token)).resolves.toBeUndefined()
})

test('the sixth request for one address in an hour sends nothing more, and says nothing of it', async () => {
  const { email } = await personWithPassword()
  for (let n = 0; n < 7; n += 1) expect(await failureOf(ask(email))).toBeNull()
  expect((await mailsTo(email)).filter(({ template }) => template === 'password_reset')).toHaveLength(5)
  await ask(email, now + HOUR + MINUTE)
  expect((await mailsTo(email)).filter(({ template }) => template === 'password_reset')).toHaveLength(6)
})
