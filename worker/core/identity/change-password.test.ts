import { expect, test } from 'vitest'
import { mailsTo, PASSWORD, personWithPassword, visitAt } from '../../../tests/support/account-scene.ts'
import { failureOf, signedIn } from '../../../tests/support/scene.ts'
import { changePassword } from './change-password.ts'
import { acceptPassword } from './new-password.ts'
import { readProfile } from './read-profile.ts'
import { signIn } from './sign-in.ts'

const fresh = 'amber kettle by the canal'
const change = (current: string, password: string) => (account: Parameters<typeof changePassword>[0]) => changePassword(account, { current, password }, 'browser')

test('a change ends the other sessions, works at the next sign-in, tells the person, and leaves others alone', async () => {
  const [person, other] = [await personWithPassword(), await personWithPassword()]
  const [mine, phone, theirs] = [await signedIn(person, null), await signedIn(person, null), await signedIn(other, null)]
  await mine.runAsAccount(change(PASSWORD, fresh))
  expect(await failureOf(phone.runAsAccount(readProfile))).toMatchObject({ code: 'unauthenticated' })
  expect(await failureOf(mine.runAsAccount(readProfile))).toMatchObject({ code: 'unauthenticated' }) // its old cookie too
  expect(await failureOf(theirs.runAsAccount(readProfile))).toBeNull()
  await expect(signIn(await visitAt(), { email: person.email, password: fresh }, 'b')).resolves.toBeDefined()
  expect((await mailsTo(person.email)).map(({ template }) => template)).toContain('password_changed')
})

test('of two changes at once, proven by the same old password, one is made and told', async () => {
  const [person, other] = [await personWithPassword(), await personWithPassword()]
  const [mine, phone, theirs] = [await signedIn(person, null), await signedIn(person, null), await signedIn(other, null)]
  const aMomentLater = (password: string) => (account: Parameters<typeof changePassword>[0]) => change(PASSWORD, password)({ ...account, now: account.now + 1 })
  const failures = await Promise.all([failureOf(mine.runAsAccount(aMomentLater(fresh))), failureOf(phone.runAsAccount(aMomentLater('slower kettle by the canal')))])
  expect(failures.filter((failure) => failure === null)).toHaveLength(1)
  expect((await mailsTo(person.email)).filter(({ template }) => template === 'password_changed')).toHaveLength(1)
  expect(await failureOf(theirs.runAsAccount(change(PASSWORD, fresh)))).toBeNull()
})

test('the old password must be right: a wrong one is refused beside its field and counted like a try at signing in', async () => {
  const person = await personWithPassword()
  const mine = await signedIn(person, null)
  for (let n = 0; n < 10; n += 1) expect(await failureOf(mine.runAsAccount(change('not my password', fresh)))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/current' }] })
  expect(await failureOf(mine.runAsAccount(change(PASSWORD, fresh)))).toMatchObject({ code: 'locked' })
  expect(await failureOf(signIn(await visitAt(), { email: person.email, password: PASSWORD }, 'b'))).toMatchObject({ code: 'locked' })
})

test('a new password that breaks the rules changes nothing', async () => {
  const person = await personWithPassword()
  const mine = await signedIn(person, null)
  expect(await failureOf(mine.runAsAccount(change(PASSWORD, 'fourteen chars')))).toMatchObject({ code: 'invalid', errors: [{ pointer: '/password' }] })
  expect(await failureOf(mine.runAsAccount(readProfile))).toBeNull()
})

test('eight characters are enough beside a second factor, fifteen alone', async () => {
  const visit = await visitAt()
  const terms = { passwordMin: 15, passwordHash: 'scrypt', words: [] } as const
  expect(await failureOf(acceptPassword(visit, 'k', 'tulip ox', { ...terms, mfaEnrolled: false }))).toMatchObject({ code: 'invalid' })
  expect(await failureOf(acceptPassword(visit, 'k', 'tulip ox', { ...terms, mfaEnrolled: true }))).toBeNull()
})
