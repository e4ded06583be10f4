import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerAsProviders, atProviders, atTheProvider, visitorAt } from '../../../../tests/support/oidc-scene.ts'
import { newPerson, type Person, recorded } from '../../../../tests/support/person-scene.ts'
import { failureOf } from '../../../../tests/support/scene.ts'
import { beginOidc } from './begin-oidc.ts'
import type { Callback } from './finish-oidc.ts'
import { linkIdentity } from './link-identity.ts'
import { signInWithOidc } from './sign-in-with-oidc.ts'

const now = Date.now()
const boundTo = 'a signed-out browser'

beforeEach(() => answerAsProviders(now))
afterEach(() => vi.restoreAllMocks())

/** A trip to a provider and back, signed out. */
async function trip(provider: string, email: string): Promise<Callback> {
  const url = await beginOidc(await visitorAt(now), { provider, purpose: 'sign_in', boundTo })
  return { provider, boundTo, returned: await atTheProvider(url, { email }, now) }
}

/** Links this person's identity at a provider. */
async function linked(person: Person, provider: string, email: string): Promise<void> {
  await person.confirmed(async (ctx) => {
    const session = { provider, boundTo: ctx.session.sid }
    const url = await beginOidc(await atProviders(ctx), { ...session, purpose: 'link' })
    await linkIdentity(await atProviders(ctx), { ...session, returned: await atTheProvider(url, { email }, now) })
  })
}

test('[CAL-104] two providers are configured, and an identity linked at either signs its person in', async () => {
  for (const provider of ['harbor', 'meridian']) {
    const ada = await newPerson()
    const email = `${ada.accountId}@${provider}.example`
    await linked(ada, provider, email)
    const { session, owesFactor } = await signInWithOidc(await visitorAt(now), await trip(provider, email), 'b')
    expect(session.accountId).toBe(ada.accountId)
    expect(owesFactor).toBe(false)
    expect(await recorded(ada)).toContain('core.session.opened')
  }
})

test('an identity nobody linked signs nobody in, though its address is that of an account', async () => {
  const ada = await newPerson()
  expect(await failureOf(signInWithOidc(await visitorAt(now), await trip('harbor', `${ada.accountId}@people.test`), 'b'))).toMatchObject({ code: 'conflict', state: 'identity_unknown' })
})

test('the same address at another provider is another identity', async () => {
  const ada = await newPerson()
  await linked(ada, 'harbor', 'ada@example.com')
  expect(await failureOf(signInWithOidc(await visitorAt(now), await trip('meridian', 'ada@example.com'), 'b'))).toMatchObject({ state: 'identity_unknown' })
})

test('whoever has a second factor still owes it', async () => {
  const ada = await newPerson()
  await linked(ada, 'harbor', `${ada.accountId}@harbor.example`)
  await ada.enrolTotp()
  expect(await signInWithOidc(await visitorAt(now), await trip('harbor', `${ada.accountId}@harbor.example`), 'b')).toMatchObject({ owesFactor: true })
})

test('[CAL-87] a state that is not this browser’s, not ours, of another provider or too old is refused with 400', async () => {
  const ada = await newPerson()
  const email = `${ada.accountId}@harbor.example`
  await linked(ada, 'harbor', email)
  const malformed = { code: 'malformed' }
  const attempt = async (change: (callback: Callback) => Callback, at = now) => failureOf(signInWithOidc(await visitorAt(at), change(await trip('harbor', email)), 'b'))
  expect(await attempt((callback) => ({ ...callback, boundTo: 'another browser' }))).toMatchObject(malformed)
  expect(await attempt((callback) => ({ ...callback, provider: 'meridian' }))).toMatchObject(malformed)
  for (const state of ['', 'x', `sign_in.${now}.${'a'.repeat(22)}.${'b'.repeat(43)}`])
    expect(await attempt((callback) => ({ ...callback, returned: withParam(callback.returned, 'state', state) }))).toMatchObject(malformed)
  expect(await attempt((callback) => callback, now + 10 * 60_000 + 1)).toMatchObject(malformed)
})

test('a code of another trip, a wrong issuer, a refusal and a trip meant for linking sign nobody in', async () => {
  const ada = await newPerson()
  const email = `${ada.accountId}@harbor.example`
  await linked(ada, 'harbor', email)
  const [one, other] = [await trip('harbor', email), await trip('harbor', email)]
  const attempt = async (returned: URLSearchParams) => failureOf(signInWithOidc(await visitorAt(now), { ...one, returned }, 'b'))
  expect(await attempt(withParam(one.returned, 'code', other.returned.get('code') ?? ''))).toMatchObject({ code: 'malformed' })
  expect(await attempt(withParam(one.returned, 'iss', 'https://evil.example'))).toMatchObject({ code: 'malformed' })
  const url = await beginOidc(await visitorAt(now), { provider: 'harbor', purpose: 'sign_in', boundTo })
  expect(await attempt(await atTheProvider(url, { refuse: true }, now))).toMatchObject({ code: 'malformed' })
  const link = await beginOidc(await visitorAt(now), { provider: 'harbor', purpose: 'link', boundTo })
  expect(await attempt(await atTheProvider(link, { email }, now))).toMatchObject({ code: 'malformed' })
})

test('a provider that does not answer is an outage, not a wrong sign-in', async () => {
  const callback = await trip('harbor', 'ada@example.com')
  vi.restoreAllMocks()
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('no network'))
  expect(await failureOf(signInWithOidc(await visitorAt(now), callback, 'b'))).toMatchObject({ code: 'unavailable' })
})

function withParam(params: URLSearchParams, name: string, value: string): URLSearchParams {
  const changed = new URLSearchParams(params)
  changed.set(name, value)
  return changed
}
