import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asMember, failureOf, reachNow, signedIn } from '../../../tests/support/scene.ts'
import { sha256Hex } from '../vault/digest.ts'
import { switchTenant } from './switch-tenant.ts'

test('a person in two tenants goes from one to the other, under a new secret', async () => {
  const one = await newTenant()
  const two = await newTenant({ owner: one.owner })
  const mine = await signedIn(one.owner, one.id)
  expect(await mine.run(async (ctx) => ctx.tenant.id)).toBe(one.id)
  const { secret } = await mine.runAsAccount((account) => switchTenant(account, two.id))
  const { accountId, sid } = mine.session ?? { accountId: '', sid: '' }
  const presented = await (await reachNow()).guards.of(accountId).present({ sid, secretHash: await sha256Hex(secret), nextSecretHash: 'n', now: Date.parse('2026-11-22'), counts: true })
  expect(presented).toMatchObject({ ok: true, session: { activeTenant: two.id } })
})

test('a tenant without a seat for this person, a made-up id and none at all are not found', async () => {
  const [one, foreign] = [await newTenant(), await newTenant()]
  const mine = await asMember(one)
  for (const tenantId of [foreign.id, 'ten_00000000000000000000000000', '', 'ten_' + "'".repeat(26)]) expect(await failureOf(mine.runAsAccount((account) => switchTenant(account, tenantId)))).toMatchObject({ code: 'not_found' })
  expect(await mine.run(async (ctx) => ctx.tenant.id)).toBe(one.id)
})

test('a seat that only the guard remembers opens nothing: the shard is asked', async () => {
  const [one, foreign] = [await newTenant(), await newTenant()]
  const mine = await asMember(one)
  const guard = (await reachNow()).guards.of(mine.session?.accountId ?? '')
  const { seats } = await guard.recall()
  const forged = { ...seats[0], tenantId: foreign.id } as (typeof seats)[number] // `as`: a copy of one that is there
  await guard.rememberSeat(foreign.id, forged)
  expect(await failureOf(mine.runAsAccount((account) => switchTenant(account, foreign.id)))).toMatchObject({ code: 'not_found' })
  expect((await guard.recall()).seats.map(({ tenantId }) => tenantId)).toEqual([one.id])
})
