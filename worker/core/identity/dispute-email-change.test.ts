import { expect, test } from 'vitest'
import { DAY, mailsTo, PASSWORD, personWithPassword, tokenTo, visitAt, type Person } from '../../../tests/support/account-scene.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { drained, failureOf, signedIn } from '../../../tests/support/scene.ts'
import { PLATFORM } from '../reach.ts'
import { contactOf } from './contact.ts'
import { confirmEmailChange } from './confirm-email-change.ts'
import { disputeEmailChange } from './dispute-email-change.ts'
import { requestEmailChange } from './request-email-change.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resetPassword } from './reset-password.ts'
import { signIn } from './sign-in.ts'
import { accountById } from './store.ts'

const now = await testClock()
const fresh = 'amber kettle by the canal'
const newAddress = () => `new.${crypto.randomUUID()}@people.test`
const tryIn = async (email: string, password = PASSWORD, at = now) => signIn(await visitAt({ now: at }), { email, password }, crypto.randomUUID())
const confirm = async (token: string) => confirmEmailChange(await visitAt({ now }), token)
const dispute = async (token: string) => disputeEmailChange(await visitAt({ now }), token)

async function asked(person: Person, email: string) {
  const browser = await signedIn(person, null, { now })
  await browser.runAsAccount((account) => requestEmailChange(account, email), now)
  return browser
}

async function addressOf(person: Person): Promise<string | undefined> {
  const visit = await visitAt({ now })
  const row = await visit.directory.read(accountById(visit.directory, person.accountId))
  return row && (await contactOf(visit, row)).email
}

test('[IFD-61] a change of address sends two mails and changes nothing before the new one is confirmed', async () => {
  const person = await personWithPassword()
  const to = newAddress()
  await asked(person, to)
  expect((await mailsTo(to)).map(({ template }) => template)).toEqual(['email_confirm'])
  expect((await mailsTo(person.email)).map(({ template }) => template)).toEqual(['email_dispute'])
  expect(await addressOf(person)).toBe(person.email)
  await expect(tryIn(person.email)).resolves.toBeDefined()
  await confirm(await tokenTo(to, 'email_confirm', now))
  expect(await addressOf(person)).toBe(to)
  await expect(tryIn(to)).resolves.toBeDefined()
  expect(await failureOf(tryIn(person.email))).toMatchObject({ code: 'wrong_credentials' })
})

test('the confirmation works once, of many at a time too', async () => {
  const person = await personWithPassword()
  const to = newAddress()
  await asked(person, to)
  const token = await tokenTo(to, 'email_confirm', now)
  const visit = await visitAt({ now })
  const answers = await Promise.all(Array.from({ length: 20 }, () => failureOf(confirmEmailChange(visit, token))))
  expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  expect(answers.filter((answer) => answer?.code === 'gone')).toHaveLength(19)
})

test('[IFD-62] a dispute before the confirmation stops the change', async () => {
  const person = await personWithPassword()
  const to = newAddress()
  await asked(person, to)
  const token = await tokenTo(to, 'email_confirm', now)
  await dispute(await tokenTo(person.email, 'email_dispute', now))
  expect(await failureOf(confirm(token))).toMatchObject({ code: 'gone' })
  expect(await failureOf(confirm(await tokenTo(to, 'email_confirm', now)))).toMatchObject({ code: 'gone' })
  expect(await addressOf(person)).toBe(person.email)
})

test('[IFD-62] a dispute after the confirmation puts the old address back', async () => {
  const person = await personWithPassword()
  const to = newAddress()
  await asked(person, to)
  await confirm(await tokenTo(to, 'email_confirm', now))
  await dispute(await tokenTo(person.email, 'email_dispute', now))
  expect(await addressOf(person)).toBe(person.email)
  expect(await failureOf(tryIn(to))).toMatchObject({ code: 'wrong_credentials' })
})

test('a dispute of the first of two changes puts back the address before both', async () => {
  const person = await personWithPassword()
  const [second, third] = [newAddress(), newAddress()]
  await asked(person, second)
  await confirm(await tokenTo(second, 'email_confirm', now))
  await asked(person, third)
  await confirm(await tokenTo(third, 'email_confirm', now))
  await dispute(await tokenTo(person.email, 'email_dispute', now))
  expect(await addressOf(person)).toBe(person.email)
})

test('[IFD-63] a dispute locks the account for seven days and ends its sessions, while the password can be reset', async () => {
  const person = await personWithPassword()
  const browser = await asked(person, newAddress())
  const { until } = await dispute(await tokenTo(person.email, 'email_dispute', now))
  expect(until).toBe(now + 7 * DAY)
  expect(await failureOf(browser.runAsAccount(async () => undefined, now))).toMatchObject({ code: 'unauthenticated' })
  expect(await failureOf(tryIn(person.email))).toMatchObject({ code: 'locked', until })
  await requestPasswordReset(await visitAt({ now }), person.email)
  await resetPassword(await visitAt({ now }), { token: await tokenTo(person.email, 'password_reset', now), password: fresh })
  expect(await failureOf(tryIn(person.email, fresh, until - 1))).toMatchObject({ code: 'locked', until })
  await expect(tryIn(person.email, fresh, until)).resolves.toBeDefined()
})

test('without a reset the old password stays useless after the lock: whoever changed the address knew it', async () => {
  const person = await personWithPassword()
  await asked(person, newAddress())
  const { until } = await dispute(await tokenTo(person.email, 'email_dispute', now))
  expect(await failureOf(tryIn(person.email, PASSWORD, until))).toMatchObject({ code: 'conflict', state: 'password_reset_required' })
})

test('an address that somebody else has answers alike, tells its owner and changes nothing', async () => {
  const [one, other] = [await personWithPassword(), await personWithPassword()]
  await asked(one, other.email)
  expect((await mailsTo(other.email)).map(({ template }) => template)).toEqual(['email_taken'])
  expect(await addressOf(one)).toBe(one.email)
})

test('a change needs a recent proof', async () => {
  const person = await personWithPassword()
  const browser = await signedIn(person, null, { now, proven: false })
  expect(await failureOf(browser.runAsAccount((account) => requestEmailChange(account, newAddress()), now))).toMatchObject({ code: 'step_up_required' })
})

test('the tenants of a person learn its new address', async () => {
  const person = await personWithPassword()
  const tenant = await newTenant({ owner: person })
  const to = newAddress()
  await asked(person, to)
  await confirm(await tokenTo(to, 'email_confirm', now))
  await drained(PLATFORM)
  const emails = await tenant.asJob(async (ctx) => {
    const { listMembers } = await import('../tenancy/list-members.ts')
    return JSON.stringify(await listMembers(ctx, { limit: 25 }))
  })
  expect(emails).toContain(to)
  expect(emails).not.toContain(person.email)
})
