import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { asOwner, reachNow } from '../../../tests/support/scene.ts'
import { sha256Hex } from '../vault/digest.ts'
import { keyIssued, keyRevoked } from './module.ts'
import { keyById, keysOf, makeKey } from './make-key.ts'

const told = (id: string, prefix: string) => keyIssued(id, { prefix, scopes: '', days: 1 })
const opens = async (id: string, token: string) => (await reachNow()).keyGuards.of(id).present({ secretHash: await sha256Hex(token), now: Date.now() })

test('a carrier’s key is the carrier’s in its row and in its guard, and in no list but that carrier’s', async () => {
  const [here, there] = [await asOwner(await newTenant()), await asOwner(await newTenant())]
  const { key, token } = await here.run((ctx) => makeKey(ctx, { carrierId: 'car_a', label: 'A', scopes: [], days: 1 }, told))
  expect(key).toMatchObject({ carrierId: 'car_a', id: expect.stringMatching(/^cky_/) })
  expect(await opens(key.id, token)).toMatchObject({ ok: true, carrierId: 'car_a' })
  const listed = (browser: typeof here, carrierId: string) => browser.run((ctx) => ctx.db.read(keysOf(ctx, carrierId, null, 10)))
  expect([(await listed(here, 'car_a')).length, (await listed(here, 'car_b')).length, (await listed(there, 'car_a')).length]).toEqual([1, 0, 0])
  expect(await there.run((ctx) => keyById(ctx, key.id))).toBeUndefined()
})

test('a key that takes another’s place ends it in the same batch; where that batch is refused nothing new opens anything', async () => {
  const owner = await asOwner(await newTenant())
  const first = await owner.run((ctx) => makeKey(ctx, { carrierId: 'car_a', label: 'A', scopes: [], days: 1 }, told))
  const replaced = { key: first.key, told: (prefix: string) => keyRevoked(first.key.id, { prefix }) }
  const make = () => owner.run((ctx) => makeKey(ctx, { carrierId: 'car_a', label: 'A', scopes: [], days: 1 }, told, replaced))
  const second = await make()
  expect([(await opens(first.key.id, first.token)).ok, (await opens(second.key.id, second.token)).ok]).toEqual([false, true])
  await expect(make()).rejects.toThrow('conflict')
  expect(await owner.run(async (ctx) => (await ctx.db.read(keysOf(ctx, 'car_a', null, 10))).map(({ revokedAt }) => revokedAt === null))).toEqual([true, false])
})
