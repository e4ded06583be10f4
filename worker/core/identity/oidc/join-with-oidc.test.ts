import { runInDurableObject } from 'cloudflare:test'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { newTenant, type TestTenant } from '../../../../tests/support/new-tenant.ts'
import { answerAsProviders, atTheProvider, visitorAt } from '../../../../tests/support/oidc-scene.ts'
import { recorded } from '../../../../tests/support/person-scene.ts'
import { asAdmin, bindings, failureOf } from '../../../../tests/support/scene.ts'
import { acceptInvitation } from '../../tenancy/accept-invitation.ts'
import { mintInvitation } from '../../tenancy/invitation-token.ts'
import { inviteMember } from '../../tenancy/invite-member.ts'
import { readInvitation } from '../../tenancy/read-invitation.ts'
import { beginOidc } from './begin-oidc.ts'
import { joinWithOidc } from './join-with-oidc.ts'
import { readTrip } from './oidc-state.ts'
import { signInWithOidc } from './sign-in-with-oidc.ts'

const now = Date.now()
const boundTo = 'a signed-out browser'

beforeEach(() => answerAsProviders(now))
afterEach(() => vi.restoreAllMocks())

async function invited(tenant: TestTenant): Promise<{ token: string; email: string }> {
  const admin = await asAdmin(tenant, { now })
  return admin.run(async (ctx) => {
    const email = `nora-${ctx.newId('inv').slice(4)}@people.test`
    const { id } = await inviteMember(ctx, { email, name: 'Nora New', role: 'member' })
    return { token: await mintInvitation(ctx.vault, id), email }
  }, now)
}

async function trip(purpose: 'invite' | 'sign_in', email: string, token?: string) {
  const url = await beginOidc(await visitorAt(now), { provider: 'harbor', purpose, boundTo, ...(token === undefined ? {} : { carried: token }) })
  return { url, callback: { provider: 'harbor', boundTo, returned: await atTheProvider(url, { email }, now) } }
}

test('[CAL-87][CAL-89] an invitation and a provider that vouches for the invited address make an account; from then on that identity signs it in', async () => {
  const tenant = await newTenant()
  const { token, email } = await invited(tenant)
  const joined = await joinWithOidc(await visitorAt(now), (await trip('invite', email.toUpperCase(), token)).callback, 'b', readInvitation)
  expect(joined.token).toBe(token)
  const { accountId } = joined.session
  expect(await acceptInvitation({ ...(await visitorAt(now)), accountId, eventActor: { kind: 'account', id: accountId, role: null } }, token)).toMatchObject({ tenantId: tenant.id })
  const again = await signInWithOidc(await visitorAt(now), (await trip('sign_in', email)).callback, 'b')
  expect(again.session.accountId).toBe(accountId)
  expect(await recorded({ accountId })).toContain('core.session.opened')
  const guard = bindings.ACCOUNT_GUARD.get(bindings.ACCOUNT_GUARD.idFromName(accountId))
  const hashes = await runInDurableObject(guard, (_, { storage: { sql } }) => sql.exec('SELECT hash FROM password WHERE hash IS NOT NULL').toArray())
  expect(hashes).toEqual([]) // whoever signs in elsewhere has no password here
})

test('another address than the invited one makes no account, nor does an invitation that is no longer open', async () => {
  const tenant = await newTenant()
  const { token, email } = await invited(tenant)
  expect(await failureOf(joinWithOidc(await visitorAt(now), (await trip('invite', 'mallory@people.test', token)).callback, 'b', readInvitation))).toMatchObject({ code: 'conflict', state: 'identity_mismatch' })
  expect(await failureOf(signInWithOidc(await visitorAt(now), (await trip('sign_in', email)).callback, 'b'))).toMatchObject({ state: 'identity_unknown' })
  expect(await failureOf(joinWithOidc(await visitorAt(now), (await trip('invite', email, `${token.slice(0, -1)}_`)).callback, 'b', readInvitation))).toMatchObject({ code: 'malformed' })
})

test('an address that has an account already is linked to nobody by its address', async () => {
  const tenant = await newTenant()
  const { token, email } = await invited(tenant)
  await joinWithOidc(await visitorAt(now), (await trip('invite', email, token)).callback, 'b', readInvitation)
  const url = await beginOidc(await visitorAt(now), { provider: 'meridian', purpose: 'invite', boundTo, carried: token })
  const callback = { provider: 'meridian', boundTo, returned: await atTheProvider(url, { email }, now) }
  expect(await failureOf(joinWithOidc(await visitorAt(now), callback, 'b', readInvitation))).toMatchObject({ code: 'conflict', state: 'exists' })
})

test('the provider carries the invitation and cannot read it, and no other browser gets it back', async () => {
  const { token, email } = await invited(await newTenant())
  const { url } = await trip('invite', email, token)
  expect(url).not.toContain(token.slice(-20))
  const state = new URL(url).searchParams.get('state') ?? ''
  const vault = (await visitorAt(now)).platformVault
  expect(await readTrip(vault, state, { provider: 'harbor', boundTo }, now)).toMatchObject({ purpose: 'invite', carried: token })
  expect(await readTrip(vault, state, { provider: 'harbor', boundTo: 'another' }, now)).toBeNull()
  const at = state.indexOf('~') + 5
  expect(await readTrip(vault, `${state.slice(0, at)}${state[at] === 'A' ? 'B' : 'A'}${state.slice(at + 1)}`, { provider: 'harbor', boundTo }, now)).toBeNull()
})
