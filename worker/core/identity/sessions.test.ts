import { expect, test } from 'vitest'
import { personWithPassword } from '../../../tests/support/account-scene.ts'
import { testClock } from '../../../tests/support/clock.ts'
import { failureOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { sha256Hex } from '../vault/digest.ts'
import { listSessions } from './list-sessions.ts'
import { revokeOtherSessions } from './revoke-other-sessions.ts'
import { revokeSession } from './revoke-session.ts'
import { signOut } from './sign-out.ts'

const now = await testClock()
const eventsOf = async (accountId: string) => (await (await reachNow()).guards.of(accountId).outbox(100)).rows.map(({ name, meta }) => [name, meta['how'] ?? null])

test('a list of sessions has this one first, with where it speaks from, and nobody else’s', async () => {
  const [one, other] = [await personWithPassword(), await personWithPassword()]
  const [mine, phone] = [await signedIn(one, null, { now }), await signedIn(one, null, { now: now + 1 })]
  await signedIn(other, null, { now })
  const sessions = await mine.runAsAccount(listSessions, now + 2)
  expect(sessions.map(({ sid, current }) => [sid, current])).toEqual([[mine.session?.sid, true], [phone.session?.sid, false]])
  expect(sessions[0]).toMatchObject({ ip: '203.0.113.7', userAgent: 'a test', openedAt: now, secondFactor: false })
})

test('revoking a session ends it; another person’s, a made-up one and one that is over are not found', async () => {
  const [one, other] = [await personWithPassword(), await personWithPassword()]
  const [mine, phone, theirs] = [await signedIn(one, null), await signedIn(one, null), await signedIn(other, null)]
  const revoke = (sid: string | undefined) => failureOf(mine.runAsAccount((account) => revokeSession(account, sid ?? '')))
  expect(await revoke(phone.session?.sid)).toBeNull()
  for (const sid of [phone.session?.sid, theirs.session?.sid, 'ses_00000000000000000000000000', "' or 1=1", '']) expect(await revoke(sid)).toMatchObject({ code: 'not_found' })
  expect(await failureOf(phone.runAsAccount(listSessions))).toMatchObject({ code: 'unauthenticated' })
  expect(await theirs.runAsAccount(listSessions)).toHaveLength(1)
  expect(await eventsOf(one.accountId)).toContainEqual(['core.session.closed', 'revoked'])
})

test('revoking the others counts them and leaves this one', async () => {
  const person = await personWithPassword()
  const [mine, phone, work] = [await signedIn(person, null), await signedIn(person, null), await signedIn(person, null)]
  expect(await mine.runAsAccount(revokeOtherSessions)).toBe(2)
  expect(await mine.runAsAccount(listSessions)).toHaveLength(1)
  for (const browser of [phone, work]) expect(await failureOf(browser.runAsAccount(listSessions))).toMatchObject({ code: 'unauthenticated' })
})

test('signing out ends this session only and is recorded', async () => {
  const person = await personWithPassword()
  const [mine, phone] = [await signedIn(person, null), await signedIn(person, null)]
  await mine.runAsAccount(signOut)
  expect(await failureOf(mine.runAsAccount(listSessions))).toMatchObject({ code: 'unauthenticated' })
  expect(await phone.runAsAccount(listSessions)).toHaveLength(1)
  expect(await eventsOf(person.accountId)).toContainEqual(['core.session.closed', 'sign_out'])
})

test('after the answer to a revocation not one of a thousand requests gets in', async () => {
  const person = await personWithPassword()
  const [mine, phone] = [await signedIn(person, null), await signedIn(person, null)]
  const [, sid = '', secret = ''] = /__Host-session=([^;]+)/.exec(phone.cookies)?.[1]?.split('.') ?? []
  const guard = (await reachNow()).guards.of(person.accountId)
  const secretHash = await sha256Hex(secret)
  const present = () => guard.present({ sid, secretHash, nextSecretHash: 'next', now, counts: false })
  expect(await present()).toMatchObject({ ok: true })
  await mine.runAsAccount((account) => revokeSession(account, sid))
  const answers = await Promise.all(Array.from({ length: 1000 }, present))
  expect(answers.filter(({ ok }) => ok)).toEqual([])
})
