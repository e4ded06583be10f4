import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { answerAsProviders, atProviders, atTheProvider } from '../../../../tests/support/oidc-scene.ts'
import { newPerson } from '../../../../tests/support/person-scene.ts'
import { failureOf } from '../../../../tests/support/scene.ts'
import type { AccountCtx } from '../../ctx.ts'
import { beginOidc } from './begin-oidc.ts'
import { linkIdentity } from './link-identity.ts'
import { listIdentities } from './list-identities.ts'
import { unlinkIdentity } from './unlink-identity.ts'

const now = Date.now()

beforeEach(() => answerAsProviders(now))
afterEach(() => vi.restoreAllMocks())

const link = (email: string) => async (given: AccountCtx) => {
  const ctx = await atProviders(given)
  const session = { provider: 'harbor', boundTo: ctx.session.sid }
  const url = await beginOidc(ctx, { ...session, purpose: 'link' })
  await linkIdentity(ctx, { ...session, returned: await atTheProvider(url, { email }, now) })
}
const unlink = async (ctx: AccountCtx) => unlinkIdentity(await atProviders(ctx), 'harbor')
const list = async (ctx: AccountCtx) => listIdentities(await atProviders(ctx))

test('linking takes a fresh proof; unlinking too, and then the identity opens nothing', async () => {
  const ada = await newPerson()
  const email = `${ada.accountId}@harbor.example`
  expect(await failureOf(ada.run(link(email)))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  await ada.confirmed(link(email))
  expect(await ada.run(list)).toMatchObject([{ id: 'harbor', label: 'Harbor ID', linkedAt: ada.now }, { id: 'meridian', linkedAt: null }])
  expect(await failureOf(ada.run(unlink))).toMatchObject({ code: 'step_up_required', mode: 'exact' })
  await ada.confirmed(unlink)
  expect(await ada.run(list)).toMatchObject([{ linkedAt: null }, { linkedAt: null }])
})

test('an identity belongs to one account: nobody else can link it, nor unlink it', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  const email = `${ada.accountId}@harbor.example`
  await ada.confirmed(link(email))
  expect(await failureOf(eve.confirmed(link(email)))).toMatchObject({ code: 'conflict', state: 'exists' })
  expect(await failureOf(eve.confirmed(unlink))).toMatchObject({ code: 'conflict', state: 'not_linked' })
  expect(await ada.run(list)).toMatchObject([{ linkedAt: expect.any(Number) }, { linkedAt: null }])
})

test('a callback of one session cannot be finished in another person’s', async () => {
  const [ada, eve] = [await newPerson(), await newPerson()]
  const returned = await eve.run(async (ctx) => atTheProvider(await beginOidc(await atProviders(ctx), { provider: 'harbor', purpose: 'link', boundTo: ctx.session.sid }), { email: 'eve@harbor.example' }, now))
  const planted = async (ctx: AccountCtx) => linkIdentity(await atProviders(ctx), { provider: 'harbor', boundTo: ctx.session.sid, returned })
  expect(await failureOf(ada.confirmed(planted))).toMatchObject({ code: 'malformed' })
})
