import { expect, test } from 'vitest'
import { DAY, mailsTo, personWithPassword, tokenTo, visitAt } from '../../../tests/support/account-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { bindings, failureOf, reachNow } from '../../../tests/support/scene.ts'
import { confirmSignUp, readSignUp } from './confirm-sign-up.ts'
import type { SignUp } from './contract.ts'
import { signIn } from './sign-in.ts'
import { signUp } from './sign-up.ts'

const now = await testClock()
const password = 'amber kettle by the canal'
const wanted = (more: Partial<SignUp> = {}): SignUp => ({ email: `sig.${crypto.randomUUID()}@people.test`, name: 'Sigrid Newcomer', password, tenantName: 'Newcomer Agency', kind: 'agency', preset: 'combined', ...more })
const ask = async (input: SignUp, at = now) => signUp(await visitAt({ now: at }), input)
const confirm = async (token: string, at = now) => confirmSignUp(await visitAt({ now: at }), { token, password: null }, crypto.randomUUID())

test('nothing exists before the address is confirmed; then account, tenant and session do, and the person is its owner', async () => {
  const input = wanted()
  await ask(input)
  expect(await failureOf(signIn(await visitAt({ now }), { email: input.email, password }, 'b'))).toMatchObject({ code: 'wrong_credentials' })
  const token = await tokenTo(input.email, 'sign_up_confirm', now)
  expect(await readSignUp(await visitAt({ now }), token)).toEqual({ email: input.email, tenantName: 'Newcomer Agency', needsPassword: false })
  const session = await confirm(token)
  const { seats } = await (await reachNow()).guards.of(session.accountId).recall()
  expect(seats).toMatchObject([{ role: 'owner', name: 'Newcomer Agency', kind: 'agency', preset: 'combined' }])
  expect((await signIn(await visitAt({ now }), { email: input.email, password }, 'b')).session.accountId).toBe(session.accountId)
})

test('a confirmation works once, of many at a time too, and for a day', async () => {
  const [input, late] = [wanted(), wanted()]
  for (const each of [input, late]) await ask(each)
  expect(await failureOf(confirm(await tokenTo(late.email, 'sign_up_confirm', now), now + DAY + 1))).toMatchObject({ code: 'gone' })
  const token = await tokenTo(input.email, 'sign_up_confirm', now)
  const visit = await visitAt({ now })
  const answers = await Promise.all(Array.from({ length: 10 }, () => failureOf(confirmSignUp(visit, { token, password: null }, 'b'))))
  expect(answers.filter((answer) => answer === null)).toHaveLength(1)
  expect(answers.filter((answer) => answer?.code === 'gone')).toHaveLength(9)
})

test('an address that has an account answers alike, and its owner gets another mail', async () => {
  const { email, accountId } = await personWithPassword()
  expect(await failureOf(ask(wanted({ email })))).toBeNull()
  expect((await mailsTo(email)).map(({ template }) => template)).toEqual(['sign_up_known'])
  expect((await (await reachNow()).guards.of(accountId).recall()).seats).toEqual([])
})

test('two sign-ups with one address: the first confirmed wins', async () => {
  const input = wanted()
  await ask(input)
  const first = await tokenTo(input.email, 'sign_up_confirm', now)
  await ask({ ...input, tenantName: 'Second thought' })
  const second = await tokenTo(input.email, 'sign_up_confirm', now)
  await confirm(second)
  expect(await failureOf(confirm(first))).toMatchObject({ code: 'gone' })
})

test('[CAL-72] nobody signs up into somebody else’s tenant: an equal name is another tenant', async () => {
  const [one, other] = [wanted(), wanted()]
  const tenants = await Promise.all(
    [one, other].map(async (input) => {
      await ask(input)
      const { accountId } = await confirm(await tokenTo(input.email, 'sign_up_confirm', now))
      return (await (await reachNow()).guards.of(accountId).recall()).seats.map(({ tenantId }) => tenantId)
    }),
  )
  expect(tenants[0]).toHaveLength(1)
  expect(tenants[0]).not.toEqual(tenants[1])
})

test('where operators make tenants, and for presets that are theirs to make, sign-up is refused', async () => {
  expect(await failureOf(ask(wanted({ preset: 'callintel' })))).toMatchObject({ code: 'role_required' })
  const visit = await visitAt({ now })
  const closed = { ...visit, reach: new Proxy(visit.reach, { get: (target, key) => (key === 'env' ? { ...bindings, SIGN_UP: 'operator' } : Reflect.get(target, key, target)) }) }
  expect(await failureOf(signUp(closed, wanted()))).toMatchObject({ code: 'role_required' })
})

test('under the spartan preset the password is hashed with bcrypt from the first moment', async () => {
  const input = wanted({ preset: 'spartan' })
  await ask(input)
  const { accountId } = await confirm(await tokenTo(input.email, 'sign_up_confirm', now))
  const asked = await (await reachNow()).guards.of(accountId).passwordForCheck({ now, browser: null, device: 'd' })
  expect(asked.state === 'go' && asked.hash).toMatch(/^\$2b\$/)
})

test('the password is in no mail, no row and no event of a sign-up', async () => {
  const input = wanted()
  await ask(input)
  const rows = await bindings.DIRECTORY.prepare("SELECT (SELECT json_group_array(content) FROM sign_ups) || (SELECT json_group_array(body) FROM directory_outbox) || (SELECT json_group_array(content) FROM platform_deliveries) AS everything").first<{ everything: string }>()
  expect(rows?.everything).not.toContain(password)
  expect(rows?.everything).not.toContain(input.email)
  expect(JSON.stringify(await mailsTo(input.email))).not.toContain(password)
})

test('the sixth sign-up with one address in an hour sends nothing more, and says nothing of it, whether it has an account or not', async () => {
  const [person, other] = [await personWithPassword(), wanted()]
  const strange = wanted()
  for (let n = 0; n < 7; n += 1) for (const input of [strange, wanted({ email: person.email })]) expect(await failureOf(ask(input))).toBeNull()
  await ask(other)
  expect([(await mailsTo(strange.email)).length, (await mailsTo(person.email)).length, (await mailsTo(other.email)).length]).toEqual([5, 5, 1])
  await ask(strange, now + 61 * 60_000)
  expect(await mailsTo(strange.email)).toHaveLength(6)
})
