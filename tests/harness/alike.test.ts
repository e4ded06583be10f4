import { performance } from 'node:perf_hooks'
import { isDeepStrictEqual } from 'node:util'
import { expect, test } from 'vitest'
import { advance, confirmed, post } from './acts.ts'
import { evidence } from '../support/evidence.ts'
import { isFull } from '../support/figures.ts'
import type { Person } from './person.ts'
import { mannWhitney, median } from './ranks.ts'
import { servedProduct } from './served-product.ts'

const product = servedProduct()
/** Known and unknown, by turns. A change of address may be asked for five times an hour, so its pairs are fewer. */
const PAIRS = isFull ? 500 : 6
const CHANGES = isFull ? 40 : 2

/** Headers that differ between any two answers. What they set is compared by name. */
const fresh = new Set(['date', 'set-cookie', 'content-security-policy', 'ratelimit'])

type Seen = { readonly status: number; readonly text: string; readonly headers: readonly (readonly [string, string])[]; readonly cookies: readonly string[] }

/** An answer without its nonce, its moment and the address that was asked about; and how long it took. */
async function seen(person: Person, path: string, fields: Record<string, string>, ip: string): Promise<{ seen: Seen; ms: number }> {
  const began = performance.now()
  const answer = await post(person, path, fields, { 'CF-Connecting-IP': ip })
  const body = await answer.text()
  const ms = performance.now() - began
  const text = body.replaceAll(/nonce(-|=\\?"|\\?":\\?"|\\?",\\?")[A-Za-z0-9_-]{16,}/g, 'nonce').replaceAll(fields['email'] ?? '', 'ADDRESS').replaceAll(/\b1[6-9]\d{11}\b/g, 'MOMENT')
  const cookies = answer.headers.getSetCookie().map((line) => line.replace(/=[^;]*/, ''))
  return { ms, seen: { status: answer.status, text, cookies, headers: [...answer.headers].filter(([name]) => !fresh.has(name)) } }
}

/** Asks of known and unknown by turns, now one and now the other first. Answers the pairs that were told apart, or refused for their number. */
async function pairsOf(form: string, pairs: number, ask: (email: string, pair: number) => Promise<{ seen: Seen; ms: number }>, addresses: (pair: number) => { known: string; unknown: string }, between: (pair: number) => Promise<unknown>): Promise<unknown[]> {
  const different: unknown[] = []
  const took = { known: [] as number[], unknown: [] as number[] }
  for (let pair = 0; pair < pairs; pair += 1) {
    const { known, unknown } = addresses(pair)
    expect(known).toHaveLength(unknown.length)
    const order = pair % 2 === 0 ? (['known', 'unknown'] as const) : (['unknown', 'known'] as const)
    const answers = {} as Record<'known' | 'unknown', Seen>
    for (const which of order) {
      const { seen: answer, ms } = await ask(which === 'known' ? known : unknown, pair)
      answers[which] = answer
      took[which].push(ms)
    }
    const apart = (['status', 'text', 'headers', 'cookies'] as const).filter((part) => !isDeepStrictEqual(answers.known[part], answers.unknown[part]))
    if (apart.length > 0 || answers.known.status >= 500 || [302, 403, 429].includes(answers.known.status)) different.push({ form, pair, status: answers.known.status, apart })
    await between(pair)
  }
  const [known, unknown] = [median(took.known), median(took.unknown)]
  evidence('G18', `known and unknown addresses answered alike at ${form}`, {
    pairs, different: different.length, 'median ms known': known.toFixed(1), 'median ms unknown': unknown.toFixed(1), 'difference of medians': `${(((known - unknown) / unknown) * 100).toFixed(1)} %`, 'Mann-Whitney p': mannWhitney(took.known, took.unknown).toFixed(4),
  })
  return different
}

const ipOf = (pair: number): string => `198.${51 + (pair >> 8)}.${pair & 255}.7`
/** As long as the one it is compared with. */
const nobody = (known: string, pair: number): string => `${String(pair).padStart(known.indexOf('@'), 'q').slice(-known.indexOf('@'))}${known.slice(known.indexOf('@'))}`

test('known and unknown addresses are answered alike at every form that takes one', async () => {
  const { origin } = product
  const everybody = [product.as('owner'), product.as('admin'), product.as('member'), product.as('viewer')]
  const person = await product.stranger()
  const addresses = (pair: number) => {
    const known = everybody[pair % everybody.length]?.email ?? ''
    return { known, unknown: nobody(known, pair) }
  }
  await seen(person, '/sign-in', { email: 'nobody@harbor.example', password: 'not the password of anybody' }, ipOf(0)) // a browser's first answer names it
  // Ten wrong tries lock an address for an hour, whoever made them; it is sent five links an hour.
  const pause = (every: number, seconds: number) => async (pair: number) => (pair % every === every - 1 ? advance(origin, seconds) : null)
  expect(await pairsOf('/sign-in', PAIRS, (email, pair) => seen(person, '/sign-in', { email, password: 'not the password of anybody' }, ipOf(pair)), addresses, pause(40, 3601))).toEqual([])
  expect(await pairsOf('/forgot-password', PAIRS, (email, pair) => seen(person, '/forgot-password', { email }, ipOf(pair)), addresses, pause(20, 3601))).toEqual([])
  expect(await pairsOf('/sign-up', PAIRS, (email, pair) => seen(person, '/sign-up', { email, name: 'Sam Somebody', password: 'lantern over nine quays', tenantName: 'Somewhere', kind: 'agency', preset: 'combined' }, ipOf(pair)), addresses, pause(100, 3601))).toEqual([])

  const elena = product.as('owner', 'Anchor Agency')
  let changing = await product.signedIn(elena)
  const change = async (email: string, pair: number) => {
    if (pair % 2 === 0) await (await confirmed(changing, elena.password, () => changing.fetch('/policy', { headers: { Accept: 'text/html' } }))).arrayBuffer()
    return seen(changing, '/profile', { intent: 'email', email }, ipOf(pair))
  }
  const changes = await pairsOf('the change of an address', CHANGES, change, addresses, async (pair) => {
    if (pair % 2 === 0) return
    await advance(origin, 3601)
    changing = await product.signedIn(elena)
  })
  expect(changes).toEqual([])
}, 3_000_000)

test('the test of ranks finds a difference where there is one, and none where there is none', () => {
  const some = Array.from({ length: 200 }, (_, index) => (index * 37) % 101)
  expect(mannWhitney(some, some.map((value) => value + 0.01))).toBeGreaterThan(0.5)
  expect(mannWhitney(some, some.map((value) => value + 20))).toBeLessThan(0.001)
  expect(mannWhitney([1, 1, 1], [1, 1, 1])).toBe(1)
  expect(median([3, 1, 2])).toBe(2)
  expect(median([4, 1, 2, 3])).toBe(2.5)
})
