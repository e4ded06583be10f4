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
  expect(await other.enter()).toEqual({ go: true, said: null })
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
  expect(await enter(now + 15 * MINUTE)).toEqual({ go: true, said: null })
})

test('right tries use up nothing', async () => {
  const { enter, settle } = address()
  for (let n = 0; n < 30; n += 1) {
    expect(await enter()).toEqual({ go: true, said: null })
    await settle('right')
  }
})

test('a try that was never checked is given back', async () => {
  const { enter, settle } = address()
  for (let n = 0; n < 30; n += 1) {
    expect(await enter()).toEqual({ go: true, said: null })
    await settle('void')
  }
})

test('strangers hear of one hour whatever the policy; the browser that signed in before hears what its policy says', async () => {
  const { name, enter, settle } = address()
  await gate.trust({ address: name, browser: 'home', now })
  for (let n = 0; n < 10; n += 1) {
    for (const browser of [null, 'home']) {
      await enter(now, browser)
      await settle('wrong', now, browser, 15 * MINUTE)
    }
  }
  expect(await enter(now + 14 * MINUTE)).toEqual({ go: false, why: 'lock', until: now + 60 * MINUTE })
  expect(await enter(now + 15 * MINUTE - 1, 'home')).toEqual({ go: false, why: 'lock', until: now + 15 * MINUTE })
  expect(await enter(now + 15 * MINUTE, 'home')).toEqual({ go: true, said: null })
})

test('from the shortest lock of any policy on, ten tries a quarter of an hour are checked while the lock is still spoken of', async () => {
  const { enter, settle } = address()
  for (let n = 0; n < 10; n += 1) {
    await enter()
    await settle('wrong')
  }
  const later = now + 16 * MINUTE
  for (let n = 0; n < 10; n += 1) {
    expect(await enter(later)).toEqual({ go: true, said: now + 60 * MINUTE })
    expect(await settle('wrong', later)).toEqual({ justLocked: false })
  }
  expect(await enter(later)).toEqual({ go: false, why: 'lock', until: now + 60 * MINUTE })
  expect(await enter(now + 60 * MINUTE)).toEqual({ go: true, said: null })
})

test('a browser that signed in before has its own ten, and strangers keep theirs', async () => {
  const { name, enter } = address()
  await gate.trust({ address: name, browser: 'home', now })
  for (let n = 0; n < 10; n += 1) await enter()
  expect(await enter()).toMatchObject({ go: false })
  for (let n = 0; n < 10; n += 1) expect(await enter(now, 'home')).toEqual({ go: true, said: null })
  expect(await enter(now, 'home')).toMatchObject({ go: false })
})

test('after a reset every try is forgiven, and browsers are strangers again where that was asked', async () => {
  const { name, enter } = address()
  await gate.trust({ address: name, browser: 'home', now })
  for (let n = 0; n < 10; n += 1) await enter()
  await gate.clear({ address: name, distrust: true })
  for (let n = 0; n < 5; n += 1) expect(await enter(now, 'home')).toEqual({ go: true, said: null })
  for (let n = 0; n < 5; n += 1) expect(await enter()).toEqual({ go: true, said: null })
  expect(await enter(now, 'home')).toMatchObject({ go: false })
})

test('the beginning of a lock is told once', async () => {
  const { enter, settle } = address()
  await Promise.all(Array.from({ length: 10 }, () => enter()))
  const told = await Promise.all(Array.from({ length: 10 }, () => settle('wrong')))
  expect(told.filter(({ justLocked }) => justLocked)).toHaveLength(1)
})
