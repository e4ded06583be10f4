import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { SignInGate } from './sign-in-gate.ts'

const MINUTE = 60_000
const now = Date.UTC(2026, 10, 22)
const namespace = (env as unknown as { SIGN_IN_GATE: DurableObjectNamespace<SignInGate> }).SIGN_IN_GATE // `as`: made in wrangler.test.toml
const gate = namespace.get(namespace.idFromName('a gate of these tests'))

/** Tries at an address that no other test uses. */
function address() {
  const name = crypto.randomUUID()
  const enter = async (at = now, browser: string | null = null) => gate.enter({ address: name, browser, now: at })
  const settle = async (outcome: 'right' | 'wrong' | 'void', at = now, browser: string | null = null, lockMs: number | null = null) => gate.settle({ address: name, browser, now: at, outcome, lockMs })
  return { name, enter, settle }
}

test('of a thousand tries at once ten get past, whatever browser they say they are', async () => {
  const { name } = address()
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => gate.enter({ address: name, browser: `made up ${n}`, now })))
  expect(answers.filter(({ go }) => go)).toHaveLength(10)
  expect(answers.filter((answer) => !answer.go && answer.why === 'lock')).toHaveLength(990)
})

test('one address does not hold up another in the same gate', async () => {
  const [one, other] = [address(), address()]
  for (let n = 0; n < 11; n += 1) await one.enter()
  expect(await one.enter()).toMatchObject({ go: false })
  expect(await other.enter()).toEqual({ go: true })
})

test('a right try forgives the lock but not the window: ten wrong ones in a quarter of an hour are enough', async () => {
  const { enter, settle } = address()
  for (let n = 0; n < 9; n += 1) {
    await enter()
    await settle('wrong')
  }
  await enter()
  await settle('right')
  await enter()
  await settle('wrong')
  expect(await enter(now + 1)).toMatchObject({ go: false, why: 'window', quota: 10, windowS: 900, resetS: 900 })
  expect(await enter(now + 15 * MINUTE)).toEqual({ go: true })
})

test('right tries use up nothing', async () => {
  const { enter, settle } = address()
  for (let n = 0; n < 30; n += 1) {
    expect(await enter()).toEqual({ go: true })
    await settle('right')
  }
})

test('a try that was never checked is given back', async () => {
  const { enter, settle } = address()
  for (let n = 0; n < 30; n += 1) {
    expect(await enter()).toEqual({ go: true })
    await settle('void')
  }
})

test('the lock lasts as long as the account’s policy says, once that is known', async () => {
  const { enter, settle } = address()
  for (let n = 0; n < 10; n += 1) {
    await enter()
    await settle('wrong', now, null, 15 * MINUTE)
  }
  expect(await enter(now + 15 * MINUTE - 1)).toEqual({ go: false, why: 'lock', until: now + 15 * MINUTE })
  expect(await enter(now + 15 * MINUTE)).toEqual({ go: true })
})

test('a browser that signed in before has its own ten, and strangers keep theirs', async () => {
  const { name, enter } = address()
  await gate.trust({ address: name, browser: 'home', now })
  for (let n = 0; n < 10; n += 1) await enter()
  expect(await enter()).toMatchObject({ go: false })
  for (let n = 0; n < 10; n += 1) expect(await enter(now, 'home')).toEqual({ go: true })
  expect(await enter(now, 'home')).toMatchObject({ go: false })
})

test('after a reset every try is forgiven, and browsers are strangers again where that was asked', async () => {
  const { name, enter } = address()
  await gate.trust({ address: name, browser: 'home', now })
  for (let n = 0; n < 10; n += 1) await enter()
  await gate.clear({ address: name, distrust: true })
  for (let n = 0; n < 5; n += 1) expect(await enter(now, 'home')).toEqual({ go: true })
  for (let n = 0; n < 5; n += 1) expect(await enter()).toEqual({ go: true })
  expect(await enter(now, 'home')).toMatchObject({ go: false })
})

test('the beginning of a lock is told once', async () => {
  const { enter, settle } = address()
  await Promise.all(Array.from({ length: 10 }, () => enter()))
  const told = await Promise.all(Array.from({ length: 10 }, () => settle('wrong')))
  expect(told.filter(({ justLocked }) => justLocked)).toHaveLength(1)
})
