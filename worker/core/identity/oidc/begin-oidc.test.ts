import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerAsProviders, visitorAt } from '../../../../tests/support/oidc-scene.ts'
import { newPerson } from '../../../../tests/support/person-scene.ts'
import { failureOf } from '../../../../tests/support/scene.ts'
import { beginOidc } from './begin-oidc.ts'
import { providersOf } from './providers.ts'

const now = Date.now()

beforeEach(() => answerAsProviders(now))
afterEach(() => vi.restoreAllMocks())

test('a trip carries state, nonce and PKCE, different each time, and nothing of a person', async () => {
  await newPerson()
  const begin = async () => new URL(await beginOidc(await visitorAt(now), { provider: 'harbor', purpose: 'sign_in', boundTo: 'b' }))
  const [one, other] = [await begin(), await begin()]
  expect(Object.fromEntries(one.searchParams)).toMatchObject({
    response_type: 'code', scope: 'openid email', code_challenge_method: 'S256', redirect_uri: 'https://countersign.test/sign-in/oidc/harbor/callback',
  })
  for (const name of ['state', 'nonce', 'code_challenge']) expect(one.searchParams.get(name)).not.toBe(other.searchParams.get(name))
  expect(one.searchParams.get('code_challenge')).toMatch(/^[\w-]{43}$/)
})

test('a provider that is not configured is not there', async () => {
  expect(await failureOf((async () => beginOidc(await visitorAt(now), { provider: 'nobody', purpose: 'sign_in', boundTo: 'b' }))())).toEqual({ code: 'not_found' })
})

test('a list of providers that cannot be read is said to be so, not ignored', async () => {
  const env = (await visitorAt(now)).reach.env
  for (const OIDC_PROVIDERS of ['{', '[{"id":"x"}]', '"harbor"']) expect(() => providersOf({ ...env, OIDC_PROVIDERS })).toThrow('unavailable')
  const { OIDC_PROVIDERS: _, ...none } = env
  expect(providersOf(none)).toEqual([])
})
