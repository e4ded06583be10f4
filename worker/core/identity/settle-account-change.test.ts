import { expect, test } from 'vitest'
import { authLogOf, cutOff, DAY, mailsTo, PASSWORD, personWithPassword, tokenTo, visitAt, whileLogLags, type Person } from '../../../tests/support/account-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { drained, failureOf, reachNow, replaced, signedIn } from '../../../tests/support/scene.ts'
import { PLATFORM } from '../reach.ts'
import { applyEmailChange } from './apply-email-change.ts'
import { changePassword } from './change-password.ts'
import { confirmEmailChange } from './confirm-email-change.ts'
import { contactOf } from './contact.ts'
import { disputeEmailChange } from './dispute-email-change.ts'
import { readProfile } from './read-profile.ts'
import { reportNotMe } from './report-not-me.ts'
import { requestEmailChange } from './request-email-change.ts'
import { requestPasswordReset } from './request-password-reset.ts'
import { resetPassword } from './reset-password.ts'
import { settleEmailChange } from './apply-email-change.ts'
import { accountFollowers } from './settle-account-change.ts'
import { signIn } from './sign-in.ts'
import { accountById } from './store.ts'

const now = await testClock()
const fresh = 'amber kettle by the canal'
const newAddress = () => `new.${crypto.randomUUID()}@people.test`

/** Asks for another address in a session of its own and, unless told not to, confirms it. */
async function moved(person: Person, to: string, options: { confirmed?: boolean; at?: number } = {}): Promise<void> {
  const at = options.at ?? now
  await (await signedIn(person, null, { now: at })).runAsAccount((account) => requestEmailChange(account, to), at)
  if (options.confirmed !== false) await confirmEmailChange(await visitAt({ now: at }), await tokenTo(to, 'email_confirm', at))
}

async function addressOf({ accountId }: Person): Promise<string | undefined> {
  const visit = await visitAt({ now })
  const row = await visit.directory.read(accountById(visit.directory, accountId))
  return row && (await contactOf(visit, row)).email
}

/** Follows every event of these names about somebody once more, as a drain that was cut off would. */
async function followedAgain(person: Person, at = now): Promise<void> {
  const reach = await reachNow()
  const { entries } = await reach.chain.query(PLATFORM, { subject: person.accountId }, null, 100)
  for (const { line } of entries.toReversed()) {
    const body = JSON.parse(line)
    for (const [name, follower] of [...accountFollowers, ['core.email.changed', settleEmailChange] as const]) if (name === body.name) await follower(reach, PLATFORM, body, at)
  }
}

const countOf = async (email: string, template: string) => (await mailsTo(email)).filter((mail) => mail.template === template).length

test('a dispute whose second step is lost still puts the old address back: the link is spent, the change undone', async () => {
  const [person, other] = [await personWithPassword(), await personWithPassword()]
  const [mine, theirs] = [newAddress(), newAddress()]
  await moved(person, mine)
  await moved(other, theirs)
  const token = await tokenTo(person.email, 'email_dispute', now)
  await disputeEmailChange(cutOff(await visitAt({ now })), token)
  await drained(`account:${person.accountId}`)
  expect(await addressOf(person)).toBe(person.email)
  expect(await addressOf(other)).toBe(theirs)
  expect(await authLogOf(person.email)).toContain('locked')
  expect(await failureOf(disputeEmailChange(await visitAt({ now }), token))).toMatchObject({ code: 'gone' })
})

test('a lagging log holds up no dispute', async () => {
  const person = await personWithPassword()
  await moved(person, newAddress())
  await disputeEmailChange(whileLogLags(await visitAt({ now })), await tokenTo(person.email, 'email_dispute', now))
  expect(await addressOf(person)).toBe(person.email)
})

test('an address that comes in force after the dispute, by a request that is then lost, goes back too', async () => {
  const person = await personWithPassword()
  const to = newAddress()
  await moved(person, to, { confirmed: false })
  const visit = await visitAt({ now })
  const guard = visit.reach.guards.of(person.accountId)
  await guard.mintToken({ hash: 'c', kind: 'confirm_email', now, expiresAt: now + DAY, payload: { change: String((await mailsTo(to))[0]?.params['changeId']) } })
  const confirmed = await guard.confirmEmail({ hash: 'c', now, events: [] })
  if (!confirmed.ok || !confirmed.change) throw new Error('not confirmed')
  await disputeEmailChange(visit, await tokenTo(person.email, 'email_dispute', now))
  const stand = { emailApplied: () => Promise.reject(new Error('cut off')), setContact: (contact: { sealed: string; sealVersion: number }) => guard.setContact(contact) }
  const lost = { ...visit, reach: replaced(visit.reach, 'guards', { of: () => stand } as never) } // `as`: the two methods that are called
  await expect(applyEmailChange(lost, person.accountId, confirmed.change)).rejects.toThrow('cut off')
  await drained(PLATFORM)
  await drained(PLATFORM)
  expect(await addressOf(person)).toBe(person.email)
})

test('once a change is undone, the mailbox it led to can dispute nothing', async () => {
  const person = await personWithPassword()
  const [theirs, further] = [newAddress(), newAddress()]
  await moved(person, theirs)
  await moved(person, further)
  await disputeEmailChange(await visitAt({ now }), await tokenTo(person.email, 'email_dispute', now))
  expect(await failureOf(disputeEmailChange(await visitAt({ now }), await tokenTo(theirs, 'email_dispute', now)))).toMatchObject({ code: 'gone' })
  expect(await addressOf(person)).toBe(person.email)
})

test('an address that was chosen after a dispute stays, however late the dispute’s event is followed once more', async () => {
  const person = await personWithPassword()
  await moved(person, newAddress())
  const { until } = await disputeEmailChange(await visitAt({ now }), await tokenTo(person.email, 'email_dispute', now))
  await requestPasswordReset(await visitAt({ now }), person.email)
  await resetPassword(await visitAt({ now }), { token: await tokenTo(person.email, 'password_reset', now), password: fresh })
  const own = newAddress()
  await moved(person, own, { at: until })
  await followedAgain(person, until)
  expect(await addressOf(person)).toBe(own)
})

test('a changed password is answered, and told once, whatever becomes of the directory', async () => {
  for (const unlucky of [cutOff, whileLogLags]) {
    const [person, other] = [await personWithPassword(), await personWithPassword()]
    const { secret } = await (await signedIn(person, null)).runAsAccount((account) => changePassword(unlucky(account), { current: PASSWORD, password: fresh }, 'browser'))
    expect(secret).toMatch(/^[\w-]{43}$/)
    await drained(`account:${person.accountId}`)
    await followedAgain(person)
    expect(await countOf(person.email, 'password_changed')).toBe(1)
    expect(await countOf(other.email, 'password_changed')).toBe(0)
  }
})

test('a reset through a link is answered, noted from where it was asked, and told once, whatever becomes of the directory', async () => {
  const person = await personWithPassword()
  await requestPasswordReset(await visitAt({ now }), person.email)
  await resetPassword(cutOff(await visitAt({ now })), { token: await tokenTo(person.email, 'password_reset', now), password: fresh })
  await drained(`account:${person.accountId}`)
  await followedAgain(person)
  expect(await countOf(person.email, 'password_changed')).toBe(1)
  expect((await authLogOf(person.email)).filter((kind) => kind === 'reset')).toHaveLength(1)
})

test('"it was not me" mails its link to a new password once, whatever becomes of the directory', async () => {
  const person = await personWithPassword()
  await newTenant({ owner: person })
  const stolen = await signedIn(person, null)
  await signIn(await visitAt({ now }), { email: person.email, password: PASSWORD }, crypto.randomUUID())
  await reportNotMe(cutOff(await visitAt({ now })), await tokenTo(person.email, 'new_device', now))
  expect(await failureOf(stolen.runAsAccount(readProfile))).toMatchObject({ code: 'unauthenticated' })
  await drained(`account:${person.accountId}`)
  await followedAgain(person)
  expect(await countOf(person.email, 'password_reset')).toBe(1)
  expect((await authLogOf(person.email)).filter((kind) => kind === 'not_me')).toHaveLength(1)
})

test('the one who is locked out is told even where the last wrong try was cut off after it counted', async () => {
  const person = await personWithPassword()
  const tryIn = async (lost: boolean) => signIn(lost ? cutOff(await visitAt({ now })) : await visitAt({ now }), { email: person.email, password: 'wrong password here' }, crypto.randomUUID())
  for (let n = 0; n < 9; n += 1) await failureOf(tryIn(false))
  await expect(tryIn(true)).rejects.toThrow('cut off')
  await drained(`account:${person.accountId}`)
  await followedAgain(person)
  expect(await countOf(person.email, 'account_locked')).toBe(1)
})

test('people sign in, right or wrong, while only the deployment’s log lags', async () => {
  const person = await personWithPassword()
  const tryIn = async (password: string) => signIn(whileLogLags(await visitAt({ now })), { email: person.email, password }, crypto.randomUUID())
  expect(await failureOf(tryIn('wrong password here'))).toMatchObject({ code: 'wrong_credentials' })
  await expect(tryIn(PASSWORD)).resolves.toBeDefined()
})
