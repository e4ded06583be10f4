import { expect, test } from 'vitest'
import { mailsTo, MINUTE, PASSWORD, personWithPassword, tokenTo, visitAt } from '../../../tests/support/account-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { recorded } from '../../../tests/support/person-scene.ts'
import { failureOf, reachNow } from '../../../tests/support/scene.ts'
import { reportNotMe } from './report-not-me.ts'
import { resetPassword } from './reset-password.ts'
import { signIn } from './sign-in.ts'

const now = await testClock()
const fresh = 'amber kettle by the canal'
const tryIn = async (email: string, password: string) => signIn(await visitAt({ now }), { email, password }, crypto.randomUUID())
const report = async (token: string) => reportNotMe(await visitAt({ now: now + MINUTE }), token)

test('[IFD-60] "it was not me" ends every session, forces a reset, is recorded, and works once', async () => {
  const { email, accountId } = await personWithPassword()
  const guard = (await reachNow()).guards.of(accountId)
  await tryIn(email, PASSWORD)
  expect(await guard.listSessions(now)).toHaveLength(1)
  const token = await tokenTo(email, 'new_device', now)
  await report(token)
  expect(await guard.listSessions(now)).toEqual([])
  expect(await recorded({ accountId })).toContain('core.account.not_me')
  expect(await failureOf(tryIn(email, PASSWORD))).toMatchObject({ code: 'conflict', state: 'password_reset_required' })
  expect(await failureOf(report(token))).toMatchObject({ code: 'gone' })
  await resetPassword(await visitAt({ now: now + MINUTE }), { token: await tokenTo(email, 'password_reset', now + MINUTE), password: fresh })
  await expect(tryIn(email, fresh)).resolves.toBeDefined()
  expect((await mailsTo(email)).filter(({ template }) => template === 'new_device')).toHaveLength(2)
})

test('somebody else’s link says nothing about this account', async () => {
  const [one, other] = [await personWithPassword(), await personWithPassword()]
  await tryIn(one.email, PASSWORD)
  await tryIn(other.email, PASSWORD)
  await report(await tokenTo(other.email, 'new_device', now))
  expect(await (await reachNow()).guards.of(one.accountId).listSessions(now)).toHaveLength(1)
})
