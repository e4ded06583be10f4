import { expect, test } from 'vitest'
import { newTenant } from '../../../tests/support/new-tenant.ts'
import { entriesOf, reachNow } from '../../../tests/support/scene.ts'
import { addRootVersion, rootVersions } from '../vault/keyring.ts'
import { destroyKeyVersion } from './destroy-key-version.ts'
import { keyVersionRows } from './rotation-store.ts'
import { insertKeyVersion } from './store.ts'
import { tenantRenamed } from './module.ts'

test('a destroyed version is gone from the bucket, its row says when, the log says which, and its neighbours stay', async () => {
  const [tenant, other] = [await newTenant(), await newTenant()]
  const { keyring } = await reachNow()
  await addRootVersion(keyring, { tenant: tenant.id, root: 'seal', version: 2 })
  await tenant.asJob((ctx) => ctx.commit([insertKeyVersion(ctx.db, { id: ctx.newId('kev'), root: 'seal', version: 2, state: 'retired', createdAt: ctx.now, retiredAt: ctx.now })], tenantRenamed(ctx.tenant.id, {})))
  await tenant.asJob(async (ctx) => {
    const row = (await ctx.db.read(keyVersionRows(ctx.db))).find(({ root, version }) => root === 'seal' && version === 2)
    if (row) await destroyKeyVersion(ctx, row)
  })
  expect(await rootVersions(keyring, tenant.id, 'seal')).toEqual([1])
  expect(await rootVersions(keyring, other.id, 'seal')).toEqual([1])
  const rows = await tenant.asJob((ctx) => ctx.db.read(keyVersionRows(ctx.db)))
  expect(rows.filter(({ state }) => state === 'destroyed')).toMatchObject([{ root: 'seal', version: 2, destroyedAt: expect.any(Number) }])
  expect(await entriesOf(tenant.id, 'core.key.destroyed')).toMatchObject([{ meta: { root: 'seal', version: 2 } }])
})

test('interrupted between the bucket and the row, it is done again', async () => {
  const tenant = await newTenant()
  const destroy = (commit: boolean) =>
    tenant.asJob(async (ctx) => {
      const row = (await ctx.db.read(keyVersionRows(ctx.db))).find(({ root }) => root === 'token')
      if (row) await destroyKeyVersion(commit ? ctx : { ...ctx, commit: () => Promise.reject(new Error('killed')) }, row)
    })
  await expect(destroy(false)).rejects.toThrow('killed')
  await destroy(true)
  expect(await rootVersions((await reachNow()).keyring, tenant.id, 'token')).toEqual([])
})
