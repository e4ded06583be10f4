import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import type { RateLimiter } from './rate-limiter.ts'

const now = Date.UTC(2026, 10, 22)
const namespace = (env as unknown as { RATE_LIMITER: DurableObjectNamespace<RateLimiter> }).RATE_LIMITER // `as`: made in wrangler.test.toml
const limiter = namespace.get(namespace.idFromName('a limiter of these tests'))
const counter = (quota: number, windowMs = 60_000) => {
  const key = crypto.randomUUID()
  return { key, count: async (at = now, about: string | null = null) => limiter.count({ rule: 'test', key, quota, windowMs, now: at, about }) }
}

test('the one after the quota is refused until the window that began with the first is over', async () => {
  const { count } = counter(3)
  expect(await count(now)).toEqual({ allowed: true, remaining: 2, resetS: 60, different: 0, novel: false })
  await count(now + 1000)
  expect(await count(now + 2000)).toMatchObject({ allowed: true, remaining: 0, resetS: 58 })
  expect(await count(now + 59_999)).toMatchObject({ allowed: false, remaining: 0, resetS: 1 })
  expect(await count(now + 60_000)).toMatchObject({ allowed: true, remaining: 2, resetS: 60 })
})

test('two keys of one rule, and two rules of one key, are counted apart', async () => {
  const [one, other] = [counter(1), counter(1)]
  expect(await one.count()).toMatchObject({ allowed: true })
  expect(await one.count()).toMatchObject({ allowed: false })
  expect(await other.count()).toMatchObject({ allowed: true })
  expect(await limiter.count({ rule: 'another', key: one.key, quota: 1, windowMs: 60_000, now, about: null })).toMatchObject({ allowed: true })
})

test('of a thousand at once exactly the quota is allowed', async () => {
  const { count } = counter(20)
  const answers = await Promise.all(Array.from({ length: 1000 }, () => count()))
  expect(answers.filter(({ allowed }) => allowed)).toHaveLength(20)
})

test('what was given back may be used again', async () => {
  const { key, count } = counter(1)
  await count()
  await limiter.giveBack({ rule: 'test', key })
  expect(await count()).toMatchObject({ allowed: true })
})

test('different things counted about are told apart, and a new one is named as new once', async () => {
  const { count } = counter(100)
  const seen = await Promise.all(['a', 'a', 'b', 'c', 'b'].map((about) => count(now, about)))
  expect(seen.map(({ different, novel }) => [different, novel])).toEqual([[1, true], [1, false], [2, true], [3, true], [3, false]])
})
